import { Injectable } from '@nestjs/common';
import { DataSource, In, IsNull, LessThan, Not, type FindOptionsWhere } from 'typeorm';
import type { Actor } from '../access';
import { Clock, decodeCursor, encodeCursor, NotFound, pageOf, type Page } from '../common';
import { ReadMarkMoved, UnreadChanged } from '../conversations';
import { InTransaction, Statements, UnitOfWork, type Transaction } from '../database';
import { TicketDeleted } from '../tickets';
import { PeopleLoader, UserAnonymised } from '../users';
import { NotificationDto, type NoticeFilter, type NotificationListQuery } from './dto/notification.dto';
import { Notification } from './notification.entity';

const CLEAR_TICKET = 'UPDATE notifications SET readAt = ? WHERE userId = ? AND ticketNumber = ? AND readAt IS NULL';

const FILTERS: Record<NoticeFilter, FindOptionsWhere<Notification>> = {
  mine: { reason: In(['requester', 'assignee']) },
  mentions: { type: 'mention' },
  system: { type: In(['ticket.created', 'ticket.assigned', 'status.changed', 'priority.changed']) },
};

/** The notices of one person. */
@Injectable()
export class NotificationsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly statements: Statements,
    private readonly unitOfWork: UnitOfWork,
    private readonly people: PeopleLoader,
    private readonly clock: Clock,
  ) {}

  /** Newest first. */
  async list(actor: Actor, { unread, filter, limit, cursor }: NotificationListQuery): Promise<Page<NotificationDto>> {
    const listName = JSON.stringify(['notifications', actor.id, unread, filter]);
    const before = cursor ? String(decodeCursor(cursor, listName)[0]) : undefined;
    const rows = await this.dataSource.manager.find(Notification, {
      where: {
        ...(filter && FILTERS[filter]),
        userId: actor.id,
        ...(unread !== undefined && { readAt: unread ? IsNull() : Not(IsNull()) }),
        ...(before && { id: LessThan(before) }),
      },
      order: { id: 'DESC' },
      take: limit + 1,
    });
    const page = pageOf(rows, limit, (last) => encodeCursor([last.id], listName));
    return { ...page, items: await this.render(page.items) };
  }

  @InTransaction(UserAnonymised)
  async forget({ userId }: UserAnonymised, { manager }: Transaction): Promise<void> {
    await manager.delete(Notification, { userId });
  }

  async render(rows: Notification[]): Promise<NotificationDto[]> {
    const people = await this.people.load(rows.map(({ actorId }) => actorId));
    return rows.map((row) => NotificationDto.from(row, people));
  }

  /** Reading what has been read changes nothing. */
  async markRead(actor: Actor, id: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const owned = { id, userId: actor.id };
      if (!(await tx.manager.existsBy(Notification, owned))) throw new NotFound('This notification');
      await this.setRead(tx, actor.id, owned);
    });
  }

  async markAllRead(actor: Actor): Promise<void> {
    await this.unitOfWork.run((tx) => this.setRead(tx, actor.id, {}));
  }

  /** Opening a ticket answers all that was told of it, on all devices. */
  async markTicketRead(actor: Actor, ticketNumber: number): Promise<void> {
    await this.unitOfWork.run((tx) => this.setRead(tx, actor.id, { ticketNumber }));
  }

  /** How many are unread for each of these people, counted up to `limit`. */
  async unread(userIds: readonly string[], limit: number): Promise<Map<string, number>> {
    const rows = await this.statements.rowsForEach<{ userId: string | null; count: number }>(
      `SELECT MAX(userId) AS userId, COUNT(*) AS count FROM
        (SELECT userId FROM notifications WHERE userId = ? AND readAt IS NULL LIMIT ${limit}) AS open_notices`,
      userIds,
    );
    return new Map(rows.map(({ userId, count }) => [userId ?? '', count]));
  }

  /** Whoever reads the ticket need not be told of it any more, on any device. */
  @InTransaction(ReadMarkMoved)
  async clearTicket({ ticketNumber, reader }: ReadMarkMoved, tx: Transaction): Promise<void> {
    const values = [this.clock.now(), reader.id, ticketNumber];
    if (await this.statements.write(tx, CLEAR_TICKET, values)) tx.record(new UnreadChanged([reader.id]));
  }

  /** Nobody is to be led to a ticket that is gone. */
  @InTransaction(TicketDeleted)
  async clearDeleted({ ticketId }: TicketDeleted, tx: Transaction): Promise<void> {
    const unread = { ticketNumber: ticketId, readAt: IsNull() };
    const rows = await tx.manager.find(Notification, { select: { userId: true, id: true }, where: unread });
    if (!rows.length) return;
    await tx.manager.update(Notification, unread, { readAt: this.clock.now() });
    tx.record(new UnreadChanged([...new Set(rows.map(({ userId }) => userId))]));
  }

  private async setRead(tx: Transaction, userId: string, which: { id?: string; ticketNumber?: number }): Promise<void> {
    const { affected } = await tx.manager.update(
      Notification,
      { ...which, userId, readAt: IsNull() },
      { readAt: this.clock.now() },
    );
    if (affected) tx.record(new UnreadChanged([userId]));
  }
}
