import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'redis';
import type { Listener } from './node-link';
import type { NodeTimes } from './node-times';

/** What may wait for Redis to take it; more is dropped, because the heads make good what is missing. */
const MOST_PENDING_BYTES = 8_388_608;
const FLUSH_MS = 500;

export interface Subscription {
  channel: string;
  isPattern: boolean;
  listener: Listener;
}

const newClient = (url: string, connectTimeout: number) =>
  createClient({ url, RESP: 2, disableOfflineQueue: true, socket: { connectTimeout, reconnectStrategy: false } });

/**
 * Two connections to Redis and all subscriptions: up together, thrown away together, never mended. A beat that has to
 * come back tells a Redis that hangs from one that has nothing to say.
 */
export class RedisSession {
  /** Resolves to the cause as soon as anything is wrong; never rejects. */
  readonly lost: Promise<unknown>;
  private lose!: (cause: unknown) => void;
  private readonly publisher;
  private readonly subscriber;
  private readonly echo = `echo#${randomUUID()}`;
  private beats: NodeJS.Timeout | undefined;
  private beatsOut = 0;
  private pendingBytes = 0;

  constructor(
    url: string,
    private readonly times: NodeTimes,
  ) {
    this.lost = new Promise((resolve) => (this.lose = resolve));
    this.publisher = newClient(url, times.connect);
    this.subscriber = newClient(url, times.connect);
    for (const client of [this.publisher, this.subscriber])
      client
        .on('error', (error) => this.lose(error))
        .on('end', () => this.lose(new Error('The connection to Redis ended.')));
  }

  /** Resolves to whether the session is up; a server that does not answer in time is none. */
  async open(subscriptions: readonly Subscription[]): Promise<boolean> {
    const tooLate = setTimeout(() => this.lose(new Error('Redis does not answer.')), this.times.connect);
    const opened = this.connect(subscriptions).then(
      () => true,
      (error: unknown) => this.lose(error),
    );
    const isUp = await Promise.race([opened, this.lost.then(() => false)]);
    clearTimeout(tooLate);
    if (isUp) this.beats = setInterval(() => this.beat(), this.times.beat);
    return Boolean(isUp);
  }

  publish(channel: string, message: string | Buffer): void {
    const bytes = message.length;
    if (this.pendingBytes + bytes > MOST_PENDING_BYTES) return;
    this.pendingBytes += bytes;
    this.publisher.publish(channel, message).then(
      () => (this.pendingBytes -= bytes),
      (error: unknown) => this.lose(error),
    );
  }

  /** Waits a moment for what was published. */
  async flush(): Promise<void> {
    await Promise.race([this.publisher.ping().catch(() => undefined), sleep(FLUSH_MS)]);
  }

  /** Gives up; `lost` resolves. */
  end(): void {
    this.lose(undefined);
  }

  close(): void {
    clearInterval(this.beats);
    this.publisher.destroy();
    this.subscriber.destroy();
  }

  private async connect(subscriptions: readonly Subscription[]): Promise<void> {
    await Promise.all([this.publisher.connect(), this.subscriber.connect()]);
    await this.subscriber.subscribe(this.echo, () => (this.beatsOut = 0));
    for (const { channel, isPattern, listener } of subscriptions)
      await (isPattern
        ? this.subscriber.pSubscribe(channel, listener, true)
        : this.subscriber.subscribe(channel, listener, true));
  }

  /** Beats are counted, not timed: a process that slept itself has sent none. */
  private beat(): void {
    if (this.beatsOut >= this.times.lostBeats) return this.lose(new Error('Redis does not answer any more.'));
    this.beatsOut += 1;
    this.publish(this.echo, '');
  }
}
