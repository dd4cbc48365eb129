import { Injectable, Logger } from '@nestjs/common';
import { OnEvent } from '@nestjs/event-emitter';
import { isStaff } from '../access';
import { MessagesService, TimelineGrew } from '../conversations';
import { Nodes } from '../nodes';
import { isPresenceRoom, presenceRoom, SocketHub, ticketRoom, ticketsFollowedBy, type ParleySocket } from '../realtime';
import { TicketsService, type Ticket } from '../tickets';

const BATCH = 500;

/**
 * Which sockets of customers learn whether somebody is there: those that follow a ticket hear of its assignee and of
 * whoever speaks in public, and of nobody else. Each node sees to its own sockets.
 */
@Injectable()
export class PresenceAudience {
  private readonly logger = new Logger(PresenceAudience.name);
  /** Speakers the other nodes know of already. */
  private readonly introduced = new Set<string>();

  constructor(
    private readonly hub: SocketHub,
    private readonly nodes: Nodes,
    private readonly tickets: TicketsService,
    private readonly messages: MessagesService,
  ) {
    nodes.listen<{ ticketId: number; userId: string }>('speaker', ({ ticketId, userId }) =>
      this.introduceHere(ticketId, userId),
    );
    nodes.listen<{ ticketId: number }>('assignee', ({ ticketId }) => void this.renewTicket(ticketId));
    nodes.on('wanted', () => this.introduced.clear());
    nodes.on('link', (isUp) => isUp && void this.renewAll());
  }

  /** For a ticket that the socket has begun to follow. */
  async add(socket: ParleySocket, { number, assigneeId }: Pick<Ticket, 'number' | 'assigneeId'>): Promise<void> {
    if (isStaff(socket.data.actor)) return;
    const people = new Set((await this.messages.publicAuthorsOf([number])).get(number));
    if (assigneeId !== null) people.add(assigneeId);
    people.delete(socket.data.actor.id);
    await socket.join([...people].map(presenceRoom));
  }

  /** Sets anew whom the sockets hear of, by the tickets they follow now. */
  async renew(sockets: readonly ParleySocket[]): Promise<void> {
    const customers = sockets.filter((socket) => !isStaff(socket.data.actor));
    const before = new Map(customers.map((socket) => [socket, [...socket.rooms].filter(isPresenceRoom)]));
    const followed = new Set(customers.flatMap(ticketsFollowedBy));
    const people = await this.peopleOf([...followed]);
    for (const socket of customers) {
      const now = ticketsFollowedBy(socket);
      // What it began to follow meanwhile is not known yet; that subscription comes here too.
      const wanted = new Set(now.flatMap((ticketId) => people.get(ticketId) ?? []));
      wanted.delete(socket.data.actor.id);
      const rooms = [...wanted].map(presenceRoom);
      if (now.every((ticketId) => people.has(ticketId)))
        for (const room of before.get(socket) ?? []) if (!rooms.includes(room)) await socket.leave(room);
      await socket.join(rooms);
    }
  }

  @OnEvent(TimelineGrew.eventName)
  grew({ entry }: TimelineGrew): void {
    const { ticketNumber: ticketId, type, publicSeq, actorId } = entry;
    if (type === 'assignee.changed') {
      this.nodes.tell('assignee', { ticketId });
      void this.renewTicket(ticketId);
    }
    if (type === 'message.created' && publicSeq !== null) this.introduce(ticketId, actorId);
  }

  private introduce(ticketId: number, userId: string): void {
    this.introduceHere(ticketId, userId);
    const key = `${ticketId}:${userId}`;
    if (this.nodes.state !== 'linked' || this.introduced.has(key)) return;
    this.introduced.add(key);
    this.nodes.tell('speaker', { ticketId, userId });
  }

  private introduceHere(ticketId: number, userId: string): void {
    for (const socket of this.hub.socketsHere(ticketRoom(ticketId, 'public')))
      if (socket.data.actor.id !== userId) void socket.join(presenceRoom(userId));
  }

  private async renewTicket(ticketId: number): Promise<void> {
    await this.tryRenew(this.hub.socketsHere(ticketRoom(ticketId, 'public')));
  }

  /** While the nodes could not be reached, others may have come and gone. */
  private async renewAll(): Promise<void> {
    await this.tryRenew(this.hub.socketsHere());
  }

  private async tryRenew(sockets: readonly ParleySocket[]): Promise<void> {
    try {
      if (sockets.length) await this.renew(sockets);
    } catch (error) {
      this.logger.warn({ err: error }, 'Customers may not hear who is there until they subscribe again');
    }
  }

  private async peopleOf(ticketIds: readonly number[]): Promise<Map<number, string[]>> {
    const people = new Map<number, string[]>();
    for (let start = 0; start < ticketIds.length; start += BATCH) {
      const batch = ticketIds.slice(start, start + BATCH);
      const [facts, authors] = await Promise.all([this.tickets.factsOf(batch), this.messages.publicAuthorsOf(batch)]);
      for (const ticketId of batch)
        people.set(ticketId, [facts.get(ticketId)?.assigneeId ?? [], authors.get(ticketId) ?? []].flat());
    }
    return people;
  }
}
