import { Injectable } from '@nestjs/common';
import { OnEvent } from '@nestjs/event-emitter';
import { isStaff } from '../access';
import { DomainError, Unavailable } from '../common';
import { audienceOf, ReadMarksService, TimelineService, type TimelinePage } from '../conversations';
import { TicketLeft, ticketRoom, ticketsFollowedBy, type ParleySocket, type SubscribeAnswer } from '../realtime';
import { TicketsService } from '../tickets';
import type { Actor } from '../access';
import type { SubscribeDto } from './dto/socket.dto';
import { PresenceAudience } from './presence-audience';
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
    private readonly readMarks: ReadMarksService,
    private readonly typing: Typing,
    private readonly viewers: Viewers,
    private readonly presenceAudience: PresenceAudience,
  ) {}

  /** Authorise, join, then read: nothing falls between. */
  async subscribe(socket: ParleySocket, actor: Actor, request: SubscribeDto): Promise<Subscribed> {
    const { ticketId } = request;
    const ticket = await this.tickets.assertMayFollow(actor, ticketId);
    const audience = audienceOf(actor);
    const room = ticketRoom(ticketId, audience);
    if (!socket.rooms.has(room) && ticketsFollowedBy(socket).length >= SUBSCRIPTIONS_PER_SOCKET)
      throw new TooManySubscriptions();
    await socket.join(room);
    await assertJoined(socket, actor, room);
    if (isStaff(actor)) this.viewers.add(ticketId, socket.id, actor);
    const page = await this.timeline.since(ticketId, { audience, files: 'plain' }, request);
    await this.presenceAudience.add(socket, ticket);
    const readSeq = await this.readMarks.marks(ticketId, audience);
    return { audience, ...page, readSeq, ...(isStaff(actor) && { viewers: this.viewers.of(ticketId) }) };
  }

  async sync(actor: Actor, request: SubscribeDto): Promise<TimelinePage> {
    await this.tickets.assertMayFollow(actor, request.ticketId);
    return this.timeline.since(request.ticketId, { audience: audienceOf(actor), files: 'plain' }, request);
  }

  async unsubscribe(socket: ParleySocket, ticketId: number): Promise<void> {
    await socket.leave(ticketRoom(ticketId, 'staff'));
    await socket.leave(ticketRoom(ticketId, 'public'));
    await this.presenceAudience.renew([socket]);
  }

  isSubscribed(socket: ParleySocket, ticketId: number): boolean {
    return socket.rooms.has(ticketRoom(ticketId, audienceOf(socket.data.actor)));
  }

  /** Whoever does not follow the ticket any more neither looks at it nor writes in it. */
  @OnEvent(TicketLeft.eventName)
  left({ userId, socketId, ticketId }: TicketLeft): void {
    this.viewers.remove(ticketId, socketId);
    this.typing.end(ticketId, userId);
  }
}

/**
 * Meanwhile the socket may have gone, so that nothing is to be kept of it; or its role may be another one than the right
 * was asked for: the page subscribes anew once it is told of its rights.
 */
async function assertJoined(socket: ParleySocket, asked: Actor, room: string): Promise<void> {
  if (socket.rooms.has(room) && socket.data.actor.role === asked.role) return;
  await socket.leave(room);
  throw new Unavailable();
}
