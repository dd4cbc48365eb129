import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { OnEvent } from '@nestjs/event-emitter';
import { ReadMarksService, TicketUnreadChanged, UnreadChanged } from '../conversations';
import { SocketHub, userRoom } from '../realtime';
import { OnlineStatus } from '../users';
import { NotificationsCreated } from './notices';
import type { Notification } from './notification.entity';
import { NotificationsService } from './notifications.service';

const COALESCE_MS = 200;
/** Badges show no more than this. */
export const MOST_COUNTED = 100;

/** Shows notices and unread counts on all open pages of a person, after commit; many people with few queries. */
@Injectable()
export class NoticePusher implements OnModuleDestroy {
  private readonly logger = new Logger(NoticePusher.name);
  private readonly notices: Notification[] = [];
  private readonly people = new Set<string>();
  private readonly tickets = { public: new Set<number>(), staff: new Set<number>() };
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly hub: SocketHub,
    private readonly notifications: NotificationsService,
    private readonly readMarks: ReadMarksService,
    private readonly online: OnlineStatus,
  ) {}

  onModuleDestroy(): void {
    clearTimeout(this.timer);
  }

  @OnEvent(NotificationsCreated.eventName)
  created({ rows }: NotificationsCreated): void {
    if (!this.hub.server) return;
    this.notices.push(...rows);
    this.pushSoon();
  }

  @OnEvent(UnreadChanged.eventName)
  unreadChanged({ userIds }: UnreadChanged): void {
    if (!this.hub.server) return;
    for (const userId of userIds) this.people.add(userId);
    this.pushSoon();
  }

  @OnEvent(TicketUnreadChanged.eventName)
  ticketUnreadChanged({ ticketNumber, isPublic }: TicketUnreadChanged): void {
    if (!this.hub.server) return;
    this.tickets[isPublic ? 'public' : 'staff'].add(ticketNumber);
    this.pushSoon();
  }

  private pushSoon(): void {
    this.timer ??= setTimeout(() => void this.push(), COALESCE_MS).unref();
  }

  private async push(): Promise<void> {
    try {
      await this.pushNotices(this.notices.splice(0));
      await this.pushCounts(await this.takePeople());
    } catch (error) {
      this.logger.warn({ err: error }, 'Notices or unread counts could not be pushed');
    } finally {
      this.timer = undefined;
      const { public: heardByAll, staff } = this.tickets;
      if (this.notices.length || this.people.size || heardByAll.size || staff.size) this.pushSoon();
    }
  }

  private async takePeople(): Promise<string[]> {
    const [people, inPublic, inNotes] = [take(this.people), take(this.tickets.public), take(this.tickets.staff)];
    const tied = await this.readMarks.tiedTo(inPublic, 'public');
    const staff = await this.readMarks.tiedTo(inNotes, 'staff');
    return [...new Set([...people, ...tied, ...staff])];
  }

  private async pushNotices(rows: Notification[]): Promise<void> {
    const online = await this.online.reachableAmong(rows.map(({ userId }) => userId));
    const heard = rows.filter(({ userId }) => online.has(userId));
    const notifications = await this.notifications.render(heard);
    for (const [index, notification] of notifications.entries())
      this.hub.emit(userRoom(heard[index].userId), 'notification', notification);
  }

  private async pushCounts(userIds: string[]): Promise<void> {
    const heard = [...(await this.online.reachableAmong(userIds))];
    const tickets = await this.readMarks.unreadTickets(heard, MOST_COUNTED);
    const notifications = await this.notifications.unread(heard, MOST_COUNTED);
    for (const userId of heard)
      this.hub.emit(userRoom(userId), 'unread', {
        tickets: tickets.get(userId) ?? 0,
        notifications: notifications.get(userId) ?? 0,
      });
  }
}

/** Empties the set. */
function take<Item>(set: Set<Item>): Item[] {
  const items = [...set];
  set.clear();
  return items;
}
