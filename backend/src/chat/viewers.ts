import { Injectable } from '@nestjs/common';
import { OnEvent } from '@nestjs/event-emitter';
import { Nodes, type SharedMap } from '../nodes';
import { SocketHub, ticketRoom, type WireViewer } from '../realtime';
import { TicketDeleted } from '../tickets';
import type { Actor } from '../access';

type State = WireViewer['state'];

/** Which members of staff have a ticket open on any node, or are writing in it; told to staff only. */
@Injectable()
export class Viewers {
  private readonly tickets = new Map<number, Map<string, { actor: Actor; state: State }>>();
  private readonly shared: SharedMap<WireViewer[]>;

  constructor(
    private readonly hub: SocketHub,
    nodes: Nodes,
  ) {
    this.shared = nodes.share<WireViewer[]>('viewers', (ticketId) => this.announce(Number(ticketId)));
  }

  add(ticketId: number, socketId: string, actor: Actor): void {
    const sockets = this.tickets.get(ticketId) ?? new Map<string, { actor: Actor; state: State }>();
    this.tickets.set(ticketId, sockets.set(socketId, { actor, state: 'viewing' }));
    this.share(ticketId);
  }

  /** On all pages of the person: whoever writes in one does not merely look in another. */
  setState(ticketId: number, userId: string, state: State): void {
    const viewers = [...(this.tickets.get(ticketId)?.values() ?? [])].filter(({ actor }) => actor.id === userId);
    for (const viewer of viewers) viewer.state = state;
    this.share(ticketId);
  }

  remove(ticketId: number, socketId: string): void {
    const sockets = this.tickets.get(ticketId);
    if (!sockets?.delete(socketId)) return;
    if (!sockets.size) this.tickets.delete(ticketId);
    this.share(ticketId);
  }

  @OnEvent(TicketDeleted.eventName)
  forget({ ticketId }: TicketDeleted): void {
    this.tickets.delete(ticketId);
    this.share(ticketId);
  }

  /** Each person once; composing in any tab counts. */
  of(ticketId: number): WireViewer[] {
    return eachOnce(this.shared.of(String(ticketId)).flat());
  }

  /** What this node knows; all nodes, this one included, tell their own sockets when it changed. */
  private share(ticketId: number): void {
    const viewers = [...(this.tickets.get(ticketId)?.values() ?? [])].map(({ actor, state }): WireViewer => {
      const { id, name, role } = actor;
      return { id, name, role, online: true, state };
    });
    this.shared.set(String(ticketId), viewers.length ? eachOnce(viewers) : undefined);
  }

  private announce(ticketId: number): void {
    this.hub.emitHere(ticketRoom(ticketId, 'staff'), 'ticket:viewers', { ticketId, users: this.of(ticketId) });
  }
}

function eachOnce(viewers: WireViewer[]): WireViewer[] {
  const people = new Map<string, WireViewer>();
  for (const viewer of viewers) if (people.get(viewer.id)?.state !== 'composing') people.set(viewer.id, viewer);
  return [...people.values()];
}
