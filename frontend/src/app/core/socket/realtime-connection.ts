import { ApplicationRef, Injectable, Signal, computed, effect, inject, signal, untracked } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { Observable, Subject, filter, map } from 'rxjs';
import type { Ack, ClientToServerEvents, ServerToClientEvents, SocketError } from '@parley/socket-events';
import type { Socket } from 'socket.io-client';

import { Session } from '../session/session';
import { wakeUps } from './wake-ups';

type ClientSocket = Socket<ServerToClientEvents, ClientToServerEvents>;
export type ServerEvent = keyof ServerToClientEvents;
export type ServerPayload<Event extends ServerEvent> = Parameters<ServerToClientEvents[Event]>[0];
export type ClientEvent = keyof ClientToServerEvents;
export type ClientRequest<Event extends ClientEvent> = Parameters<ClientToServerEvents[Event]>[0];
type AckOf<Event extends ClientEvent> = Parameters<Parameters<ClientToServerEvents[Event]>[1]>[0];
/** What came back with `ok: true`. */
export type ClientAnswer<Event extends ClientEvent> = Extract<AckOf<Event>, { ok: true }>;

interface AckEmitter<Answer> {
  emitWithAck(event: ClientEvent, request: unknown): Promise<Answer>;
}

const DISCONNECTED: SocketError = { code: 'disconnected', retryable: true };

export type ConnectionState = 'idle' | 'connecting' | 'online' | 'offline';

const ACK_WITHIN_MS = 10_000;
/** A connection that slept has to prove sooner that it is alive. */
const PROBE_WITHIN_MS = 3_000;
/** Everybody leaves a server that is about to stop, but not in the same instant. */
const LEAVE_WITHIN_MS = 1_000;
const OPEN_AGAIN_AFTER_MS = 5_000;
const SAY_OFFLINE_AFTER_MS = 3_000;
const PAGE_FIRST_MS = 1_500;
/** Another tab that signs out says so itself; its word is awaited before the server is asked. */
const ENDED_ELSEWHERE_MS = 500;

/**
 * The one socket of this page, open while somebody is signed in. It is loaded after sign-in, hands fresh tokens on,
 * and comes back by itself; subscriptions have to be made anew after every `connected`.
 */
@Injectable({ providedIn: 'root' })
export class RealtimeConnection {
  private readonly session = inject(Session);
  private readonly application = inject(ApplicationRef);
  private socket: ClientSocket | null = null;
  /** Whose token the socket was opened with: it never serves anybody else. */
  private holderId: string | null = null;
  private opening = false;
  private openTimer: ReturnType<typeof setTimeout> | undefined;
  private quietTimer: ReturnType<typeof setTimeout> | undefined;

  private readonly currentState = signal<ConnectionState>('idle');
  private readonly lostForLong = signal(false);
  private readonly connects = new Subject<void>();
  private readonly incoming = new Subject<{ event: string; payload: unknown }>();

  readonly state: Signal<ConnectionState> = this.currentState.asReadonly();
  readonly isOnline = computed(() => this.currentState() === 'online');
  /** True after three seconds without a socket: time to say so, quietly. */
  readonly isLost = this.lostForLong.asReadonly();
  /** Fires on every connect, the first and each later one: all rooms were left in between. */
  readonly connected: Observable<void> = this.connects.asObservable();

  constructor() {
    effect(() => {
      const token = this.session.accessToken();
      untracked(() => (token === null ? this.close() : void this.openOrRefresh(token)));
    });
    wakeUps()
      .pipe(takeUntilDestroyed())
      .subscribe(() => this.wake());
  }

  /** The payloads of one server event. */
  on<Event extends ServerEvent>(event: Event): Observable<ServerPayload<Event>> {
    return this.incoming.pipe(
      filter((message) => message.event === event),
      map((message) => message.payload as ServerPayload<Event>),
    );
  }

  /**
   * Sends one event and resolves with its acknowledgement; it never rejects. Without a connection the answer is the
   * retryable error `disconnected`, and `timeout` when none came within ten seconds - it may have been done then.
   */
  async emitWithAck<Event extends ClientEvent>(
    event: Event,
    request: ClientRequest<Event>,
  ): Promise<Ack<ClientAnswer<Event>>> {
    return this.emitWithin(ACK_WITHIN_MS, event, request);
  }

  private async emitWithin<Event extends ClientEvent>(
    ms: number,
    event: Event,
    request: ClientRequest<Event>,
  ): Promise<Ack<ClientAnswer<Event>>> {
    const socket = this.socket;
    if (!socket?.connected || !this.isHolderSignedIn) return { ok: false, error: DISCONNECTED };
    // The generic event can not be narrowed to one signature, so the pair of request and answer is tied together here.
    const emitter = socket.timeout(ms) as unknown as AckEmitter<Ack<ClientAnswer<Event>>>;
    try {
      return await emitter.emitWithAck(event, request);
    } catch {
      return { ok: false, error: socket.connected ? { code: 'timeout', retryable: true } : DISCONNECTED };
    }
  }

