import type {
  SendAnswer,
  SendRequest,
  SubscribeAnswer,
  SubscribeRequest,
  SyncAnswer,
  WireAudience,
  WireTimelineEvent,
  WireUserRef,
} from '@parley/socket-events';
import type { Timers } from '../engine/timers';
import { LiveListener, LiveTransport, RestTransport, TransportError } from '../engine/transport';
import type { SeededRandom } from './random';
import type { SimulatedServer } from './simulated-server';

/**
 * One page's ways to the server. Until it is healed it delays, loses answers, swallows requests, and drops, doubles and
 * swaps what is pushed. What goes over one connection of the socket and matters to the order, arrives in order.
 */
export class UnreliableNetwork {
  audience: WireAudience;
  private isBlackHole = false;
  /** Something that was due on this connection was swallowed: it can not go on as if nothing had happened. */
  private isTorn = false;
  isRestBlocked = false;
  private healed = false;
  private isUp = false;
  private subscribed = false;
  /** Counts connections of the socket: what belongs to an earlier one never arrives. */
  private connection = 0;
  private listener: LiveListener | null = null;
  private readonly watchers = new Set<(connected: boolean) => void>();
  private lane: Promise<unknown> = Promise.resolve();
  private readonly stopFollowing: () => void;

  constructor(
    private readonly server: SimulatedServer,
    private readonly person: WireUserRef,
    private readonly timers: Timers,
    private readonly random: SeededRandom,
  ) {
    this.audience = person.role === 'customer' ? 'public' : 'staff';
    this.stopFollowing = server.follow(() => this.pushLatest());
  }

  readonly live: LiveTransport = this.liveTransport();
  readonly rest: RestTransport = this.restTransport();

  connect(): void {
    if (this.isUp) return;
    this.isUp = true;
    this.isTorn = false;
    this.connection++;
    this.lane = Promise.resolve();
    for (const watcher of this.watchers) watcher(true);
    this.listener?.connected();
  }

  disconnect(): void {
    if (!this.isUp) return;
    this.isUp = false;
    this.subscribed = false;
    this.connection++;
    for (const watcher of this.watchers) watcher(false);
    this.listener?.disconnected();
  }

  /** Requests go out and nothing comes back, until the next call. */
  toggleBlackHole(): void {
    this.isBlackHole = !this.isBlackHole;
    if (this.isBlackHole || !this.isTorn) return;
    this.disconnect();
    this.connect();
  }

  /** The person is staff from now on, or no longer: rooms are left, and the page is told. */
  changeAudience(): void {
    this.audience = this.audience === 'staff' ? 'public' : 'staff';
    this.subscribed = false;
    void this.inOrder(() => this.listener?.connected());
  }

  /** Nothing goes wrong from here on. */
  heal(): void {
    this.healed = true;
    if (this.isBlackHole) this.toggleBlackHole();
    this.isRestBlocked = false;
    this.connect();
  }

  /** What the server does every ten seconds. */
  announceHead(): void {
    const head = this.server.view(this.audience).length;
    if (this.subscribed) void this.inOrder(() => this.listener?.head(head));
  }

  close(): void {
    this.stopFollowing();
  }

  private pushLatest(): void {
    const event = this.server.view(this.audience).at(-1);
    if (!event || !this.subscribed || this.goesWrong(0.15)) return;
    this.push(event);
    if (this.goesWrong(0.15)) this.push(event);
  }

  /** Pushes may overtake each other, but not what the server answers after them. */
  private push(event: WireTimelineEvent): void {
    const { connection } = this;
    const arrive = (): void => {
      if (connection === this.connection && !this.isBlackHole) this.listener?.event(event);
    };
    if (this.goesWrong(0.2)) arrive();
    else void this.inOrder(arrive);
  }

  private goesWrong(probability: number): boolean {
    return !this.healed && this.random.chance(probability);
  }

  private inOrder<Result>(step: () => Result): Promise<Result> {
    const { connection } = this;
    this.lane = this.lane.then(() => this.delay());
    return this.lane.then(() => {
      if (connection === this.connection && !this.isBlackHole) return step();
      this.isTorn ||= connection === this.connection;
      return never<Result>();
    });
  }

  /** Answers over the socket: in order on one connection, never after it ended. */
  private answer<Result>(work: () => Result): Promise<Result> {
    if (!this.isUp) return Promise.reject(new TransportError('disconnected', true));
    const { connection } = this;
    return this.inOrder(() => {
      if (this.goesWrong(0.05)) return never<Result>();
      if (this.goesWrong(0.05)) throw new TransportError('unavailable', true);
      const done = work();
      return this.goesWrong(0.1) ? never<Result>() : done;
    }).then((result) => (connection === this.connection ? result : never<Result>()));
  }

  private async answerRest<Result>(work: () => Result): Promise<Result> {
    await this.delay();
    if (this.isRestBlocked) throw new TransportError('offline', true);
    if (this.isBlackHole || this.goesWrong(0.05)) return never<Result>();
    if (this.goesWrong(0.1)) throw new TransportError('unavailable', true, 500);
    const done = work();
    await this.delay();
    if (this.goesWrong(0.1)) throw new TransportError('offline', true);
    return done;
  }

  private delay(): Promise<void> {
    return this.wait(this.healed ? 1 : this.random.below(400));
  }

  private wait(ms: number): Promise<void> {
    return new Promise((resolve) => this.timers.after(ms, resolve));
  }

  private subscription(request: SubscribeRequest): SubscribeAnswer {
    this.subscribed = true;
    return { ...this.server.page(request, this.audience), audience: this.audience, readSeq: {} };
  }

  private store(request: SendRequest): SendAnswer {
    return this.server.store(request, this.person, this.audience);
  }

  private liveTransport(): LiveTransport {
    const isConnected = (): boolean => this.isUp;
    return {
      get connected() {
        return isConnected();
      },
      onConnection: (watcher) => {
        this.watchers.add(watcher);
        return () => this.watchers.delete(watcher);
      },
      listen: (_ticketId, listener) => {
        this.listener = listener;
        return () => (this.listener = null);
      },
      subscribe: (request) => this.answer(() => this.subscription(request)),
      unsubscribe: () => undefined,
      sync: (request) => this.answer((): SyncAnswer => this.server.page(request, this.audience)),
      send: (request) => this.answer(() => this.store(request)),
      edit: () => Promise.resolve({ seq: 0 }),
      remove: () => Promise.resolve({ seq: 0 }),
      markRead: () => Promise.resolve(),
      typing: () => undefined,
    };
  }

  private restTransport(): RestTransport {
    return {
      events: (request) => this.answerRest(() => this.server.page(request, this.audience)),
      send: (request) => this.answerRest(() => this.store(request)),
      edit: () => Promise.resolve({ seq: 0 }),
      remove: () => Promise.resolve({ seq: 0 }),
      markRead: () => Promise.resolve(),
      markUnread: () => Promise.resolve(),
    };
  }
}

function never<Result>(): Promise<Result> {
  return new Promise(() => undefined);
}
