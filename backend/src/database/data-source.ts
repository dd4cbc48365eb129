import { join } from 'node:path';
import * as mysql2 from 'mysql2';
import type { Pool, PoolOptions } from 'mysql2';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { Settings } from '../config';
import { migrations } from './migrations';
import { serialise } from './serialised-sqlite';

const CONNECT_TIMEOUT_MS = 4_000;
const POOL_SIZE = 16;
const POOL_QUEUE = 500;

/** What a database for Parley must be created with: every emoji is a letter of its own, accents and case fold in words. */
export const MYSQL_CHARSET = 'utf8mb4';
export const MYSQL_COLLATION = 'utf8mb4_unicode_520_ci';

/**
 * READ COMMITTED once per pooled connection: under REPEATABLE READ a unit that read before it waited for a lock would
 * go on seeing the old rows.
 */
const SESSION = `SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED`;
const SESSION_VARIABLES = `SET SESSION time_zone = '+00:00', sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,ERROR_FOR_DIVISION_BY_ZERO', innodb_lock_wait_timeout = 5`;

const mysqlDriver = {
  ...mysql2,
  createPool(options: PoolOptions): Pool {
    const pool = mysql2.createPool(options);
    pool.on('connection', (connection) => {
      connection.query(SESSION);
      connection.query(SESSION_VARIABLES);
    });
    return pool;
  },
};

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
    driver: mysqlDriver,
    url: settings.databaseUrl,
    charset: MYSQL_CHARSET,
    timezone: 'Z',
    supportBigNumbers: true,
    bigNumberStrings: false,
    connectTimeout: CONNECT_TIMEOUT_MS,
    extra: { connectionLimit: POOL_SIZE, queueLimit: POOL_QUEUE, enableKeepAlive: true, charset: `${MYSQL_COLLATION}` },
  };
}

/** Makes the data source of this process; `entities` are added by the rooms. It is not yet connected. */
export function createDataSource(options: DataSourceOptions): DataSource {
  const dataSource = new DataSource(options);
  return options.type === 'better-sqlite3' ? serialise(dataSource) : dataSource;
}
