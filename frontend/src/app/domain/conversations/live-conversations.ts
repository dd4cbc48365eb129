import { inject, Injectable } from '@angular/core';
import { toObservable } from '@angular/core/rxjs-interop';
import { filter, merge, Subscription } from 'rxjs';
import type {
  Ack,
  SendAnswer,
  SendRequest,
  SubscribeAnswer,
  SubscribeRequest,
  SyncAnswer,
  WireMessageKind,
} from '@parley/socket-events';

import { RealtimeConnection, ServerEvent, ServerPayload } from '../../core/socket/realtime-connection';
import { LiveListener, LiveTransport, TransportError } from './engine/transport';

/** The socket as the engine wants it. */
@Injectable({ providedIn: 'root' })
export class LiveConversations implements LiveTransport {
  private readonly connection = inject(RealtimeConnection);
  private readonly lost = toObservable(this.connection.isOnline).pipe(filter((online) => !online));

  get connected(): boolean {
    return this.connection.isOnline();
  }

  onConnection(listener: (connected: boolean) => void): () => void {
    const heard = this.connection.connected.subscribe(() => listener(true));
    heard.add(this.lost.subscribe(() => listener(false)));
    return () => heard.unsubscribe();
  }

  listen(ticketId: number, listener: LiveListener): () => void {
    const heard = new Subscription();
    const on = <Event extends ServerEvent>(event: Event, tell: (payload: ServerPayload<Event>) => void): void =>
      heard.add(this.connection.on(event).subscribe(tell));
    const onOwn = <Event extends TicketEvent>(event: Event, tell: (payload: ServerPayload<Event>) => void): void =>
      on(event, (payload) => {
        if (payload.ticketId === ticketId) tell(payload);
      });

    heard.add(
      merge(this.connection.connected, this.connection.on('rights:changed')).subscribe(() => listener.connected()),
    );
    heard.add(this.lost.subscribe(() => listener.disconnected()));
    onOwn('ticket:event', (event) => listener.event(event));
    onOwn('ticket:head', ({ seq }) => listener.head(seq));
    onOwn('ticket:read', ({ userId, seq }) => listener.read(userId, seq));
    onOwn('ticket:typing', ({ user, active }) => listener.typing(user, active));
    onOwn('ticket:viewers', ({ users }) => listener.viewers(users));
    return () => heard.unsubscribe();
  }

  async subscribe(request: SubscribeRequest): Promise<SubscribeAnswer> {
    return taken(await this.connection.emitWithAck('ticket:subscribe', request));
  }

  unsubscribe(ticketId: number): void {
    void this.connection.emitWithAck('ticket:unsubscribe', { ticketId });
  }

  async sync(request: SubscribeRequest): Promise<SyncAnswer> {
    return taken(await this.connection.emitWithAck('ticket:sync', request));
  }

  async send(request: SendRequest): Promise<SendAnswer> {
    return taken(await this.connection.emitWithAck('message:send', request));
  }

  async edit(ticketId: number, messageId: string, body: string): Promise<{ seq: number }> {
    return taken(await this.connection.emitWithAck('message:edit', { ticketId, messageId, body }));
  }

  async remove(ticketId: number, messageId: string): Promise<{ seq: number }> {
    return taken(await this.connection.emitWithAck('message:remove', { ticketId, messageId }));
  }

  async markRead(ticketId: number, seq: number): Promise<void> {
    taken(await this.connection.emitWithAck('read:mark', { ticketId, seq }));
  }

  typing(ticketId: number, active: boolean, kind: WireMessageKind): void {
    void this.connection.emitWithAck('typing', { ticketId, active, kind });
  }
}

type TicketEvent = 'ticket:event' | 'ticket:head' | 'ticket:read' | 'ticket:typing' | 'ticket:viewers';

function taken<Answer extends object>(answer: Ack<Answer>): Answer {
  if (answer.ok) return answer;
  const { code, retryable, retryAfterMs } = answer.error;
  throw new TransportError(code, retryable, retryAfterMs);
}
