import { Injectable } from '@nestjs/common';
import { OnEvent } from '@nestjs/event-emitter';
import { isStaff } from '../access';
import { DomainError, Unavailable } from '../common';
import { audienceOf, MessagesService, ReadMarksService, TimelineService, type TimelinePage } from '../conversations';
import {
  isPresenceRoom,
  presenceRoom,
  ticketRoom,
  ticketsFollowedBy,
  TicketsLeft,
  type ParleySocket,
  type SubscribeAnswer,
} from '../realtime';
import { TicketsService, type Ticket } from '../tickets';
import type { Actor } from '../access';
import type { SubscribeDto } from './dto/socket.dto';
import { Typing } from './typing';
import { Viewers } from './viewers';

/** Most tickets one socket may follow at once. */
export const SUBSCRIPTIONS_PER_SOCKET = 200;

export class TooManySubscriptions extends DomainError {
  constructor() {
    super('rate-limited', `A connection follows at most ${SUBSCRIPTIONS_PER_SOCKET} tickets.`, {
      code: 'rate-limited',
      retryAfterSeconds: 60,
    });
  }
}

type Subscribed = TimelinePage & Pick<SubscribeAnswer, 'audience' | 'readSeq' | 'viewers'>;

/** Following the timeline of a ticket on one socket. */
@Injectable()
export class Subscriptions {
  constructor(
    private readonly tickets: TicketsService,
    private readonly timeline: TimelineService,
    private readonly messages: MessagesService,
    private readonly readMarks: ReadMarksService,
    private readonly typing: Typing,
    private readonly viewers: Viewers,
  ) {}

  /** Authorise, join, then read: nothing falls between. */
  async subscribe(socket: ParleySocket, actor: Actor, request: SubscribeDto): Promise<Subscribed> {
    const { ticketId } = request;
    const ticket = await this.tickets.getFor(actor, ticketId);
    const audience = audienceOf(actor);
    const room = ticketRoom(ticketId, audience);
    if (!socket.rooms.has(room) && ticketsFollowedBy(socket).length >= SUBSCRIPTIONS_PER_SOCKET)
      throw new TooManySubscriptions();
    await socket.join(room);
    await leaveIfRightsChanged(socket, actor, room);
    if (isStaff(actor)) this.viewers.add(ticketId, socket.id, actor);
    const page = await this.timeline.since(ticketId, { audience, files: 'plain' }, request);
    if (!isStaff(actor)) await this.hearPresence(socket, ticket);
    const readSeq = await this.readMarks.marks(ticketId, audience);
    return { audience, ...page, readSeq, ...(isStaff(actor) && { viewers: this.viewers.of(ticketId) }) };
  }

  async sync(actor: Actor, request: SubscribeDto): Promise<TimelinePage> {
    await this.tickets.getFor(actor, request.ticketId);
    return this.timeline.since(request.ticketId, { audience: audienceOf(actor), files: 'plain' }, request);
  }

  async unsubscribe(socket: ParleySocket, ticketId: number): Promise<void> {
    await socket.leave(ticketRoom(ticketId, 'staff'));
    await socket.leave(ticketRoom(ticketId, 'public'));
    this.left(socket.data.actor.id, socket.id, ticketId);
    if (!isStaff(socket.data.actor)) await this.hearPresenceAnew(socket);
  }

  isSubscribed(socket: ParleySocket, ticketId: number): boolean {
    return socket.rooms.has(ticketRoom(ticketId, audienceOf(socket.data.actor)));
  }

  @OnEvent(TicketsLeft.eventName)
  ticketsLeft({ userId, socketId, ticketIds }: TicketsLeft): void {
    for (const ticketId of ticketIds) this.left(userId, socketId, ticketId);
  }

  private left(userId: string, socketId: string, ticketId: number): void {
    this.viewers.remove(ticketId, socketId);
    this.typing.end(ticketId, userId);
  }

  /** A customer learns whether those they talk with are there, and nobody else. */
  private async hearPresence(socket: ParleySocket, { number, assigneeId }: Ticket): Promise<void> {
    const people = new Set(await this.messages.publicAuthors(number));
    if (assigneeId !== null) people.add(assigneeId);
    people.delete(socket.data.actor.id);
    await socket.join([...people].map(presenceRoom));
  }

  /** What was heard for one ticket may still be heard for another. */
  private async hearPresenceAnew(socket: ParleySocket): Promise<void> {
    for (const room of socket.rooms) if (isPresenceRoom(room)) await socket.leave(room);
    for (const ticketId of ticketsFollowedBy(socket)) {
      const ticket = await this.tickets.find(ticketId);
      if (ticket) await this.hearPresence(socket, ticket);
    }
  }
}

/** The role was another one when the right was asked for: the page subscribes anew once it is told of its rights. */
async function leaveIfRightsChanged(socket: ParleySocket, asked: Actor, room: string): Promise<void> {
  if (socket.data.actor.role === asked.role) return;
  await socket.leave(room);
  throw new Unavailable();
}
