import { Injectable } from '@nestjs/common';
import { OnEvent } from '@nestjs/event-emitter';
import { SocketHub, ticketRoom, type WireViewer } from '../realtime';
import { TicketDeleted } from '../tickets';
import type { Actor } from '../access';

type State = WireViewer['state'];

/** Which members of staff have a ticket open, or are writing in it; told to staff only. */
@Injectable()
export class Viewers {
  private readonly tickets = new Map<number, Map<string, { actor: Actor; state: State }>>();

  constructor(private readonly hub: SocketHub) {}

  add(ticketId: number, socketId: string, actor: Actor): void {
    const sockets = this.tickets.get(ticketId) ?? new Map<string, { actor: Actor; state: State }>();
    this.tickets.set(ticketId, sockets.set(socketId, { actor, state: 'viewing' }));
    this.announce(ticketId);
  }

  /** On all pages of the person: whoever writes in one does not merely look in another. */
  setState(ticketId: number, userId: string, state: State): void {
    const viewers = [...(this.tickets.get(ticketId)?.values() ?? [])].filter(({ actor }) => actor.id === userId);
    if (viewers.every((viewer) => viewer.state === state)) return;
    for (const viewer of viewers) viewer.state = state;
    this.announce(ticketId);
  }

  remove(ticketId: number, socketId: string): void {
    const sockets = this.tickets.get(ticketId);
    if (!sockets?.delete(socketId)) return;
    if (!sockets.size) this.tickets.delete(ticketId);
    this.announce(ticketId);
  }

  @OnEvent(TicketDeleted.eventName)
  forget({ ticketId }: TicketDeleted): void {
    this.tickets.delete(ticketId);
  }

  /** Each person once; composing in any tab counts. */
  of(ticketId: number): WireViewer[] {
    const people = new Map<string, WireViewer>();
    for (const { actor, state } of this.tickets.get(ticketId)?.values() ?? []) {
      const { id, name, role } = actor;
      if (people.get(id)?.state !== 'composing') people.set(id, { id, name, role, online: true, state });
    }
    return [...people.values()];
  }

  private announce(ticketId: number): void {
    this.hub.emit(ticketRoom(ticketId, 'staff'), 'ticket:viewers', { ticketId, users: this.of(ticketId) });
  }
}
