import type { WireUserRef } from '@parley/socket-events';
import { Alarm, Timers } from './timers';

/** A sign that isn't renewed for this long is over, whether or not the server said so. */
const TYPING_LASTS_MS = 6_000;

/** Who is writing just now. */
export class RemoteTyping {
  private readonly writers = new Map<string, { user: WireUserRef; end: Alarm }>();

  constructor(
    private readonly timers: Timers,
    private readonly changed: () => void,
  ) {}

  toArray(): readonly WireUserRef[] {
    return [...this.writers.values()].map(({ user }) => user);
  }

  set(user: WireUserRef, active: boolean): void {
    if (!active) return this.stop(user.id);
    const end = this.writers.get(user.id)?.end ?? new Alarm(this.timers);
    this.writers.set(user.id, { user, end });
    end.arm(TYPING_LASTS_MS, () => this.stop(user.id));
    this.changed();
  }

  stop(userId: string): void {
    const writer = this.writers.get(userId);
    if (!writer) return;
    writer.end.cancel();
    this.writers.delete(userId);
    this.changed();
  }

  clear(): void {
    for (const userId of [...this.writers.keys()]) this.stop(userId);
  }
}
