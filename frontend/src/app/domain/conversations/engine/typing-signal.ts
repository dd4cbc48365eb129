import type { WireMessageKind } from '@parley/socket-events';
import { Timers } from './timers';

const RENEW_EVERY_MS = 2_000;

/** Tells others that one is writing: at once, then at most every two seconds, and that one stopped. */
export class TypingSignal {
  private announced: { kind: WireMessageKind; at: number } | null = null;

  constructor(
    private readonly timers: Pick<Timers, 'now'>,
    private readonly announce: (active: boolean, kind: WireMessageKind) => void,
  ) {}

  /** A key was pressed in a field that now holds text of this kind. */
  keyed(kind: WireMessageKind): void {
    const now = this.timers.now();
    if (this.announced && this.announced.kind !== kind) this.stop();
    if (this.announced && now - this.announced.at < RENEW_EVERY_MS) return;
    this.announced = { kind, at: now };
    this.announce(true, kind);
  }

  /** The text was sent or emptied, or the field was left. */
  stop(): void {
    if (!this.announced) return;
    const { kind } = this.announced;
    this.announced = null;
    this.announce(false, kind);
  }
}
