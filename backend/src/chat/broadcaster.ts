import { Injectable, Logger } from '@nestjs/common';
import { OnEvent } from '@nestjs/event-emitter';
import { isStaffRole } from '../access';
import { KeyedQueue, requestContext, traced } from '../common';
import { ReadMarkMoved, TimelineGrew, TimelineRenderer, type Audience } from '../conversations';
import { SocketHub, ticketRoom, userRoom, type WireTimelineEvent } from '../realtime';
import { TicketDeleted } from '../tickets';
import { messagePushed } from './message-pushed';

/** Tells the sockets that follow a ticket what has been committed, in order; failures here change nothing that is true. */
@Injectable()
export class Broadcaster {
  private readonly logger = new Logger(Broadcaster.name);
  private readonly queue = new KeyedQueue<number>();

  constructor(
    private readonly hub: SocketHub,
    private readonly renderer: TimelineRenderer,
  ) {}

  @OnEvent(TimelineGrew.eventName)
  async grew(news: TimelineGrew): Promise<void> {
    if (!this.hub.server) return;
    const { entry } = news;
    await this.queue.run(entry.ticketNumber, async () => {
      try {
        await traced(
          () => ({ name: `push ${entry.type}`, place: 'tail' }),
          () => this.pushToAll(news),
        );
        if (news.said) this.measured();
      } catch (error) {
        // Followers notice the gap by the next event or head and catch up by themselves.
        this.logger.warn({ err: error, ticketId: entry.ticketNumber }, 'An event could not be pushed');
      }
    });
  }

  /** Towards customers all staff are one reader, who read no notes. */
  @OnEvent(ReadMarkMoved.eventName)
  readMarkMoved({ ticketNumber: ticketId, reader, staffSeq, publicSeq, isPublicMoved }: ReadMarkMoved): void {
    const isStaff = isStaffRole(reader.role);
    const staffRooms = [ticketRoom(ticketId, 'staff'), ...(isStaff ? [userRoom(reader.id)] : [])];
    this.hub.emit(staffRooms, 'ticket:read', { ticketId, userId: reader.id, seq: staffSeq });
    if (!isPublicMoved) return;
    const publicRooms = [ticketRoom(ticketId, 'public'), ...(isStaff ? [] : [userRoom(reader.id)])];
    this.hub.emit(publicRooms, 'ticket:read', { ticketId, userId: isStaff ? 'staff' : reader.id, seq: publicSeq });
  }

  /** Nobody follows a deleted ticket any more. */
  @OnEvent(TicketDeleted.eventName)
  async ticketDeleted({ ticketId }: TicketDeleted): Promise<void> {
    const rooms = [ticketRoom(ticketId, 'staff'), ticketRoom(ticketId, 'public')];
    await this.queue.run(ticketId, () => {
      this.hub.server?.in(rooms).socketsLeave(rooms);
      return Promise.resolve();
    });
  }

  private measured(): void {
    const arrivedAt = requestContext.getStore()?.arrivedAt;
    if (arrivedAt !== undefined) messagePushed.publish({ arrivedAt });
  }

  private async pushToAll(news: TimelineGrew): Promise<void> {
    await this.push(news, 'staff');
    if (news.entry.publicSeq !== null) await this.push(news, 'public');
  }

  private async push({ entry, said }: TimelineGrew, audience: Audience): Promise<void> {
    const room = ticketRoom(entry.ticketNumber, audience);
    const event = said
      ? await this.renderer.said(entry, said, audience, 'plain')
      : (await this.renderer.events([entry], audience, 'plain'))[0];
    this.hub.emit(room, 'ticket:event', event as WireTimelineEvent);
  }
}
