import { Injectable } from '@nestjs/common';
import { Recurring } from '../common';
import { SocketHub, ticketRoom, ticketsFollowedBy, type ParleySocket } from '../realtime';
import { mayRead, TicketsService } from '../tickets';

const EVERY_MS = 4_000;
const BATCH = 500;

/**
 * Sees to it that nobody follows a ticket that is gone, or that they may not read any more. Mostly the event of the
 * deletion has emptied its rooms long before; this reads the truth, for what no event told.
 */
@Injectable()
export class LostTickets extends Recurring {
  constructor(
    private readonly hub: SocketHub,
    private readonly tickets: TicketsService,
  ) {
    super(EVERY_MS, 'Followed tickets could not be checked');
  }

  protected async turn(): Promise<void> {
    const followers = this.followers();
    const ticketIds = [...followers.keys()];
    for (let start = 0; start < ticketIds.length; start += BATCH)
      await this.check(ticketIds.slice(start, start + BATCH), followers);
  }

  private followers(): Map<number, ParleySocket[]> {
    const followers = new Map<number, ParleySocket[]>();
    for (const socket of this.hub.socketsHere())
      for (const ticketId of ticketsFollowedBy(socket))
        followers.set(ticketId, [...(followers.get(ticketId) ?? []), socket]);
    return followers;
  }

  private async check(ticketIds: number[], followers: Map<number, ParleySocket[]>): Promise<void> {
    const facts = await this.tickets.factsOf(ticketIds);
    for (const ticketId of ticketIds) {
      const ticket = facts.get(ticketId);
      for (const socket of followers.get(ticketId) ?? [])
        if (!ticket || !mayRead(socket.data.actor, ticket)) await this.drop(socket, ticketId);
    }
  }

  private async drop(socket: ParleySocket, ticketId: number): Promise<void> {
    socket.emit('ticket:removed', { ticketId });
    for (const audience of ['staff', 'public'] as const) await socket.leave(ticketRoom(ticketId, audience));
  }
}
