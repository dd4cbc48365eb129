import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DataSource } from 'typeorm';
import { createDataSource, dataSourceOptions, migrate, SchemaTooNew } from '../../src/database';
import { testApi } from '../support/api-client';
import { ENGINE, scratch, type Scratch } from '../support/databases';
import { schemaOf, type Schema, type Table } from './support/schema';

const run = promisify(execFile);

/** Runs `work` on an empty database. */
async function onScratch<Result>(
  work: (dataSource: DataSource, database: Scratch) => Promise<Result>,
  engine = ENGINE,
): Promise<Result> {
  const database = await scratch(engine);
  const dataSource = await createDataSource(dataSourceOptions(database)).initialize();
  try {
    return await work(dataSource, database);
  } finally {
    await dataSource.destroy();
    await database.drop();
  }
}

const migrated = (engine = ENGINE): Promise<Schema> =>
  onScratch(async (dataSource) => {
    await migrate(dataSource);
    return schemaOf(dataSource);
  }, engine);

const startsWith = (columns: string[], first: string[]): boolean => first.every((name, at) => columns[at] === name);

const uniqueKeys = ({ indexes }: Table): string[] =>
  indexes.flatMap(({ columns, isUnique }) => (isUnique ? [columns.join(', ')] : [])).toSorted();

describe(`the schema on ${ENGINE}`, () => {
  let schema: Schema;
  beforeAll(async () => {
    schema = await migrated();
  }, 20_000);

  it('has an index for every foreign key', () => {
    const missing = Object.entries(schema).flatMap(([table, { foreignKeys, indexes }]) =>
      foreignKeys
        .filter((key) => !indexes.some(({ columns }) => startsWith(columns, key.columns)))
        .map(({ columns }) => `${table} (${columns.join(', ')})`),
    );
    expect(missing).toEqual([]);
  });

  it.each([
    ['users', 'emailKey'],
    ['categories', 'nameKey'],
    ['messages', 'authorId, clientMsgId'],
    ['messages', 'ticketNumber, staffSeq'],
    ['messages', 'ticketNumber, publicSeq'],
    ['timeline_events', 'ticketNumber, staffSeq'],
    ['timeline_events', 'ticketNumber, publicSeq'],
    ['participants', 'userId, ticketNumber'],
    ['one_time_tokens', 'tokenHash'],
    ['sign_ins', 'family'],
    ['mails', 'cause'],
    ['mail_digests', 'userId, ticketNumber'],
  ])('lets the database itself keep %s unique by (%s)', (table, key) => {
    expect(uniqueKeys(schema[table])).toContain(key);
  });

  describe('and the entities of the application', () => {
    const api = testApi();

    it('agree about every column and whether it may be empty', () => {
      const entities = api
        .part(DataSource)
        .entityMetadatas.map(({ tableName, columns }) => [
          tableName,
          Object.fromEntries(columns.map(({ databaseName, isNullable }) => [databaseName, isNullable])),
        ]);
      const tables = Object.entries(schema).map(([name, { columns }]) => [name, columns]);
      expect(Object.fromEntries(tables)).toEqual(Object.fromEntries(entities));
    });
  });

  if (ENGINE === 'mysql')
    it('is the same on SQLite: columns, whether they may be empty, keys', async () => {
      const shape = (of: Schema): unknown =>
        Object.fromEntries(
          Object.entries(of).map(([name, table]) => [
            name,
            {
              columns: table.columns,
              unique: uniqueKeys(table),
              foreignKeys: table.foreignKeys.map((key) => `${key.columns.join()} → ${key.references}`).toSorted(),
              indexes: table.indexes
                .filter(({ isUnique }) => !isUnique)
                .map(({ columns }) => columns.join(', '))
                .toSorted(),
            },
          ]),
        );
      expect(shape(await migrated('sqlite'))).toEqual(shape(schema));
    });
});

describe(`migrations on ${ENGINE}`, () => {
  it('run once, and then there is nothing left to do', () =>
    onScratch(async (dataSource) => {
      const first = await migrate(dataSource);
      expect(first).not.toEqual([]);
      const before = await schemaOf(dataSource);
      await expect(migrate(dataSource)).resolves.toEqual([]);
      await expect(schemaOf(dataSource)).resolves.toEqual(before);
    }));

  it('are run by one of three processes that start at once on an empty database', async () => {
    await onScratch(async (dataSource, { dataDir, databaseUrl }) => {
      const start = async (): Promise<string[]> => {
        const { stdout } = await run(
          process.execPath,
          [
            ...['--require', join(__dirname, '../support/typescript.cjs')],
            join(__dirname, 'support/migrating-process.ts'),
          ],
          { env: { ...process.env, DATA_DIR: dataDir, DATABASE_URL: databaseUrl } },
        );
        return JSON.parse(stdout) as string[];
      };
      const [worker, ...idle] = (await Promise.all([start(), start(), start()])).toSorted(
        (a, b) => b.length - a.length,
      );
      expect(worker).not.toEqual([]);
      expect(idle).toEqual([[], []]);
      const [{ count }] = await dataSource.query<{ count: number }[]>('SELECT COUNT(*) AS count FROM categories');
      expect(Number(count)).toBe(5);
    });
  }, 30_000);

  it('of a newer version make the start fail, and nothing is changed', () =>
    onScratch(async (dataSource) => {
      await migrate(dataSource);
      await dataSource.query(`INSERT INTO migrations (timestamp, name) VALUES (4000000000000, 'FromTheFuture')`);
      const before = await schemaOf(dataSource);
      await expect(migrate(dataSource)).rejects.toThrow(SchemaTooNew);
      await expect(migrate(dataSource)).rejects.toThrow('FromTheFuture');
      await expect(schemaOf(dataSource)).resolves.toEqual(before);
    }));

  if (ENGINE === 'mysql')
    it('that broke off after their tables were made are finished by the next start', () =>
      onScratch(async (dataSource) => {
        const first = await migrate(dataSource);
        const before = await schemaOf(dataSource);
        await dataSource.query('DELETE FROM migrations');
        await dataSource.query('DROP TABLE audit_entries');
        await expect(migrate(dataSource)).resolves.toEqual(first);
        await expect(schemaOf(dataSource)).resolves.toEqual(before);
        const [{ count }] = await dataSource.query<{ count: number }[]>('SELECT COUNT(*) AS count FROM categories');
        expect(Number(count)).toBe(5);
      }));
});
