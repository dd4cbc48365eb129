import { join } from 'node:path';
import * as mysql2 from 'mysql2';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { Settings } from '../config';
import { engineOf } from './engine';
import { migrations } from './migrations';
import { createPool, POOL_OPTIONS } from './mysql-pool';
import { serialise } from './serialised-sqlite';
import { traceStatements } from './traced-statements';

const CONNECT_TIMEOUT_MS = 2_000;

/** What a database for Parley must be created with: every emoji is a letter of its own, accents and case fold in words. */
export const MYSQL_CHARSET = 'utf8mb4';
export const MYSQL_COLLATION = 'utf8mb4_unicode_520_ci';

/** How values look on the way to MySQL and back. */
const MYSQL_VALUES = {
  timezone: 'Z',
  supportBigNumbers: true,
  bigNumberStrings: false,
  connectTimeout: CONNECT_TIMEOUT_MS,
} as const;

export function dataSourceOptions(settings: Pick<Settings, 'databaseUrl' | 'dataDir'>): DataSourceOptions {
  const common = { migrations, migrationsRun: false, synchronize: false, logging: false } as const;
  if (!settings.databaseUrl)
    return {
      ...common,
      type: 'better-sqlite3',
      database: join(settings.dataDir, 'parley.sqlite'),
      enableWAL: true,
      timeout: 3_000,
      prepareDatabase: (database: { pragma(text: string): unknown }) => {
        database.pragma('synchronous = FULL');
      },
    };
  return {
    ...common,
    type: 'mysql',
    driver: { ...mysql2, createPool },
    url: settings.databaseUrl,
    charset: MYSQL_CHARSET,
    ...MYSQL_VALUES,
    extra: { ...POOL_OPTIONS, charset: `${MYSQL_COLLATION}` },
  };
}

/** Makes the data source of this process; `entities` are added by the rooms. It is not yet connected. */
export function createDataSource(options: DataSourceOptions): DataSource {
  const dataSource = new DataSource(options);
  return traceStatements(options.type === 'better-sqlite3' ? serialise(dataSource) : dataSource);
}

/** Connections to a replica, which look at rows as those to the primary do, and change none. */
export function replicaPool(url: string): mysql2.Pool {
  const pool = createPool({ uri: url, ...MYSQL_VALUES, ...POOL_OPTIONS, charset: MYSQL_COLLATION });
  pool.on('connection', (connection) => {
    connection.query('SET SESSION TRANSACTION READ ONLY', (error) => error && connection.destroy());
  });
  return pool;
}

/** From now on a file that another process has locked is waited for without stopping this process. */
export async function stopBlocking(dataSource: DataSource): Promise<void> {
  if (engineOf(dataSource.manager) === 'sqlite') await dataSource.query('PRAGMA busy_timeout = 0');
}
