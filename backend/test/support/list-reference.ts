import type { DataSource } from 'typeorm';
import { SeededRandom } from '../../src/operations';
import { expectStatus, type Answer, type Person } from './api-client';

const STATUSES = ['open', 'in_progress', 'resolved', 'closed'];
const PRIORITIES = ['low', 'medium', 'high', 'urgent'];
export const SORTS = ['createdAt', 'updatedAt', 'priority', 'status'].flatMap((sort) => [sort, `-${sort}`]);

interface Row {
  number: number;
  requesterId: string;
  assigneeId: string | null;
  categoryId: string | null;
  status: string;
  priority: string;
  needsReply: boolean;
  createdAt: number;
  updatedAt: number;
  publicUpdatedAt: number;
}

/** All tickets of a desk, to say what a list should show without asking the list. */
export class DeskCopy {
  private constructor(
    private readonly rows: readonly Row[],
    private readonly tags: ReadonlyMap<number, readonly string[]>,
    private readonly unread: ReadonlySet<string>,
    readonly known: { tags: string[]; categories: string[]; agents: string[] },
  ) {}

  static async of(dataSource: DataSource): Promise<DeskCopy> {
    const ask = (sql: string): Promise<Record<string, string | number | Date>[]> => dataSource.query(sql);
    const rows = await ask(
      `SELECT number, requesterId, assigneeId, categoryId, status, priority, needsReply, createdAt, updatedAt,
        publicUpdatedAt FROM tickets WHERE deletedAt IS NULL`,
    );
    const tags = new Map<number, string[]>();
    for (const { ticketNumber, tag } of await ask('SELECT ticketNumber, tag FROM ticket_tags'))
      tags.set(Number(ticketNumber), [...(tags.get(Number(ticketNumber)) ?? []), String(tag)]);
    const unread = await ask('SELECT userId, ticketNumber FROM participants WHERE unread > 0');
    const values = async (sql: string): Promise<string[]> => (await ask(sql)).map(({ value }) => String(value));
    return new DeskCopy(
      rows.map(rowOf),
      tags,
      new Set(unread.map(({ userId, ticketNumber }) => `${String(userId)} ${String(ticketNumber)}`)),
      {
        tags: await values('SELECT tag AS value FROM tags ORDER BY tag'),
        categories: await values('SELECT id AS value FROM categories ORDER BY position'),
        agents: await values(`SELECT id AS value FROM users WHERE role = 'agent' ORDER BY id`),
      },
    );
  }

  /** The numbers in the order of the list; customers may not use every filter. */
  list(by: Person, query: string): { expected: number[]; isAllowed: boolean } {
    const given = new URLSearchParams(query);
    const isStaff = by.account.role !== 'customer';
    const isAllowed = isStaff || !['requester', 'tag', 'needsReply'].some((name) => given.has(name));
    const found = this.rows.filter((row) => (isStaff || row.requesterId === by.id) && this.fits(row, by, given));
    const sort = given.get('sort') ?? '-createdAt';
    const sign = sort.startsWith('-') ? -1 : 1;
    const placeOf = placeBy(sort.replace('-', ''), isStaff);
    const expected = found
      .toSorted((a, b) => sign * (placeOf(a) - placeOf(b) || a.number - b.number))
      .map(({ number }) => number);
    return { expected, isAllowed };
  }

  /** As it is shown. */
  count(by: Person, query: string): number | '1000+' {
    const { length } = this.list(by, query).expected;
    return length > 1_000 ? '1000+' : length;
  }

  loadOf(id: string): number {
    return this.rows.filter(({ assigneeId, status }) => assigneeId === id && STATUSES.indexOf(status) < 2).length;
  }

  private fits(row: Row, by: Person, given: URLSearchParams): boolean {
    const isOneOf = (name: string, value: string | null): boolean =>
      given
        .get(name)
        ?.split(',')
        .includes(value ?? 'none') ?? true;
    const isAfter = (name: string, value: number): boolean =>
      !given.has(name) || value > new Date(String(given.get(name))).getTime();
    const isFlag = (name: string, value: boolean): boolean => !given.has(name) || given.get(name) === String(value);
    const assignee = given.get('assignee') === 'me' ? by.id : given.get('assignee');
    return (
      isOneOf('status', row.status) &&
      isOneOf('priority', row.priority) &&
      isOneOf('category', row.categoryId) &&
      (assignee === null || assignee === (row.assigneeId ?? 'none')) &&
      isOneOf('requester', row.requesterId) &&
      (!given.has('tag') || (this.tags.get(row.number) ?? []).some((tag) => isOneOf('tag', tag))) &&
      isFlag('needsReply', row.needsReply) &&
      isFlag('unread', this.unread.has(`${by.id} ${row.number}`)) &&
      isAfter('createdAfter', row.createdAt) &&
      isAfter('updatedAfter', by.account.role === 'customer' ? row.publicUpdatedAt : row.updatedAt)
    );
  }
}

function placeBy(field: string, isStaff: boolean): (row: Row) => number {
  if (field === 'priority') return ({ priority }) => PRIORITIES.indexOf(priority);
  if (field === 'status') return ({ status }) => STATUSES.indexOf(status);
  if (field === 'updatedAt') return ({ updatedAt, publicUpdatedAt }) => (isStaff ? updatedAt : publicUpdatedAt);
  return ({ createdAt }) => createdAt;
}

const timeOf = (value: string | number | Date): number =>
  (value instanceof Date ? value : new Date(`${String(value).replace(' ', 'T')}Z`)).getTime();

function rowOf(row: Record<string, string | number | Date>): Row {
  return {
    ...(row as unknown as Row),
    needsReply: Boolean(row.needsReply),
    createdAt: timeOf(row.createdAt),
    updatedAt: timeOf(row.updatedAt),
    publicUpdatedAt: timeOf(row.publicUpdatedAt),
  };
}

/** Filters and an order drawn by chance, the same for the same number. */
export function randomQuery(seed: number, by: Person, { known }: DeskCopy): string {
  const random = new SeededRandom(seed);
  const some = (values: readonly string[]): string =>
    [...new Set([random.pick(values), random.pick(values)])].join(',');
  const offers: [name: string, value: () => string][] = [
    ['status', () => some(STATUSES)],
    ['priority', () => some(PRIORITIES)],
    ['category', () => some([...known.categories, 'none'])],
    ['assignee', () => random.pick(['me', 'none', random.pick(known.agents)])],
    ['requester', () => by.id],
    ['tag', () => some(known.tags)],
    ['unread', () => random.pick(['true', 'false'])],
    ['needsReply', () => random.pick(['true', 'false'])],
    ['createdAfter', () => daysAgo(random.whole(1, 900))],
    ['updatedAfter', () => daysAgo(random.whole(1, 900))],
  ];
  const chosen = offers.filter(() => random.chance(0.22)).map(([name, value]) => `${name}=${value()}`);
  return [...chosen, `sort=${random.pick(SORTS)}`].join('&');
}

const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();

/** The numbers of the first pages. */
export async function firstPages(by: Person, path: string, most: number): Promise<number[]> {
  const seen: number[] = [];
  let next: string | undefined = path;
  for (let page = 0; next && page < most; page += 1) {
    const { body, headers }: Answer = expectStatus(200, await by.get(next));
    seen.push(...(body as { id: number }[]).map(({ id }) => id));
    next = /^<([^>]+)>/.exec(headers.link ?? '')?.[1];
  }
  return seen;
}
