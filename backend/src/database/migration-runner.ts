import { dirname, join } from 'node:path';
import type { DataSource, DataSourceOptions } from 'typeorm';
import { RESTORE_MARK } from './copy/database-place';
import { engineOf } from './engine';

const LOCK_SECONDS = 300;
/** The connection that holds the lock is idle while migrations run on another one. */
const KEEP_IDLE_SECONDS = 28_800;

/** The schema was made by a newer version; this program would damage it. */
export class SchemaTooNew extends Error {
  constructor(unknown: readonly string[]) {
    super(
      `The database was made by a newer version of Parley (${unknown.join(', ')}). Start that version, or restore a backup.`,
    );
  }
}

/** A restore broke off: what is there is not all that was backed up. */
export class RestoreUnfinished extends Error {
  constructor() {
    super('A restore into this database was not finished. Run it again: until then there is nothing to serve.');
  }
}

/**
 * Brings the schema up to date. One process does it, others wait; a crash frees the lock, because on MySQL it belongs
 * to a connection and on SQLite to an open file. Only the restore itself may do so while it is under way.
 *
 * @returns the names of the migrations that were run
 */
export async function migrate(dataSource: DataSource, { isRestoring = false } = {}): Promise<string[]> {
  const unlock =
    engineOf(dataSource.manager) === 'mysql' ? await lockMysql(dataSource) : await lockSqlite(dataSource.options);
  try {
    const { unknown, isBeingRestored } = await schemaState(dataSource);
    if (isBeingRestored && !isRestoring) throw new RestoreUnfinished();
    if (unknown.length) throw new SchemaTooNew(unknown);
    const done = await dataSource.runMigrations({ transaction: 'each' });
    return done.map(({ name }) => name);
  } finally {
    await unlock();
  }
}

async function lockMysql(dataSource: DataSource): Promise<() => Promise<void>> {
  const runner = dataSource.createQueryRunner();
  const [{ seconds }] = (await runner.query('SELECT @@SESSION.wait_timeout AS seconds')) as { seconds: number }[];
  await runner.query(`SET SESSION wait_timeout = ${KEEP_IDLE_SECONDS}`);
  const [row] = (await runner.query(`SELECT GET_LOCK(CONCAT('parley-migrate-', DATABASE()), ?) AS taken`, [
    LOCK_SECONDS,
  ])) as {
    taken: number | string | null;
  }[];
  if (Number(row.taken) !== 1) {
    await runner.release();
    throw new Error(`Another process has been migrating the database for more than ${LOCK_SECONDS} seconds.`);
  }
  return async () => {
    await runner.query(`SELECT RELEASE_LOCK(CONCAT('parley-migrate-', DATABASE()))`);
    await runner.query(`SET SESSION wait_timeout = ${Number(seconds)}`);
    await runner.release();
  };
}

async function lockSqlite(options: DataSourceOptions): Promise<() => Promise<void>> {
  const { default: Database } = await import('better-sqlite3');
  const lock = new Database(join(dirname(String(options.database)), 'migrate.lock'), { timeout: LOCK_SECONDS * 1000 });
  lock.exec('BEGIN EXCLUSIVE');
  return () => {
    lock.close();
    return Promise.resolve();
  };
}

export interface SchemaState {
  /** Steps that were not done yet, the next one first. */
  readonly pending: string[];
  /** Steps that were done and that this program does not know. */
  readonly unknown: string[];
  readonly isBeingRestored: boolean;
}

/** How far the schema is; nothing is changed. */
export async function schemaState(dataSource: DataSource): Promise<SchemaState> {
  const table = tableOf(dataSource);
  const rows = (await hasTable(dataSource, table)) ? await doneMigrations(dataSource, table) : [];
  const [done, known] = [rows.map(({ name }) => name), namesOf(dataSource)];
  return {
    pending: known.filter((name) => !done.includes(name)),
    unknown: done.filter((name) => !known.includes(name)),
    isBeingRestored: await hasTable(dataSource, RESTORE_MARK),
  };
}

const tableOf = ({ options }: DataSource): string => options.migrationsTableName ?? 'migrations';

const namesOf = ({ migrations }: DataSource): string[] =>
  migrations.map(({ name, constructor }) => name ?? constructor.name);

const doneMigrations = (dataSource: DataSource, table: string): Promise<{ name: string }[]> =>
  dataSource.query(`SELECT name FROM ${table}`);

async function hasTable(dataSource: DataSource, table: string): Promise<boolean> {
  const runner = dataSource.createQueryRunner();
  try {
    return await runner.hasTable(table);
  } finally {
    await runner.release();
  }
}
