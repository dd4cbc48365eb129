import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { DataSource } from 'typeorm';
import type { Role } from '../src/access';
import { Settings } from '../src/config';
import { Statements, type SqlValue } from '../src/database';
import { VolumeLoader } from '../src/operations';
import { SearchWorker } from '../src/search';
import { expectStatus, testApi, type Answer, type Person } from './support/api-client';
import { ENGINE } from './support/databases';
import { DeskCopy, firstPages, randomQuery, SORTS } from './support/list-reference';
import { Writers } from './support/list-writers';

const TICKETS = 20_000;
const MESSAGES = 12_000;
const LIMIT = 25;
const MOST_PAGES = 8;
/** A page and its last row, from each of the statuses, with what is shown beside them; a whole desk is a hundred times more. */
const MOST_ROWS_READ = 1_500;

const api = testApi();
jest.setTimeout(60_000);
const people: Partial<Record<Role, Person>> = {};
let desk: DeskCopy;

/** Somebody of the filled desk, signed in. */
async function busiest(role: 'agent' | 'customer', column: 'assigneeId' | 'requesterId'): Promise<Person> {
  const [row] = await api.rows(
    `SELECT id, email, name FROM users WHERE id =
      (SELECT ${column} FROM tickets WHERE ${column} IS NOT NULL GROUP BY ${column} ORDER BY COUNT(*) DESC LIMIT 1)`,
  );
  const { id, email, name } = row as { id: string; email: string; name: string };
  return api.device({ id, email, name, role });
}

const agent = (): Person => people.agent as Person;
const customer = (): Person => people.customer as Person;

beforeAll(async () => {
  // Nothing is looked for here, and reading the words of so many tickets would take the time of all tests.
  await api.part(SearchWorker).stop();
  await api.part(VolumeLoader).load({ tickets: TICKETS, messages: MESSAGES });
  people.agent = await busiest('agent', 'assigneeId');
  people.customer = await busiest('customer', 'requesterId');
  desk = await DeskCopy.of(api.part(DataSource));
}, 180_000);

interface Asked {
  sql: string;
  values: readonly SqlValue[];
}

/** The statements of lists that a request asks the database. */
async function asked(by: Person, path: string): Promise<Asked[]> {
  const seen: Asked[] = [];
  const rows = jest.spyOn(api.part(Statements), 'rows');
  try {
    expectStatus(200, await by.get(path));
    for (const [sql, values] of rows.mock.calls) if (sql.includes('IX_tickets_list')) seen.push({ sql, values });
  } finally {
    rows.mockRestore();
  }
  return seen;
}

const stored = (values: readonly SqlValue[]): SqlValue[] =>
  values.map((value) => (value instanceof Date ? value.toISOString().slice(0, 23).replace('T', ' ') : value));

/** How many rows MySQL or MariaDB looks at to answer. */
async function rowsReadOnMysql({ sql, values }: Asked): Promise<number> {
  const connection = await createConnection({ uri: api.part(Settings).databaseUrl ?? '' });
  try {
    await connection.query('FLUSH STATUS');
    await connection.query(sql, stored(values));
    const [counters] = await connection.query<RowDataPacket[]>(`SHOW SESSION STATUS LIKE 'Handler_read%'`);
    return counters.reduce((sum, { Value }) => sum + Number(Value), 0);
  } finally {
    await connection.end();
  }
}

/** The steps by which SQLite would read whole tables, or sort tickets instead of reading them in order. */
async function costlyStepsOnSqlite({ sql, values }: Asked): Promise<string[]> {
  const plan = (await api.rows(`EXPLAIN QUERY PLAN ${sql}`, stored(values))) as {
    id: number;
    parent: number;
    detail: string;
  }[];
  const readsTickets = (parent: number): boolean =>
    plan.some((step) => step.parent === parent && /^SEARCH t\b/.test(step.detail));
  return plan
    .filter(({ parent, detail }) =>
      /^SCAN (t|tickets|participants|reading|users|ticket_tags|tagged)\b/.test(detail)
        ? true
        : detail.includes('TEMP B-TREE') && readsTickets(parent) && !plan.some(joins(parent)),
    )
    .map(({ detail }) => detail);
}

/** The outermost step joins the page, which it has already, with what is shown beside it. */
const joins =
  (of: number) =>
  ({ parent, detail }: { parent: number; detail: string }): boolean =>
    parent === of && /^SCAN page\b/.test(detail);

