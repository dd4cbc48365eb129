import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Role } from '../../access';
import { engineOf, placeholders, Statements, timeOf, type SqlTime } from '../../database';
import { Ticket } from '../ticket.entity';
import type { Order, Sql } from './list-sql';

/** A ticket as lists show it, with all that is shown beside it. */
export interface ListedTicket extends Omit<Ticket, 'description'> {
  categoryName: string | null;
  /** Of the reader. */
  unread: number;
  /** Requester, assignee and the authors of the last messages. */
  people: { id: string; name: string; role: Role }[];
}

export type DetailedTicket = ListedTicket & Pick<Ticket, 'description'>;

export interface FoundTicket {
  ticket: ListedTicket;
  /** Where it stands in the order of its list. */
  place: string | number;
}

const TIMES = [
  'createdAt',
  'updatedAt',
  'publicUpdatedAt',
  'lastMessageAt',
  'publicLastMessageAt',
  'firstRespondedAt',
  'resolvedAt',
  'closedAt',
  'deletedAt',
] as const;
const OTHERS = [
  'number',
  'requesterId',
  'assigneeId',
  'categoryId',
  'subject',
  'status',
  'statusRank',
  'priority',
  'priorityRank',
  'tags',
  'version',
  'publicVersion',
  'lastMessageAuthorId',
  'lastMessageExcerpt',
  'publicLastMessageAuthorId',
  'publicLastMessageExcerpt',
  'needsReply',
  'reopenCount',
] as const;
const PEOPLE = {
  requester: 'requesterId',
  assignee: 'assigneeId',
  last: 'lastMessageAuthorId',
  publicLast: 'publicLastMessageAuthorId',
} as const;

type Row = Record<string, string | number | Date | null>;

const SELECTED = [
  ...[...TIMES, ...OTHERS].map((column) => `t.${column}`),
  ...Object.keys(PEOPLE).map((name) => `${name}.name AS ${name}Name, ${name}.role AS ${name}Role`),
  'category.name AS categoryName',
  'reading.unread AS unread',
].join(', ');

const JOINED = [
  ...Object.entries(PEOPLE).map(([name, column]) => `LEFT JOIN users ${name} ON ${name}.id = t.${column}`),
  'LEFT JOIN categories category ON category.id = t.categoryId',
  'LEFT JOIN participants reading ON reading.ticketNumber = t.number AND reading.userId = ?',
].join(' ');

/** Loads tickets for lists with one statement, without entities. */
@Injectable()
export class TicketRows {
  private readonly join: string;

  constructor(
    dataSource: DataSource,
    private readonly statements: Statements,
  ) {
    this.join = engineOf(dataSource.manager) === 'mysql' ? 'STRAIGHT_JOIN' : 'CROSS JOIN';
  }

  /** The page that a statement finds, in its order. */
  async page(readerId: string, page: Sql, { direction }: Order): Promise<FoundTicket[]> {
    const rows = await this.statements.rows<Row>(
      `SELECT page.place, ${SELECTED} FROM (${page.text}) AS page ${this.join} tickets t ON t.number = page.number
        ${JOINED} ORDER BY page.place ${direction}, page.number ${direction}`,
      [...page.values, readerId],
    );
    return rows.map((row) => ({ ticket: listed(row), place: placeOf(row.place) }));
  }

  /** A ticket as its own page shows it; deleted ones too. */
  async one(readerId: string, number: number): Promise<DetailedTicket | undefined> {
    const [row] = await this.statements.rows<Row>(
      `SELECT ${SELECTED}, t.description FROM tickets t ${JOINED} WHERE t.number = ?`,
      [readerId, number],
    );
    return row && { ...listed(row), description: row.description as string };
  }

  /** Tickets by number; unknown ones are absent. */
  async byNumber(readerId: string, numbers: readonly number[]): Promise<Map<number, ListedTicket>> {
    if (!numbers.length) return new Map();
    const size = 2 ** Math.ceil(Math.log2(numbers.length));
    const filled = [...numbers, ...Array.from({ length: size - numbers.length }, () => numbers[0])];
    const rows = await this.statements.rows<Row>(
      `SELECT ${SELECTED} FROM tickets t ${JOINED} WHERE t.number IN (${placeholders(size)})`,
      [readerId, ...filled],
    );
    return new Map(rows.map((row) => [Number(row.number), listed(row)]));
  }
}

function listed(row: Row): ListedTicket {
  const ticket: Record<string, unknown> = {};
  for (const column of OTHERS) ticket[column] = row[column];
  for (const column of TIMES) ticket[column] = row[column] === null ? null : timeOf(row[column] as SqlTime);
  return {
    ...(ticket as unknown as Omit<Ticket, 'description'>),
    tags: JSON.parse(row.tags as string) as string[],
    needsReply: Boolean(row.needsReply),
    categoryName: row.categoryName as string | null,
    unread: Number(row.unread ?? 0),
    people: Object.entries(PEOPLE).flatMap(([name, column]) => {
      const id = row[column] as string | null;
      return id === null ? [] : [{ id, name: row[`${name}Name`] as string, role: row[`${name}Role`] as Role }];
    }),
  };
}

const placeOf = (value: Row[string]): string | number => {
  if (value === null || typeof value === 'number') return value ?? '';
  return timeOf(value).toISOString();
};
