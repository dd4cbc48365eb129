import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { isStaff, type Actor } from '../access';
import { decodeCursor, encodeCursor, pageOf, ValidationFailed, type Page } from '../common';
import { engineOf, Replicas, Statements } from '../database';
import { OnlineStatus, User } from '../users';
import type { TicketFilter, TicketListQuery } from './dto/ticket-list-query.dto';
import type { Count, TicketCountsDto } from './dto/ticket.dto';
import { criteriaOf, sortColumnOf, type Criteria } from './lists/list-criteria';
import { tickets, type Order } from './lists/list-sql';
import { MOST_COUNTED, shownCount, TicketFinder } from './lists/ticket-finder';
import { TicketRows, type DetailedTicket, type FoundTicket } from './lists/ticket-rows';
import { FoundTickets } from './search/found-tickets';
import { narrowed } from './search/search-criteria';
import { TicketSearchPages, type MatchedTicket } from './search/ticket-search.pages';
import { TicketSearch, type ParsedSearch, type SearchWords } from './search/ticket-search';
import type { TicketStatus } from './ticket.entity';
import { assertReadable } from './ticket.policy';

/** Every ticket has one status. */
const sumOf = (byStatus: Record<TicketStatus, Count>): Count => {
  const sum = Object.values(byStatus).reduce<number>(
    (all, count) => all + (typeof count === 'number' ? count : Infinity),
    0,
  );
  return shownCount(sum);
};

const ACTIVE: TicketStatus[] = ['open', 'in_progress'];

