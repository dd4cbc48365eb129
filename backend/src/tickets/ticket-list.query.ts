import { Injectable } from '@nestjs/common';
import { DataSource, type SelectQueryBuilder } from 'typeorm';
import { isStaff, type Actor } from '../access';
import { decodeCursor, encodeCursor, pageOf, ValidationFailed, type CursorKey, type Page } from '../common';
import { User } from '../users';
import type { TicketFilter, TicketListQuery, TicketSort } from './dto/ticket-list-query.dto';
import type { Count, TicketCountsDto } from './dto/ticket.dto';
import { Ticket, TICKET_STATUSES, type TicketStatus } from './ticket.entity';
import { visibleTo } from './ticket.policy';

const MOST_COUNTED = 1000;
const ACTIVE: TicketStatus[] = ['open', 'in_progress'];

type SortColumn = 'createdAt' | 'updatedAt' | 'publicUpdatedAt' | 'priorityRank' | 'statusRank';

/** The lists and counts of tickets: the one file that may read the tables of other rooms. */
@Injectable()
export class TicketListQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** A page by keyset: the sort column, ties by number in the same direction. */
  async page(actor: Actor, query: TicketListQuery): Promise<Page<Ticket>> {
    refuseStaffFilters(actor, query);
    const { limit, cursor, ...filters } = query;
    const listName = JSON.stringify(['tickets', isStaff(actor), filters]);
    const direction = query.sort.startsWith('-') ? 'DESC' : 'ASC';
    const column = sortColumn(actor, query.sort);
    const rows = this.filtered(actor, query)
      .orderBy(`ticket.${column}`, direction)
      .addOrderBy('ticket.number', direction)
      .limit(limit + 1);
    if (cursor) continueAfter(rows, column, direction, decodeCursor(cursor, listName));
    return pageOf(await rows.getMany(), limit, (last) => encodeCursor(keyOf(last, column), listName));
  }

  async counts(actor: Actor): Promise<TicketCountsDto> {
    const visible = () => this.visible(actor);
    const byStatus = await Promise.all(
      TICKET_STATUSES.map((status) => this.count(visible().andWhere('ticket.status = :status', { status }))),
    );
    const [all, unread] = await Promise.all([this.count(visible()), this.count(this.onlyUnread(visible(), actor))]);
    const common = {
      all,
      byStatus: Object.fromEntries(
        TICKET_STATUSES.map((status, index) => [status, byStatus[index]]),
      ) as unknown as TicketCountsDto['byStatus'],
      unread,
    };
    if (!isStaff(actor)) return common;
    const active = () => visible().andWhere('ticket.status IN (:...active)', { active: ACTIVE });
    const [mine, unassigned, needsReply] = await Promise.all([
      this.count(active().andWhere('ticket.assigneeId = :me', { me: actor.id })),
      this.count(active().andWhere('ticket.assigneeId IS NULL')),
      this.countOf(actor, { needsReply: true }),
    ]);
    return { ...common, mine, unassigned, needsReply };
  }

  /** How many tickets a filter finds, counted no further than is shown. */
  countOf(actor: Actor, filter: TicketFilter): Promise<Count> {
    return this.count(this.filtered(actor, filter));
  }

  /** How many open and in-progress tickets each person holds. */
  async loads(): Promise<Map<string, number>> {
    const rows = await this.dataSource
      .createQueryBuilder(Ticket, 'ticket')
      .select('ticket.assigneeId', 'assigneeId')
      .addSelect('COUNT(*)', 'load')
      .where('ticket.deletedAt IS NULL AND ticket.status IN (:...active) AND ticket.assigneeId IS NOT NULL', {
        active: ACTIVE,
      })
      .groupBy('ticket.assigneeId')
      .getRawMany<{ assigneeId: string; load: number | string }>();
    return new Map(rows.map(({ assigneeId, load }) => [assigneeId, Number(load)]));
  }

  /** The numbers of the tickets that a filter finds, lowest first, no more than `limit`. */
  async numbers(actor: Actor, filter: TicketFilter, limit: number): Promise<number[]> {
    const rows = await this.filtered(actor, filter)
      .select('ticket.number', 'number')
      .orderBy('ticket.number')
      .limit(limit)
      .getRawMany<{ number: number }>();
    return rows.map(({ number }) => number);
  }

  /** Staff who follow a ticket, by name. */
  async followers(ticketId: number): Promise<string[]> {
    const rows = await this.dataSource
      .createQueryBuilder(User, 'user')
      .select('user.id', 'id')
      .innerJoin('participants', 'tie', 'tie.userId = user.id AND tie.ticketNumber = :ticketId', { ticketId })
      .where(`tie.follows = :yes AND user.role <> 'customer' AND user.active = :yes`, { yes: true })
      .orderBy('user.name')
      .addOrderBy('user.id')
      .limit(MOST_COUNTED)
      .getRawMany<{ id: string }>();
    return rows.map(({ id }) => id);
  }

  private visible(actor: Actor): SelectQueryBuilder<Ticket> {
    const { sql, parameters } = visibleTo(actor);
    return this.dataSource.createQueryBuilder(Ticket, 'ticket').where(sql, parameters);
  }

  private filtered(actor: Actor, query: TicketFilter): SelectQueryBuilder<Ticket> {
    const rows = this.visible(actor);
    if (query.status) rows.andWhere('ticket.status IN (:...status)', { status: query.status });
    if (query.priority) rows.andWhere('ticket.priority IN (:...priority)', { priority: query.priority });
    if (query.category) byCategory(rows, query.category);
    if (query.assignee === 'none') rows.andWhere('ticket.assigneeId IS NULL');
    else if (query.assignee)
      rows.andWhere('ticket.assigneeId = :assignee', { assignee: query.assignee === 'me' ? actor.id : query.assignee });
    if (query.requester) rows.andWhere('ticket.requesterId = :requester', { requester: query.requester });
    if (query.tag)
      rows.andWhere(
        'EXISTS (SELECT 1 FROM ticket_tags tagged WHERE tagged.ticketNumber = ticket.number AND tagged.tag IN (:...tags))',
        {
          tags: query.tag,
        },
      );
    if (query.createdAfter) rows.andWhere('ticket.createdAt > :createdAfter', { createdAfter: query.createdAfter });
    if (query.updatedAfter)
      rows.andWhere(`ticket.${sortColumn(actor, 'updatedAt')} > :updatedAfter`, { updatedAfter: query.updatedAfter });
    if (query.needsReply !== undefined)
      rows.andWhere('ticket.needsReply = :needsReply', { needsReply: query.needsReply });
    if (query.unread) this.onlyUnread(rows, actor);
    if (query.unread === false) rows.andWhere(`NOT EXISTS (${UNREAD_ROW})`, { reader: actor.id });
    if (query.q?.trim()) byWords(rows, actor, query.q.trim());
    return rows;
  }

  private onlyUnread(rows: SelectQueryBuilder<Ticket>, actor: Actor): SelectQueryBuilder<Ticket> {
    return rows.andWhere(`EXISTS (${UNREAD_ROW})`, { reader: actor.id });
  }

  /** Counts no further than is shown. */
  private async count(rows: SelectQueryBuilder<Ticket>): Promise<Count> {
    const found = await rows
      .select('ticket.number', 'number')
      .limit(MOST_COUNTED + 1)
      .getRawMany();
    return found.length > MOST_COUNTED ? '1000+' : found.length;
  }
}

