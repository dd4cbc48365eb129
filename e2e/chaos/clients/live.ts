import type {
  Ack,
  ClientToServerEvents,
  SendAnswer,
  SendRequest,
  ServerToClientEvents,
  SubscribeAnswer,
  SubscribeRequest,
  SyncAnswer,
  WireMessageKind,
} from '@parley/socket-events';
import { io, type Socket } from 'socket.io-client';
import {
  TransportError,
  type LiveListener,
  type LiveTransport,
} from '../../../frontend/src/app/domain/conversations/engine/transport';
import type { Life } from './life';
import type { Session } from './session';
import type { Witness } from './witness';

export type Transports = ('websocket' | 'polling')[];
type Pushed = { [Event in keyof ServerToClientEvents]: Parameters<ServerToClientEvents[Event]>[0] };

const ACK_WITHIN_MS = 10_000;
const REVIVE_AFTER_MS = 1_000;
const LEAVE_WITHIN_MS = 1_000;

/** The one socket of a tab: comes back by itself, renews its token, and tells the engines what it hears. */
export class LiveConversations implements LiveTransport {
  private readonly socket: Socket<ServerToClientEvents, ClientToServerEvents>;
  private readonly listeners = new Map<LiveListener, number>();
  private readonly connectionListeners = new Set<(connected: boolean) => void>();

  constructor(
    origin: string,
    transports: Transports,
    private readonly session: Session,
    private readonly witness: Witness,
    private readonly life: Life,
  ) {
    this.socket = io(origin, {
      autoConnect: false,
      forceNew: true,
      transports,
      auth: (give) => give({ token: session.token ?? '' }),
    });
    this.socket.onAny(
      (event: string, payload: unknown) =>
        this.life.isOver || payload === undefined || this.heard(event as never, payload as never),
    );
    this.socket.on('connect', () => this.told(true));
    this.socket.on('disconnect', (reason) => this.lost(reason === 'io server disconnect'));
    this.socket.on('connect_error', () => this.lost(!this.socket.active));
    this.socket.on('server:draining', () => this.leaveSoon());
    session.onToken(() => this.renew());
  }

  get connected(): boolean {
    return this.socket.connected && !this.life.isOver;
  }

  connect(): void {
    this.socket.connect();
  }

  /** The page is gone: no goodbye is said, the operating system closes the connection. */
  abandon(): void {
    this.socket.io.reconnection(false);
    this.socket.io.engine?.close();
    this.socket.disconnect();
  }

  onConnection(listener: (connected: boolean) => void): () => void {
    this.connectionListeners.add(listener);
    return () => this.connectionListeners.delete(listener);
  }

  listen(ticketId: number, listener: LiveListener): () => void {
    this.listeners.set(listener, ticketId);
    return () => this.listeners.delete(listener);
  }

  async subscribe(request: SubscribeRequest): Promise<SubscribeAnswer> {
    const answer = await this.ask<SubscribeAnswer>('ticket:subscribe', request);
    this.witness.events(answer.events);
    return answer;
  }

  unsubscribe(ticketId: number): void {
    this.tell('ticket:unsubscribe', { ticketId });
  }

  async sync(request: SubscribeRequest): Promise<SyncAnswer> {
    const answer = await this.ask<SyncAnswer>('ticket:sync', request);
    this.witness.events(answer.events);
    return answer;
  }

  send(request: SendRequest): Promise<SendAnswer> {
    return this.witness.sending(request.clientMsgId, this.ask<SendAnswer>('message:send', request));
  }

  async edit(ticketId: number, messageId: string, body: string): Promise<{ seq: number }> {
    const answer = await this.ask<{ seq: number }>('message:edit', { ticketId, messageId, body });
    this.witness.changed(ticketId, messageId, answer.seq, 'message.edited');
    return answer;
  }

  async remove(ticketId: number, messageId: string): Promise<{ seq: number }> {
    const answer = await this.ask<{ seq: number }>('message:remove', { ticketId, messageId });
    this.witness.changed(ticketId, messageId, answer.seq, 'message.removed');
    return answer;
  }

  async markRead(ticketId: number, seq: number): Promise<void> {
    await this.ask('read:mark', { ticketId, seq });
  }

  typing(ticketId: number, active: boolean, kind: WireMessageKind): void {
    this.tell('typing', { ticketId, active, kind });
  }

  private async ask<Answer extends object>(event: keyof ClientToServerEvents, request: object): Promise<Answer> {
    if (!this.connected) throw new TransportError('disconnected', true);
    const emitter = this.socket.timeout(ACK_WITHIN_MS) as unknown as {
      emitWithAck(event: string, request: object): Promise<Ack<Answer>>;
    };
    const answer = await this.life.of(
      emitter.emitWithAck(event, request).catch(() => {
        throw new TransportError(this.connected ? 'timeout' : 'disconnected', true);
      }),
    );
    this.witness.overhear(`the answer to ${event}`, answer);
    if (answer.ok) return answer;
    const { code, retryable, retryAfterMs } = answer.error;
    throw new TransportError(code, retryable, retryAfterMs);
  }

  /** For what nobody waits for: a lost one is renewed by the next. */
  private tell(event: keyof ClientToServerEvents, request: object): void {
    this.ask(event, request).catch(() => undefined);
  }

  private heard<Event extends keyof Pushed>(event: Event, payload: Pushed[Event]): void {
    this.witness.pushed(event, payload);
    if (event === 'rights:changed') this.told(true);
    if (event === 'session:ended' || event === 'rights:changed') void this.session.refresh().catch(() => null);
    const { ticketId } = payload as { ticketId?: number };
    for (const [listener, own] of this.listeners) if (own === ticketId) this.pass(listener, event, payload);
  }

  private pass(listener: LiveListener, event: keyof Pushed, payload: unknown): void {
    const told = payload as Pushed['ticket:event'] &
      Pushed['ticket:read'] &
      Pushed['ticket:typing'] &
      Pushed['ticket:viewers'];
    if (event === 'ticket:event') {
      this.witness.events([told]);
      listener.event(told);
    } else if (event === 'ticket:head') {
      this.witness.head(told.ticketId, told.seq);
      listener.head(told.seq);
    } else if (event === 'ticket:read') listener.read(told.userId, told.seq);
    else if (event === 'ticket:typing') listener.typing(told.user, told.active);
    else if (event === 'ticket:viewers') listener.viewers(told.users);
  }

  private told(connected: boolean): void {
    if (this.life.isOver) return;
    for (const listener of this.connectionListeners) listener(connected);
    for (const listener of this.listeners.keys()) {
      if (connected) listener.connected();
      else listener.disconnected();
    }
  }

  private leaveSoon(): void {
    const { timers } = this.life;
    timers.after(timers.random() * LEAVE_WITHIN_MS, () => void this.socket.disconnect().connect());
  }

  private lost(refused: boolean): void {
    this.told(false);
    if (refused) this.life.timers.after(REVIVE_AFTER_MS, () => void this.revive());
  }

  /** After a refusal the client library does not come back by itself: a fresh token, or a new sign-in, decides. */
  private async revive(): Promise<void> {
    if (this.socket.connected) return;
    const token = await this.session.refresh().catch(() => undefined);
    if (token === null) await this.session.start();
    if (!this.socket.active && !this.life.isOver) this.socket.connect();
  }

  private renew(): void {
    if (this.connected && this.session.token !== null) this.tell('auth:refresh', { token: this.session.token });
  }
}