/** The lists and counts of tickets: with its folder, what may read the tables of other rooms. */
@Injectable()
export class TicketListQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly statements: Statements,
    private readonly replicas: Replicas,
    private readonly finder: TicketFinder,
    private readonly rows: TicketRows,
    private readonly onlineStatus: OnlineStatus,
    private readonly search: TicketSearch,
    private readonly searchPages: TicketSearchPages,
    private readonly found: FoundTickets,
  ) {}

  /** A page by keyset: the sort column, ties by number in the same direction. Words are found best match first. */
  async page(actor: Actor, query: TicketListQuery): Promise<Page<MatchedTicket>> {
    refuseForeignFilters(actor, query);
    return this.replicas.read(() => this.foundPage(actor, query));
  }

  private async foundPage(actor: Actor, query: TicketListQuery): Promise<Page<MatchedTicket>> {
    const { criteria, words } = await this.wanted(actor, query);
    if (words) return this.searchPages.page(actor, query, words, criteria);
    const { limit, cursor, sort = '-createdAt', ...filters } = query;
    const listName = JSON.stringify(['tickets', isStaff(actor), { ...filters, sort }]);
    const order: Order = {
      column: sortColumnOf(actor, sort),
      direction: sort.startsWith('-') ? 'DESC' : 'ASC',
      limit: limit + 1,
      ...(cursor && { cursor: placeIn(cursor, listName) }),
    };
    const sql = await this.finder.page(criteria, order);
    const found = sql ? await this.rows.page(actor.id, sql, order) : [];
    const cursorOf = ({ ticket, place }: FoundTicket): string => encodeCursor([place, ticket.number], listName);
    const { items, nextCursor } = pageOf(found, limit, cursorOf);
    return { items: items.map(({ ticket }) => ticket), nextCursor };
  }

  /** Throws unless the actor may read it; a customer is told the same of a foreign and of an unknown ticket. */
  async one(actor: Actor, ticketId: number): Promise<DetailedTicket> {
    const ticket = await this.rows.one(actor.id, ticketId);
    assertReadable(actor, ticketId, ticket);
    return ticket;
  }

  counts(actor: Actor): Promise<TicketCountsDto> {
    return this.replicas.read(() => this.allCounts(actor));
  }

  private async allCounts(actor: Actor): Promise<TicketCountsDto> {
    const ofAll = {
      open: criteriaOf(actor, { status: ['open'] }),
      in_progress: criteriaOf(actor, { status: ['in_progress'] }),
      resolved: criteriaOf(actor, { status: ['resolved'] }),
      closed: criteriaOf(actor, { status: ['closed'] }),
      unread: criteriaOf(actor, { unread: true }),
    };
    if (!isStaff(actor)) {
      const turnOfActor = criteriaOf(actor, { turn: 'mine' });
      const { unread, turn, ...byStatus } = await this.finder.counts({ ...ofAll, turn: turnOfActor });
      return { all: sumOf(byStatus), byStatus, unread, turn };
    }
    const { unread, mine, unassigned, needsReply, ...byStatus } = await this.finder.counts({
      ...ofAll,
      mine: criteriaOf(actor, { assignee: 'me', status: ACTIVE }),
      unassigned: criteriaOf(actor, { assignee: 'none', status: ACTIVE }),
      needsReply: criteriaOf(actor, { needsReply: true }),
    });
    return { all: sumOf(byStatus), byStatus, unread, mine, unassigned, needsReply };
  }

  /**
   * How many tickets a filter finds, counted no further than is shown. Null when texts would have to be read to know it:
   * when exact words are looked for.
   */
  countOf(actor: Actor, filter: TicketFilter): Promise<Count | null> {
    return this.replicas.read(() => this.countFound(actor, filter));
  }

  private async countFound(actor: Actor, filter: TicketFilter): Promise<Count | null> {
    const { criteria, words } = await this.wanted(actor, filter);
    if (!words) return this.finder.count(criteria);
    if (words.checks.length) return null;
    const { length } = await this.found.numbers(actor, words, criteria, MOST_COUNTED + 1);
    return length > MOST_COUNTED ? '1000+' : length;
  }

  /** How many open and in-progress tickets each of these people holds. */
  async loads(userIds: readonly string[]): Promise<Map<string, number>> {
    const held = tickets(engineOf(this.dataSource.manager), 'IX_tickets_listAssignee');
    const rows = await this.statements.rowsIn<{ assigneeId: string; held: number }>(
      `SELECT t.assigneeId, COUNT(*) AS held FROM ${held}
        WHERE t.deletedAt IS NULL AND t.statusRank IN (0, 1) AND t.assigneeId`,
      userIds,
      'GROUP BY t.assigneeId',
    );
    return new Map(rows.map(({ assigneeId, held }) => [assigneeId, held]));
  }

  /** The numbers of the tickets that a filter finds, lowest first, no more than `limit`. */
  async numbers(actor: Actor, filter: TicketFilter, limit: number): Promise<number[]> {
    const { criteria, words } = await this.wanted(actor, filter);
    if (words) return this.found.numbers(actor, words, criteria, limit);
    const sql = await this.finder.page(criteria, { column: 'number', direction: 'ASC', limit });
    if (!sql) return [];
    const rows = await this.statements.rows<{ number: number }>(sql.text, sql.values);
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

  /** What a filter asks for, with the operators of its search; its words, if any, are looked for apart from it. */
  private async wanted(
    actor: Actor,
    filter: TicketFilter & Pick<TicketListQuery, 'turn'>,
  ): Promise<{ criteria: Criteria; words: SearchWords | null }> {
    const text = filter.q?.trim() ? filter.q : '';
    const { operators, words }: ParsedSearch = text
      ? await this.search.parse(actor, text)
      : { operators: {}, words: null };
    const isAbsent = filter.assignee === 'absent' || operators.assigneeIds === 'absent';
    const absent = isAbsent ? await this.absent() : [];
    return { criteria: narrowed(criteriaOf(actor, filter, { absent }), operators, absent), words };
  }

  /** Staff who are not connected now; whether they hold anything is what the list is about. */
  private async absent(): Promise<string[]> {
    const rows = await this.statements.rows<{ id: string }>(
      `SELECT id FROM users WHERE role IN ('agent', 'admin')`,
      [],
    );
    const staff = rows.map(({ id }) => id);
    const online = await this.onlineStatus.onlineAmong(staff);
    return staff.filter((id) => !online.has(id));
  }
}

function refuseForeignFilters(actor: Actor, query: TicketListQuery): void {
  if (isStaff(actor)) {
    if (query.turn) throw ValidationFailed.of('turn', 'can be used by customers only');
    return;
  }
  const used = (['requester', 'tag', 'needsReply'] as const).find((name) => query[name] !== undefined);
  if (used) throw ValidationFailed.of(used, 'can be used by staff only');
  if (query.assignee === 'absent') throw ValidationFailed.of('assignee', 'can be absent for staff only');
}

function placeIn(cursor: string, listName: string): [place: number | Date, number: number] {
  const [place, number] = decodeCursor(cursor, listName);
  return [typeof place === 'string' ? new Date(place) : Number(place), Number(number)];
}