const UNREAD_ROW =
  'SELECT 1 FROM participants reading WHERE reading.userId = :reader AND reading.ticketNumber = ticket.number AND reading.unread > 0';

function refuseStaffFilters(actor: Actor, query: TicketListQuery): void {
  if (isStaff(actor)) return;
  const used = (['requester', 'tag', 'needsReply'] as const).find((name) => query[name] !== undefined);
  if (used) throw ValidationFailed.of(used, 'can be used by staff only');
}

function sortColumn(actor: Actor, sort: TicketSort): SortColumn {
  const field = sort.replace('-', '');
  if (field === 'priority') return 'priorityRank';
  if (field === 'status') return 'statusRank';
  if (field === 'updatedAt') return isStaff(actor) ? 'updatedAt' : 'publicUpdatedAt';
  return 'createdAt';
}

function keyOf(ticket: Ticket, column: SortColumn): CursorKey {
  const value = ticket[column];
  return [value instanceof Date ? value.toISOString() : value, ticket.number];
}

function continueAfter(
  rows: SelectQueryBuilder<Ticket>,
  column: SortColumn,
  direction: 'ASC' | 'DESC',
  [value, number]: CursorKey,
): void {
  const sign = direction === 'ASC' ? '>' : '<';
  const last = typeof value === 'string' ? new Date(value) : value;
  rows.andWhere(`(ticket.${column} ${sign} :last OR (ticket.${column} = :last AND ticket.number ${sign} :number))`, {
    last,
    number,
  });
}

function byCategory(rows: SelectQueryBuilder<Ticket>, category: string[]): void {
  const ids = category.filter((id) => id !== 'none');
  const conditions = [
    ...(ids.length ? ['ticket.categoryId IN (:...categories)'] : []),
    ...(category.includes('none') ? ['ticket.categoryId IS NULL'] : []),
  ];
  rows.andWhere(`(${conditions.join(' OR ')})`, { categories: ids });
}

/** A number finds its ticket; words are looked up literally in subjects, descriptions and messages. */
function byWords(rows: SelectQueryBuilder<Ticket>, actor: Actor, text: string): void {
  const like = `%${text.replace(/[!%_]/g, '!$&')}%`;
  const number = /^#?(\d{1,9})$/.exec(text)?.[1];
  const visibleMessages = isStaff(actor) ? '' : 'AND said.publicSeq IS NOT NULL';
  const conditions = [
    `ticket.subject LIKE :like ESCAPE '!'`,
    `ticket.description LIKE :like ESCAPE '!'`,
    `EXISTS (SELECT 1 FROM messages said WHERE said.ticketNumber = ticket.number AND said.removedAt IS NULL ${visibleMessages} AND said.body LIKE :like ESCAPE '!')`,
    ...(number ? ['ticket.number = :wanted'] : []),
  ];
  rows.andWhere(`(${conditions.join(' OR ')})`, { like, ...(number && { wanted: Number(number) }) });
}
