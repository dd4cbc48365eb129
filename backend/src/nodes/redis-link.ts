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
  private session: RedisSession | undefined;
  private running: Promise<void> | undefined;
  private warnedAt = -Infinity;

  constructor(
    private readonly url: string,
    readonly prefix: string,
    private readonly times: NodeTimes,
  ) {}

  get isUp(): boolean {
    return this.session !== undefined;
  }

  publish(channel: string, message: string | Buffer): void {
    this.session?.publish(channel, message);
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
    await this.session?.flush();
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    while (!signal.aborted) {
      const session = new RedisSession(this.url, this.times);
      const isUp = await Promise.race([session.open(this.subscriptions), stopped]);
      if (isUp) this.change(session);
      const cause = await Promise.race([session.lost, stopped]);
      session.close();
      if (signal.aborted) break;
      if (isUp) this.change(undefined);
      this.warn(cause);
      await sleep(this.times.reconnect, undefined, { signal }).catch(() => undefined);
    }
    this.session = undefined;
  }

  private change(session: RedisSession | undefined): void {
    this.session = session;
    if (session) this.logger.log('Redis is there');
    for (const watcher of this.watchers) watcher(session !== undefined);
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
