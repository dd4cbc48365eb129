import { EventEmitter } from 'node:events';
import { Inject, Injectable, Logger, Optional, type OnApplicationShutdown } from '@nestjs/common';
import { newId } from '../common';
import type { NodeLink } from './node-link';
import { NodeTimes } from './node-times';
import { SharedMap } from './shared-map';

export const NODE_LINK = Symbol('NodeLink');

const CATCH_UPS_AFTER = 2;

type Handler<Data> = (data: Data, from: string) => void;

interface Events {
  /** The link to the others came up, or was lost. */
  link: [isUp: boolean];
  /** Somebody may not know what this node knows of itself. */
  wanted: [];
  /** Pushes of other nodes got lost: what they told is to be read from the database. */
  catchUp: [];
  /** A node is gone, and everything that was known of it. */
  lost: [nodeId: string];
}

/** The nodes of this installation, as this one sees them, and what they tell each other. Alone without REDIS_URL. */
@Injectable()
export class Nodes extends EventEmitter<Events> implements OnApplicationShutdown {
  readonly id = newId();
  private readonly logger = new Logger(Nodes.name);
  private readonly handlers = new Map<string, Handler<never>>();
  private readonly heardAt = new Map<string, number>();
  private readonly channel: string;
  private readonly timers: NodeJS.Timeout[] = [];
  private downSince = performance.now();
  private catchUps = 0;
  private hasLeft = false;

  constructor(
    @Optional() @Inject(NODE_LINK) readonly link: NodeLink | undefined,
    private readonly times: NodeTimes,
  ) {
    super();
    this.channel = `${link?.prefix}#nodes`;
    link?.subscribe(this.channel, (message) => this.hear(message));
    link?.watch((isUp) => (isUp ? this.linked() : this.unlinked()));
    this.listen('beat', () => undefined);
    this.listen<{ to?: string }>('hello', ({ to }) => {
      if (to === undefined || to === this.id) this.emit('wanted');
    });
    this.listen('farewell', (_data, from) =>
      this.heardAt.set(from, performance.now() - this.times.forget + this.times.farewell),
    );
  }

  /** `away` means: there may be others, but they cannot be reached now. */
  get state(): 'alone' | 'linked' | 'away' {
    if (!this.link) return 'alone';
    return this.link.isUp ? 'linked' : 'away';
  }

  /** How many nodes there are, this one included. */
  get count(): number {
    return this.heardAt.size + 1;
  }

  /** Begins to look for the others; the command line never does. */
  start(): void {
    if (!this.link || this.timers.length) return;
    this.link.start();
    this.timers.push(setInterval(() => this.beat(), this.times.beat).unref());
    this.timers.push(setInterval(() => this.emit('wanted'), this.times.snapshot).unref());
    this.timers.push(setInterval(() => this.catchUp(), this.times.catchUp).unref());
  }

  async onApplicationShutdown(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    this.tell('farewell', {});
    // Its last word: whatever came after it would sound as if the node went on.
    this.hasLeft = true;
    await this.link?.stop();
  }

  /** Tells all other nodes, if they can be reached. */
  tell(topic: string, data: object): void {
    if (this.link?.isUp && !this.hasLeft) this.link.publish(this.channel, JSON.stringify([this.id, topic, data]));
  }

  /** What the others tell; never what this node told itself. One handler for each topic. */
  listen<Data extends object>(topic: string, handler: Handler<Data>): void {
    if (this.handlers.has(topic)) throw new Error(`The topic ${topic} is taken.`);
    this.handlers.set(topic, handler);
  }

  /** Entries that each node sets for itself and reads from all. */
  share<Value>(topic: string, changed: (key: string) => void): SharedMap<Value> {
    return new SharedMap<Value>(this, topic, changed);
  }

  /** Whether the node was heard just now; one that is silent may be gone, but is not given up yet. */
  isFresh(nodeId: string): boolean {
    const heardAt = this.heardAt.get(nodeId);
    return heardAt !== undefined && performance.now() - heardAt < this.times.beat * (this.times.lostBeats + 2);
  }

  private hear(message: Buffer): void {
    const [from, topic, data] = JSON.parse(message.toString()) as [string, string, never];
    if (from === this.id) return;
    const isKnown = this.heardAt.has(from);
    this.heardAt.set(from, performance.now());
    if (!isKnown && topic !== 'farewell') this.tell('hello', { to: from });
    this.handlers.get(topic)?.(data, from);
  }

  private linked(): void {
    // Whatever the others said meanwhile was not to be heard here.
    for (const id of this.heardAt.keys()) this.heardAt.set(id, performance.now());
    this.tell('hello', {});
    this.emit('link', true);
    this.emit('wanted');
  }

  private unlinked(): void {
    this.downSince = performance.now();
    this.catchUps = CATCH_UPS_AFTER;
    this.emit('link', false);
  }

  /** Goes on for a while when the link is back: the others may be late. */
  private catchUp(): void {
    if (this.catchUps === 0) return;
    if (this.state === 'linked') this.catchUps -= 1;
    this.emit('catchUp');
  }

  private beat(): void {
    const now = performance.now();
    if (!this.link?.isUp) {
      if (now - this.downSince > this.times.stale) for (const id of [...this.heardAt.keys()]) this.forget(id);
      return;
    }
    this.tell('beat', {});
    for (const [id, heardAt] of [...this.heardAt]) if (now - heardAt > this.times.forget) this.forget(id);
  }

  private forget(id: string): void {
    this.heardAt.delete(id);
    this.logger.log({ node: id }, 'Another node is gone');
    this.emit('lost', id);
  }
}