  /** False for the moment between a change of person and the end of the socket of the one before. */
  private get isHolderSignedIn(): boolean {
    return this.holderId === (this.session.user()?.id ?? null);
  }

  private async openOrRefresh(token: string): Promise<void> {
    if (this.socket && !this.isHolderSignedIn) this.close();
    if (this.socket?.connected) {
      await this.emitWithAck('auth:refresh', { token });
      return;
    }
    if (this.socket) {
      this.socket.connect();
      return;
    }
    await this.open();
  }

  private async open(): Promise<void> {
    if (this.opening) return;
    clearTimeout(this.openTimer);
    this.opening = true;
    this.currentState.set('connecting');
    this.sayLostSoon();
    await this.pageIsThere();
    try {
      const { io } = await import('socket.io-client');
      if (this.session.accessToken() !== null)
        this.attach(io({ autoConnect: false, auth: (give) => give(this.proof()) }));
    } catch {
      // The chunk could not be loaded: without a network there is no socket either.
      this.currentState.set('offline');
      this.openTimer = setTimeout(() => this.wake(), OPEN_AGAIN_AFTER_MS);
    } finally {
      this.opening = false;
    }
  }

  /** What the person waits for comes first: the code of the socket is fetched once the page stands. */
  private pageIsThere(): Promise<unknown> {
    const patience = new Promise((resolve) => setTimeout(resolve, PAGE_FIRST_MS));
    return Promise.race([this.application.whenStable(), patience]);
  }

  private proof(): { token: string } {
    this.holderId = this.session.user()?.id ?? null;
    return { token: this.session.accessToken() ?? '' };
  }

  private attach(socket: ClientSocket): void {
    this.socket = socket;
    socket.onAny((event: string, payload: unknown) => {
      if (this.isHolderSignedIn) this.incoming.next({ event, payload });
    });
    socket.on('connect', () => this.wentOnline());
    socket.on('disconnect', (reason) => this.wentOffline(socket, reason === 'io server disconnect'));
    socket.on('connect_error', () => this.wentOffline(socket, !socket.active));
    socket.on('session:ended', () => setTimeout(() => this.checkSession(), ENDED_ELSEWHERE_MS));
    socket.on('rights:changed', () => this.checkSession());
    socket.on('server:draining', () => setTimeout(() => this.reconnect(socket), Math.random() * LEAVE_WITHIN_MS));
    socket.connect();
  }

  /** The connection may be dead, or wait for its next try: now is the time. */
  private wake(): void {
    if (this.session.accessToken() === null) return;
    const { socket } = this;
    if (!socket) void this.open();
    else if (socket.connected) void this.probe(socket);
    else if (socket.active) this.reconnect(socket);
  }

  /** Any answer will do: what comes back proves the connection. */
  private async probe(socket: ClientSocket): Promise<void> {
    const token = this.session.accessToken();
    if (token === null) return;
    const answer = await this.emitWithin(PROBE_WITHIN_MS, 'auth:refresh', { token });
    if (!answer.ok && answer.error.code === 'timeout') this.reconnect(socket);
  }

  /** At once, and without the pauses that the client library makes between its tries. */
  private reconnect(socket: ClientSocket): void {
    if (this.socket !== socket) return;
    socket.disconnect().connect();
  }

  /** A fresh token brings the new rights, or shows that the sign-in is over. */
  private checkSession(): void {
    if (this.session.accessToken() !== null) void this.session.refresh().catch(() => null);
  }

  private wentOnline(): void {
    clearTimeout(this.quietTimer);
    this.quietTimer = undefined;
    this.lostForLong.set(false);
    this.currentState.set('online');
    this.connects.next();
  }

  /** After a refusal the client library does not come back by itself: a fresh token, or the end of the sign-in, decides. */
  private wentOffline(socket: ClientSocket, refused: boolean): void {
    if (this.socket !== socket) return;
    this.currentState.set('offline');
    this.sayLostSoon();
    if (refused) setTimeout(() => void this.reviveAfterRefusal(socket), 1_000);
  }

  private async reviveAfterRefusal(socket: ClientSocket): Promise<void> {
    if (this.socket !== socket || socket.connected) return;
    const token = await this.session.refresh().catch(() => undefined);
    if (token === null || this.socket !== socket) return;
    if (!socket.active) socket.connect();
  }

  private sayLostSoon(): void {
    this.quietTimer ??= setTimeout(() => this.lostForLong.set(true), SAY_OFFLINE_AFTER_MS);
  }

  private close(): void {
    clearTimeout(this.quietTimer);
    this.quietTimer = undefined;
    this.lostForLong.set(false);
    clearTimeout(this.openTimer);
    const socket = this.socket;
    this.socket = null;
    this.holderId = null;
    socket?.disconnect();
    this.currentState.set('idle');
  }
}
