import { Injectable, Logger } from '@nestjs/common';
import { FailureLog } from '../common';
import { ReadMarksService } from '../conversations';
import { Nodes } from '../nodes';
import { SocketHub, userRoom } from '../realtime';
import { MOST_COUNTED } from './notice-pusher';
import { NotificationsService } from './notifications.service';

const BATCH = 500;

interface Counts {
  tickets: number;
  notifications: number;
}

/**
 * Tells the people of this node how much is unread for them, while counts of other nodes could not come through. A
 * page that is told another number than it knows loads its notices anew.
 */
@Injectable()
export class CountsCatchUp {
  private readonly failures = new FailureLog(new Logger(CountsCatchUp.name), 'Unread counts could not catch up');
  private readonly told = new Map<string, Counts>();

  constructor(
    private readonly hub: SocketHub,
    private readonly readMarks: ReadMarksService,
    private readonly notifications: NotificationsService,
    nodes: Nodes,
  ) {
    nodes.on('catchUp', () => void this.look());
    nodes.on('link', () => this.told.clear());
  }

  private async look(): Promise<void> {
    try {
      const userIds = [...new Set(this.hub.socketsHere().map((socket) => socket.data.actor.id))];
      for (let start = 0; start < userIds.length; start += BATCH) await this.tell(userIds.slice(start, start + BATCH));
      this.failures.succeeded();
    } catch (error) {
      this.failures.failed(error);
    }
  }

  private async tell(userIds: string[]): Promise<void> {
    const [tickets, notifications] = await Promise.all([
      this.readMarks.unreadTickets(userIds, MOST_COUNTED),
      this.notifications.unread(userIds, MOST_COUNTED),
    ]);
    for (const userId of userIds) {
      const counts = { tickets: tickets.get(userId) ?? 0, notifications: notifications.get(userId) ?? 0 };
      const before = this.told.get(userId);
      if (before?.tickets === counts.tickets && before.notifications === counts.notifications) continue;
      this.told.set(userId, counts);
      this.hub.emitHere(userRoom(userId), 'unread', counts);
    }
  }
}
