import { setImmediate } from 'node:timers/promises';
import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { OnEvent } from '@nestjs/event-emitter';
import { ReadMarksService, TicketUnreadChanged, UnreadChanged } from '../conversations';
import { SocketHub, userRoom } from '../realtime';
import { OnlineStatus } from '../users';
import { NotificationsCreated, type NewNotice } from './notice-writer';
import { NotificationsService } from './notifications.service';

const COALESCE_MS = 200;
const SLICE = 25;
/** Badges show no more than this. */
export const MOST_COUNTED = 100;

/** Shows notices and unread counts on all open pages of a person, after commit; many people with few queries. */
@Injectable()
export class NoticePusher implements OnModuleDestroy {
  private readonly logger = new Logger(NoticePusher.name);
  private readonly notices: NewNotice[] = [];
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
  created({ notices }: NotificationsCreated): void {
    if (!this.hub.server) return;
    this.notices.push(...notices);
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
      await inSlices(this.notices.splice(0), (notices) => this.pushNotices(notices));
      await inSlices(await this.takePeople(), (people) => this.pushCounts(people));
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

  private async pushNotices(notices: NewNotice[]): Promise<void> {
    const online = await this.online.reachableAmong(notices.map(({ row }) => row.userId));
    const heard = notices.filter(({ row }) => online.has(row.userId));
    const notifications = await this.notifications.render(heard.map(({ row }) => row));
    for (const [index, notification] of notifications.entries()) {
      const { row, alerts } = heard[index];
      const { desktop, sound } = alerts;
      this.hub.emit(userRoom(row.userId), 'notification', { ...notification, alerts: { desktop, sound } });
    }
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

/** Whoever writes meanwhile has their turn between two slices. */
async function inSlices<Item>(items: Item[], work: (slice: Item[]) => Promise<void>): Promise<void> {
  for (let start = 0; start < items.length; start += SLICE) {
    await work(items.slice(start, start + SLICE));
    await setImmediate();
  }
}

/** Empties the set. */
function take<Item>(set: Set<Item>): Item[] {
  const items = [...set];
  set.clear();
  return items;
}
