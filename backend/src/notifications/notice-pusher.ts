import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { OnEvent } from '@nestjs/event-emitter';
import { ReadMarksService, UnreadChanged } from '../conversations';
import { SocketHub, userRoom } from '../realtime';
import { NotificationsCreated } from './notices';
import { NotificationsService } from './notifications.service';

const COALESCE_MS = 150;
/** Badges show no more than this. */
const MOST_COUNTED = 100;

/** Shows notices and unread counts on all open pages of a person, after commit. */
@Injectable()
export class NoticePusher implements OnModuleDestroy {
  private readonly logger = new Logger(NoticePusher.name);
  private readonly pending = new Map<string, NodeJS.Timeout>();

  constructor(
    private readonly hub: SocketHub,
    private readonly notifications: NotificationsService,
    private readonly readMarks: ReadMarksService,
  ) {}

  onModuleDestroy(): void {
    for (const timer of this.pending.values()) clearTimeout(timer);
  }

  @OnEvent(NotificationsCreated.eventName)
  async created({ rows }: NotificationsCreated): Promise<void> {
    if (!this.hub.server) return;
    const notifications = await this.notifications.render([...rows]);
    for (const [index, notification] of notifications.entries())
      this.hub.emit(userRoom(rows[index].userId), 'notification', notification);
  }

  @OnEvent(UnreadChanged.eventName)
  unreadChanged({ userIds }: UnreadChanged): void {
    if (!this.hub.server) return;
    for (const userId of userIds)
      if (!this.pending.has(userId))
        this.pending.set(userId, setTimeout(() => void this.push(userId), COALESCE_MS).unref());
  }

  private async push(userId: string): Promise<void> {
    this.pending.delete(userId);
    try {
      const tickets = await this.readMarks.unreadTickets(userId, MOST_COUNTED);
      const notifications = await this.notifications.unread(userId, MOST_COUNTED);
      this.hub.emit(userRoom(userId), 'unread', { tickets, notifications });
    } catch (error) {
      this.logger.warn({ err: error, userId }, 'Unread counts could not be pushed');
    }
  }
}