describe('the statement of a list', () => {
  it.each([
    ['staff', 'newest', ''],
    ['staff', 'oldest', 'sort=createdAt'],
    ['staff', 'last changed', 'sort=-updatedAt'],
    ['staff', 'urgent first', 'sort=-priority'],
    ['staff', 'by status', 'sort=status'],
    ['staff', 'newest open', 'status=open'],
    ['staff', 'open and in progress, last changed', 'status=open,in_progress&sort=-updatedAt'],
    ['staff', 'closed, urgent first', 'status=closed&sort=-priority'],
    ['staff', 'urgent ones by urgency', 'priority=urgent&sort=priority'],
    ['staff', 'mine', 'assignee=me'],
    ['staff', 'mine, last changed', 'assignee=me&status=open,in_progress&sort=-updatedAt'],
    ['staff', 'unassigned', 'assignee=none&status=open'],
    ['staff', 'needs reply', 'needsReply=true'],
    ['staff', 'without a category', 'category=none'],
    ['staff', 'created since', 'createdAfter=2000-01-01T00:00:00Z'],
    ['customers', 'newest', ''],
    ['customers', 'last changed', 'sort=-updatedAt'],
    ['customers', 'open', 'status=open,in_progress'],
  ])('for %s, %s, reads in the order of an index, on the first page and on a later one', async (who, _name, query) => {
    const by = who === 'staff' ? agent() : customer();
    const path = `/api/tickets?limit=${LIMIT}&${query}`;
    const first = expectStatus(200, await by.get(path));
    const later = /^<([^>]+)>/.exec(first.headers.link ?? '')?.[1];
    for (const page of [path, ...(later ? [later] : [])])
      for (const statement of await asked(by, page))
        if (ENGINE === 'mysql') expect(await rowsReadOnMysql(statement)).toBeLessThan(MOST_ROWS_READ);
        else expect(await costlyStepsOnSqlite(statement)).toEqual([]);
  });

  it('is one statement, besides the one that asks who is there', async () => {
    expect(await asked(agent(), '/api/tickets?status=open')).toHaveLength(1);
  });
});

describe('a list with any filters in any order', () => {
  it.each(Array.from({ length: 24 }, (_, index) => index + 1))(
    '(drawn by chance, %i) shows what a look at all tickets finds',
    async (seed) => {
      for (const by of [agent(), customer()]) {
        const text = randomQuery(seed, by, desk);
        const { expected, isAllowed } = desk.list(by, text);
        if (!isAllowed) continue;
        const shown = await firstPages(by, `/api/tickets?limit=100&${text}`, 3);
        expect([text, shown]).toEqual([text, expected.slice(0, 300)]);
      }
    },
  );
});

describe('counts', () => {
  it('say how many tickets the lists show, for staff and customers', async () => {
    for (const by of [agent(), customer()]) {
      const { body }: Answer = expectStatus(200, await by.get('/api/tickets/counts'));
      const count = (query: string): number | string => desk.count(by, query);
      expect(body).toMatchObject({
        all: count(''),
        byStatus: {
          open: count('status=open'),
          in_progress: count('status=in_progress'),
          resolved: count('status=resolved'),
          closed: count('status=closed'),
        },
        unread: count('unread=true'),
      });
      if (by === agent())
        expect(body).toMatchObject({
          mine: count('assignee=me&status=open,in_progress'),
          unassigned: count('assignee=none&status=open,in_progress'),
          needsReply: count('needsReply=true'),
        });
    }
  });

  it('of agents say how many open tickets each of them holds', async () => {
    const { body } = expectStatus(200, await agent().get('/api/agents'));
    const loads = new Map((body as { id: string; load: number }[]).map(({ id, load }) => [id, load]));
    for (const [id, load] of loads) expect([id, load]).toEqual([id, desk.loadOf(id)]);
    expect(Math.max(...loads.values())).toBeGreaterThan(0);
  });
});

describe('pages that are read while others write', () => {
  const CASES = (['an agent', 'a customer'] as const).flatMap((role) =>
    SORTS.map((sort, index) => [role, sort, index] as const),
  );

  it.each(CASES)(
    'by %s, in the order %s and with filters drawn by chance, show all that nobody touches exactly once',
    async (role, sort, seed) => {
      const by = role === 'an agent' ? agent() : customer();
      const path = `/api/tickets?limit=20&sort=${sort}&${filtersFor(by, seed)}`;
      const before = await readPages(by, path);
      const writers = new Writers({ agent: agent(), customer: customer() }, before);
      const seen = await writers.during((written) => readPages(by, path, written));
      const isUntouched = (id: number): boolean => !writers.touched.has(id);
      // What is written pushes tickets to pages that are not read any more, so the longer one is compared as far.
      const [expected, shown] = [
        before.filter(isUntouched),
        seen.filter((id) => isUntouched(id) && before.includes(id)),
      ];
      const length = Math.min(expected.length, shown.length);
      expect(length).toBeGreaterThan(expected.length / 2);
      expect(shown.slice(0, length)).toEqual(expected.slice(0, length));
      if (sort.endsWith('createdAt')) expect(new Set(seen).size).toBe(seen.length);
    },
  );
});

/** Drawn filters that find enough tickets to be read in pages. */
function filtersFor(by: Person, seed: number): string {
  for (let draw = seed * 100 + 1; ; draw += 1) {
    const filters = new URLSearchParams(randomQuery(draw, by, desk));
    filters.delete('sort');
    const { expected, isAllowed } = desk.list(by, filters.toString());
    if (isAllowed && expected.length > 60) return filters.toString();
  }
}

/** The first pages; before each further one something must have been written. */
async function readPages(by: Person, path: string, written?: () => Promise<void>): Promise<number[]> {
  const seen: number[] = [];
  let next: string | undefined = path;
  for (let page = 0; next && page < MOST_PAGES; page += 1) {
    const { body, headers }: Answer = expectStatus(200, await by.get(next));
    seen.push(...(body as { id: number }[]).map(({ id }) => id));
    await written?.();
    next = /^<([^>]+)>/.exec(headers.link ?? '')?.[1];
  }
  return seen;
}
