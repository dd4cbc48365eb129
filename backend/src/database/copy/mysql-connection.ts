import { createConnection, type Connection } from 'mysql2';
import { MYSQL_COLLATION } from '../data-source';

const CONNECT_TIMEOUT_MS = 5_000;

/** Nobody else waits for this connection, so it may be silent for hours: as long as the slower side needs. */
const SESSION = `SET SESSION time_zone = '+00:00', sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION',
  wait_timeout = 28800, net_read_timeout = 3600, net_write_timeout = 3600 /*M!100300 , idle_transaction_timeout = 0 */`;

/** A connection of its own, on which times come as they are stored. */
export async function connectMysql(url: string): Promise<Connection> {
  const connection = createConnection({
    uri: url,
    charset: MYSQL_COLLATION,
    timezone: 'Z',
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: false,
    connectTimeout: CONNECT_TIMEOUT_MS,
  });
  // Whoever uses the connection is told of its failure; without a listener it would end the process.
  connection.on('error', () => undefined);
  await run(connection, SESSION);
  return connection;
}

/** Rows of a query, or nothing. */
export async function run<Row>(connection: Connection, sql: string, values: readonly unknown[] = []): Promise<Row[]> {
  const [result] = await connection.promise().query(sql, values as never);
  return Array.isArray(result) ? (result as Row[]) : [];
}

export const end = (connection: Connection): Promise<void> => connection.promise().end();
