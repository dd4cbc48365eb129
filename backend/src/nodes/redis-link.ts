import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { Listener, NodeLink } from './node-link';
import type { NodeTimes } from './node-times';
import { RedisSession, type Subscription } from './redis-session';

const WARN_EVERY_MS = 30_000;

/** A link over Redis: one session after another, for as long as the process runs. */
export class RedisLink implements NodeLink {
  private readonly logger = new Logger(RedisLink.name);
  private readonly subscriptions: Subscription[] = [];
  private readonly watchers: ((isUp: boolean) => void)[] = [];
  private readonly stopping = new AbortController();
  isUp = false;
  private session: RedisSession | undefined;
  private running: Promise<void> | undefined;
  private warnedAt = -Infinity;

  constructor(
    private readonly url: string,
    readonly prefix: string,
    private readonly times: NodeTimes,
  ) {}

  publish(channel: string, message: string | Buffer): void {
    if (this.isUp) this.session?.publish(channel, message);
  }

  subscribe(channel: string, listener: Listener): void {
    this.subscriptions.push({ channel, isPattern: false, listener: this.guarded(listener) });
  }

  subscribePattern(pattern: string, listener: Listener): void {
    this.subscriptions.push({ channel: pattern, isPattern: true, listener: this.guarded(listener) });
  }

  watch(watcher: (isUp: boolean) => void): void {
    this.watchers.push(watcher);
  }

  start(): void {
    this.running ??= this.run();
  }

  async stop(): Promise<void> {
    if (this.isUp) await this.session?.flush();
    this.stopping.abort();
    this.session?.end();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const session = (this.session = new RedisSession(this.url, this.times));
      if (await session.open(this.subscriptions)) this.change(true);
      const cause = await session.lost;
      if (this.isUp) this.change(false);
      session.close();
      if (signal.aborted) return;
      this.warn(cause);
      await sleep(this.times.reconnect, undefined, { signal }).catch(() => undefined);
    }
  }

  private change(isUp: boolean): void {
    this.isUp = isUp;
    if (isUp) this.logger.log('Redis is there');
    for (const watcher of this.watchers) watcher(isUp);
  }

  private warn(cause: unknown): void {
    if (Date.now() - this.warnedAt < WARN_EVERY_MS) return;
    this.warnedAt = Date.now();
    this.logger.warn({ err: cause }, 'Redis is away; nodes agree through the database until it is back');
  }

  /** A message that cannot be taken in must not end the connection, nor the process. */
  private guarded(listener: Listener): Listener {
    return (message, channel) => {
      try {
        listener(message, channel);
      } catch (error) {
        this.logger.error({ err: error }, 'A message of another node could not be taken in');
      }
    };
  }
}
