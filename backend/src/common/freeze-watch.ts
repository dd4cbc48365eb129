import { requestContext } from './request-context';
import { Unavailable } from './domain-error';

const TICK_MS = 1_000;
/** Clients repeat a request after 10 s without an answer, perhaps at another node; what is late must be well below. */
const NOTICED_MS = 5_000;
/** What has waited in front of a process that stood still comes in within so long. */
const COMES_IN_MS = 1_000;
/** Requests that were under way when it stopped have ended after so long. */
const UNDER_WAY_MS = 15_000;

/**
 * Notices that this process stood still, because it was stopped, starved, or its machine was. Whoever waited for it may
 * have gone to another node and been refused there, so that storing the request now would be too late.
 */
export class FreezeWatch {
  private readonly listeners: (() => void)[] = [];
  private timer: NodeJS.Timeout | undefined;
  private seenAt: number | undefined;
  private thawedAt = -Infinity;

  /** `now` must not follow the clock of the wall. */
  constructor(readonly now: () => number = () => performance.now()) {}

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** Called once for each time the process stood still, before anything that waited is dealt with. */
  onThaw(listener: () => void): void {
    this.listeners.push(listener);
  }

  /**
   * Compares the time with when it was last looked at, once a second at least. After a standstill whatever has arrived
   * is read before timers run, so whoever takes something in asks as well.
   */
  look(): void {
    const now = this.now();
    this.timer ??= setInterval(() => this.look(), TICK_MS).unref();
    const isThawed = now - (this.seenAt ?? now) > NOTICED_MS;
    this.seenAt = now;
    if (!isThawed) return;
    this.thawedAt = now;
    for (const listener of this.listeners) listener();
  }

  /** Whether what arrives now may have waited in front of a process that stood still. */
  get isThawing(): boolean {
    this.look();
    return this.now() - this.thawedAt < COMES_IN_MS;
  }

  /** Throws when the process stood still since the request being served arrived. */
  assertInTime(): void {
    const arrivedAt = requestContext.getStore()?.arrivedAt;
    this.look();
    if (arrivedAt !== undefined && arrivedAt < this.thawedAt && this.now() - this.thawedAt < UNDER_WAY_MS)
      throw new Unavailable();
  }
}
