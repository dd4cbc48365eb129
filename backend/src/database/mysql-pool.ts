import { Logger } from '@nestjs/common';
import * as mysql2 from 'mysql2';
import type { Pool, PoolConnection, PoolOptions } from 'mysql2';
import { SilenceWatch } from './silence-watch';

/** How long anybody waits for a connection, be it a free or a new one, from a server that answers nobody. */
const ACQUIRE_MS = 1_800;
/** And from one that is merely busy with others. */
const ACQUIRE_BUSY_MS = 10_000;
const LOOK_EVERY_MS = 200;

/**
 * READ COMMITTED once per pooled connection: under REPEATABLE READ a unit that read before it waited for a lock would
 * go on seeing the old rows. The server itself ends connections that fall silent, so that a process that hangs or
 * cannot be reached holds no lock for long; MariaDB does so earlier within a transaction.
 */
const SESSION = [
  `SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED`,
  `SET SESSION time_zone = '+00:00', sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,ERROR_FOR_DIVISION_BY_ZERO', ` +
    `innodb_lock_wait_timeout = 4, wait_timeout = 15 /*M!100300 , idle_transaction_timeout = 5 */`,
];

/** How the pool must be made for these times: idle connections are given up before the server does so. */
export const POOL_OPTIONS = {
  connectionLimit: 16,
  queueLimit: 5_000,
  maxIdle: 15,
  idleTimeout: 8_000,
  gracefulEnd: true,
  enableKeepAlive: true,
  keepAliveInitialDelay: 10_000,
} as const;

class NoConnectionInTime extends Error {
  readonly code = 'ETIMEDOUT';
  constructor() {
    super('No connection to the database in time.');
  }
}

/** A pool whose callers get a connection or an error in time, and whose connections do not stay silent for ever. */
export function createPool(options: PoolOptions): Pool {
  const pool = mysql2.createPool(options);
  const watch = new SilenceWatch(() => mysql2.createConnection(withoutPool(options)));
  limitWaiting(pool, watch);
  pool.on('connection', (connection: PoolConnection) => {
    // The pool listens for the first failure only; a further one without a listener would end the process.
    connection.on('error', () => undefined);
    watch.add(connection);
    for (const statement of SESSION) connection.query(statement, (error) => error && refuse(connection, error));
  });
  const end = pool.end.bind(pool);
  pool.end = (done) => {
    watch.stop();
    end(done);
  };
  return pool;
}

/** mysql2 lets callers wait for ever; whoever has gone when the connection comes hands it back. */
function limitWaiting(pool: Pool, watch: SilenceWatch): void {
  const acquire = pool.getConnection.bind(pool);
  pool.getConnection = (done) => {
    const start = Date.now();
    let isTooLate = false;
    const timer = setInterval(() => {
      const waited = Date.now() - start;
      if (waited < (watch.silentMs < ACQUIRE_MS ? ACQUIRE_BUSY_MS : ACQUIRE_MS)) return;
      clearInterval(timer);
      isTooLate = true;
      done(new NoConnectionInTime(), undefined as never);
    }, LOOK_EVERY_MS);
    acquire((error, connection) => {
      clearInterval(timer);
      if (!isTooLate) done(error, connection);
      else if (!error) connection.release();
    });
  };
}

/** Without its settings a connection would store other values than we mean. */
function refuse(connection: PoolConnection, error: Error): void {
  new Logger('Database').error({ err: error }, 'A connection could not be set up');
  connection.destroy();
}

function withoutPool(options: PoolOptions): Parameters<typeof mysql2.createConnection>[0] {
  const own = new Set<string>([...Object.keys(POOL_OPTIONS), 'waitForConnections']);
  return Object.fromEntries(Object.entries(options).filter(([name]) => !own.has(name)));
}
