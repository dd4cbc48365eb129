import type {
  SendAnswer,
  SendRequest,
  SubscribeAnswer,
  SubscribeRequest,
  SyncAnswer,
  WireTimelineEvent,
  WireUserRef,
} from '@parley/socket-events';
import { LiveListener, LiveTransport, RestTransport, TransportError } from '../engine/transport';
import { aMessageEvent, cora } from './builders';

type Send = (request: SendRequest) => Promise<SendAnswer>;

/** One ticket's conversation as the server holds it, with a socket and REST in front that tests can break. */
export class FakeServer {
  events: WireTimelineEvent[] = [];
  stream = 'stream-1';
  pageSize = 200;
  readSeq: Record<string, number> = {};
  self: WireUserRef = cora;
  /** Whether what is stored is pushed to whoever listens. */
  pushes = true;
  /** Every request, as `name argument`, in order. */
  readonly calls: string[] = [];
  readonly live = new FakeSocket(this);
  readonly rest = new FakeRest(this);

  get head(): number {
    return this.events.length;
  }

  page({ after, stream }: Pick<SubscribeRequest, 'after' | 'stream'>): SyncAnswer {
    const reset = after > this.head || (stream !== undefined && stream !== this.stream);
    const from = reset ? 0 : after;
    return {
      stream: this.stream,
      head: this.head,
      events: this.events.slice(from, from + this.pageSize),
      hasMore: from + this.pageSize < this.head,
      ...(reset && { reset }),
    };
  }

  /** Stores a message once per id, as the contract wants it. */
  store(request: SendRequest): SendAnswer {
    for (const event of this.events) {
      if (event.type !== 'message.created' || event.data.message.clientMsgId !== request.clientMsgId) continue;
      return { message: event.data.message, seq: event.seq, duplicate: true };
    }
    const { clientMsgId, kind, body } = request;
    const event = aMessageEvent(this.head + 1, { clientMsgId, kind, body, author: this.self });
    this.events.push(event);
    if (this.pushes) void Promise.resolve().then(() => this.live.tell(event));
    if (event.type !== 'message.created') throw new Error('expected a message');
    return { message: event.data.message, seq: event.seq, duplicate: false };
  }
}

export class FakeSocket implements LiveTransport {
  connected = false;
  /** Replace to refuse or to lose an answer. */
  sending: Send = async (request) => this.server.store(request);
  subscribing: (request: SubscribeRequest) => Promise<SubscribeAnswer> = async (request) => ({
    ...this.server.page(request),
    audience: 'public',
    readSeq: this.server.readSeq,
  });
  private listener: LiveListener | null = null;
  private readonly watchers = new Set<(connected: boolean) => void>();

  constructor(private readonly server: FakeServer) {}

  connect(): void {
    this.connected = true;
    for (const watcher of this.watchers) watcher(true);
    this.listener?.connected();
  }

  disconnect(): void {
    this.connected = false;
    for (const watcher of this.watchers) watcher(false);
    this.listener?.disconnected();
  }

  /** What the server pushes. */
  get push(): LiveListener {
    if (!this.listener) throw new Error('nobody listens');
    return this.listener;
  }

  tell(event: WireTimelineEvent): void {
    if (this.connected) this.listener?.event(event);
  }

  get listening(): boolean {
    return this.listener !== null;
  }

  onConnection(watcher: (connected: boolean) => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  listen(_ticketId: number, listener: LiveListener): () => void {
    this.listener = listener;
    return () => (this.listener = null);
  }

  async subscribe(request: SubscribeRequest): Promise<SubscribeAnswer> {
    this.server.calls.push(`subscribe ${request.after}`);
    return this.subscribing(request);
  }

  unsubscribe(ticketId: number): void {
    this.server.calls.push(`unsubscribe ${ticketId}`);
  }

  async sync(request: SubscribeRequest): Promise<SyncAnswer> {
    this.server.calls.push(`sync ${request.after}`);
    return this.server.page(request);
  }

  async send(request: SendRequest): Promise<SendAnswer> {
    this.server.calls.push(`send ${request.clientMsgId}`);
    return this.sending(request);
  }

  async edit(_ticketId: number, messageId: string, body: string): Promise<{ seq: number }> {
    this.server.calls.push(`edit ${messageId} ${body}`);
    return { seq: this.server.head };
  }

  async remove(_ticketId: number, messageId: string): Promise<{ seq: number }> {
    this.server.calls.push(`remove ${messageId}`);
    return { seq: this.server.head };
  }

  async markRead(_ticketId: number, seq: number): Promise<void> {
    this.server.calls.push(`read ${seq}`);
  }

  typing(_ticketId: number, active: boolean, kind: string): void {
    this.server.calls.push(`typing ${active} ${kind}`);
  }
}

export class FakeRest implements RestTransport {
  reachable = true;

  constructor(private readonly server: FakeServer) {}

  async events(request: SubscribeRequest): Promise<SyncAnswer> {
    this.note(`GET events ${request.after}`);
    return this.server.page(request);
  }

  async send(request: SendRequest): Promise<SendAnswer> {
    this.note(`POST ${request.clientMsgId}`);
    return this.server.store(request);
  }

  async edit(_ticketId: number, messageId: string): Promise<{ seq: number }> {
    this.note(`PATCH ${messageId}`);
    return { seq: this.server.head };
  }

  async remove(_ticketId: number, messageId: string): Promise<{ seq: number }> {
    this.note(`DELETE ${messageId}`);
    return { seq: this.server.head };
  }

  async markRead(_ticketId: number, seq: number): Promise<void> {
    this.note(`PUT read ${seq}`);
  }

  async markUnread(_ticketId: number, seq: number): Promise<void> {
    this.note(`PUT unread ${seq}`);
  }

  private note(call: string): void {
    this.server.calls.push(call);
    if (!this.reachable) throw new TransportError('offline', true);
  }
}
