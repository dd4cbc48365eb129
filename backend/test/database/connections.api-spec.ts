import { DataSource, type QueryRunner } from 'typeorm';
import { ENGINE } from '../support/databases';
import { startRooms, type Rooms } from './support/rooms';

const MORE_THAN_THE_POOL_STARTS_WITH = 16;

describe(`every connection to ${ENGINE}`, () => {
  let rooms: Rooms;
  let dataSource: DataSource;
  beforeAll(async () => {
    rooms = await startRooms({});
    dataSource = rooms.module.get(DataSource);
  });
  afterAll(() => rooms.close());

  if (ENGINE === 'sqlite')
    it.each([
      ['journal_mode', 'wal'],
      ['synchronous', 2],
      ['foreign_keys', 1],
      ['busy_timeout', 0],
    ])('keeps what was committed through a power cut and checks keys: %s = %s', async (pragma, value) => {
      const [row] = await dataSource.query<Record<string, unknown>[]>(`PRAGMA ${pragma}`);
      expect(Object.values(row)).toEqual([value]);
    });

  if (ENGINE === 'mysql') {
    const onAllConnections = async <Answer>(ask: (runner: QueryRunner) => Promise<Answer>): Promise<Answer[]> => {
      const runners = Array.from({ length: MORE_THAN_THE_POOL_STARTS_WITH }, () => dataSource.createQueryRunner());
      try {
        await Promise.all(runners.map((runner) => runner.connect()));
        return await Promise.all(runners.map(ask));
      } finally {
        await Promise.all(runners.map((runner) => runner.release()));
      }
    };

    it('is a connection of its own', async () => {
      const ids = await onAllConnections((runner) => runner.query('SELECT CONNECTION_ID() AS id'));
      expect(new Set(ids.map((rows) => JSON.stringify(rows))).size).toBe(MORE_THAN_THE_POOL_STARTS_WITH);
    });

    it.each([
      ['tx_isolation', /^READ-COMMITTED$/],
      ['time_zone', /^\+00:00$/],
      ['sql_mode', /STRICT_ALL_TABLES/],
      ['innodb_lock_wait_timeout', /^4$/],
      ['wait_timeout', /^15$/],
      ['character_set_client', /^utf8mb4$/],
      ['collation_connection', /^utf8mb4_unicode_520_ci$/],
    ])('has the right %s', async (variable, value) => {
      const names = variable === 'tx_isolation' ? `'tx_isolation', 'transaction_isolation'` : `'${variable}'`;
      const answers = await onAllConnections((runner) =>
        runner.query(`SHOW SESSION VARIABLES WHERE Variable_name IN (${names})`),
      );
      for (const rows of answers as { Value: string }[][]) for (const { Value } of rows) expect(Value).toMatch(value);
      expect(answers.flat()).not.toHaveLength(0);
    });
  }
});
