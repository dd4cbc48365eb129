import { createDataSource, dataSourceOptions, migrate } from '../../src/database';
import { AuditSealer, AuditVerifier } from '../../src/audit';
import { moveDatabase } from '../../src/operations';
import { expectStatus } from '../support/api-client';
import { inconsistencies } from '../support/consistency';
import { ENGINE, type Scratch } from '../support/databases';
import { backUp, digestsOf, furnish, Places, restoreTo } from './support/installation';

jest.setTimeout(60_000);
const quiet = (): void => undefined;

/** Values at the edge of what a column takes, and what engines like to change in passing. */
const EDGES = [
  '',
  ' ',
  'ends with a blank ',
  'it\'s "quoted" \\ and % and _ and ?',
  'line\u2028separators\u2029and\r\nothers\n',
  '\u0001\u001f\u007f',
  '👩🏽‍💻🏴󠁧󠁢󠁥󠁮󠁧󠁿 e\u0301 ﷽',
  'NULL',
  '0',
  'x'.repeat(10_000),
];

async function writeEdges({ dataDir, databaseUrl }: Scratch): Promise<void> {
  const dataSource = await createDataSource(dataSourceOptions({ dataDir, databaseUrl })).initialize();
  try {
    await migrate(dataSource);
    for (const [at, text] of EDGES.entries())
      await dataSource.query(
        `INSERT INTO mails (id, recipient, subject, text, html, status, createdAt, sentAt) VALUES (?, ?, ?, ?, ?, 'kept', ?, ?)`,
        [
          `00000000-0000-7000-8000-00000000000${at}`,
          text.slice(0, 50),
          text.slice(0, 200),
          text,
          text,
          ...(at % 2 ? ['2026-02-28 23:59:59.999', null] : ['1970-01-01 00:00:00.000', '2099-12-31 00:00:00.001']),
        ],
      );
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    await dataSource.query(
      'INSERT INTO search_tickets_a (ticketNumber, indexedSeq, revision, words) VALUES (?, ?, ?, ?)',
      [2_147_483_647, 0, -1, bytes],
    );
    await dataSource.query('INSERT INTO search_postings_a (wordId, block, postings) VALUES (1, 0, ?)', [
      Buffer.alloc(0),
    ]);
  } finally {
    await dataSource.destroy();
  }
}

/** The other engine takes part where there is a server. */
const WAYS: readonly (readonly ['mysql' | 'sqlite', 'mysql' | 'sqlite'])[] =
  ENGINE === 'mysql'
    ? [
        ['sqlite', 'mysql'],
        ['mysql', 'sqlite'],
      ]
    : [['sqlite', 'sqlite']];

describe('the engines', () => {
  const places = new Places();
  afterAll(() => places.cleanUp());

  it.each(WAYS)('hold the same after a backup of %s came to %s, to the last letter', async (from, to) => {
    const database = await places.database(from);
    await writeEdges(database);
    const folder = await places.folder();
    await backUp(database, folder);
    const other = await places.database(to);
    await restoreTo(other, folder);
    expect(await digestsOf(other)).toEqual(await digestsOf(database));
  });

  if (ENGINE === 'mysql')
    it('take over a whole desk from each other, there and back, with everybody still signed in', async () => {
      const sqlite = await places.database('sqlite');
      const before = await places.product(sqlite);
      const { agent, ticketId } = await furnish(before);
      await before.part(AuditSealer).run();
      const messages = expectStatus(200, await agent.get(`/api/tickets/${ticketId}/events?limit=100`));
      await before.stop();
      const rows = await digestsOf(sqlite);

      const mysql = await places.database('mysql');
      // The files stay where they are.
      const moved = { ...mysql, dataDir: sqlite.dataDir };
      const { rows: count } = await moveDatabase(sqlite, moved, quiet);
      expect(count).toBeGreaterThan(50);
      expect(await digestsOf(moved)).toEqual(rows);
      await expect(moveDatabase(sqlite, moved, quiet)).rejects.toThrow('is not empty');

      const between = await places.product(moved);
      const there = await between.anyone.get(`/api/tickets/${ticketId}/events?limit=100`, {
        authorization: `Bearer ${agent.signIn.accessToken}`,
      });
      expect(expectStatus(200, there).headers['parley-stream']).toBe(messages.headers['parley-stream']);
      expect(there.body.map(({ id }: { id: string }) => id)).toEqual(messages.body.map(({ id }: { id: string }) => id));
      expect(await inconsistencies((sql) => between.rows(sql))).toEqual({});
      expect((await between.part(AuditVerifier).verify()).damage).toBeNull();
      await expect(moveDatabase(moved, await places.database('sqlite'), quiet)).rejects.toThrow(
        'Another process works',
      );
      await between.given.ticket();
      await between.stop();

      const back = await places.database('sqlite');
      await moveDatabase(moved, back, quiet);
      expect(await digestsOf(back)).toEqual(await digestsOf(moved));
    });
});
