import type { Pool, RowDataPacket } from 'mysql2';

/** How the two servers say how far they are. Both name transactions by global ids (GTID), each in its own words. */
interface Dialect {
  /** How far the primary is; empty when it does not count its transactions. */
  readonly position: string;
  /** Whether a replica has all that the primary had at a position: 1 if so. */
  readonly has: string;
}

const MARIADB: Dialect = {
  position: `SELECT IF(@@global.log_bin, @@global.gtid_binlog_pos, '') AS answer`,
  has: 'SELECT MASTER_GTID_WAIT(?, 0) = 0 AS answer',
};

const MYSQL: Dialect = {
  position: `SELECT IF(@@global.gtid_mode = 'ON', @@global.gtid_executed, '') AS answer`,
  has: 'SELECT GTID_SUBSET(?, @@global.gtid_executed) AS answer',
};

/** The server that is written to does not say how far it is. */
class NoPositions extends Error {
  constructor() {
    super('The database counts no transactions: switch on its binary log, and on MySQL gtid_mode.');
  }
}

/** Asks servers how far they are. */
export class Gtids {
  private dialect: Dialect | undefined;

  constructor(private readonly primary: Pool) {}

  /** A place in the history of the primary behind everything that was committed before the question. */
  async position(): Promise<string> {
    this.dialect ??= /mariadb/i.test(String(await ask(this.primary, 'SELECT VERSION() AS answer'))) ? MARIADB : MYSQL;
    const position = String(await ask(this.primary, this.dialect.position));
    if (!position) throw new NoPositions();
    return position;
  }

  /** Whether a replica has everything up to a place. */
  async has(replica: Pool, position: string): Promise<boolean> {
    return Number(await ask(replica, (this.dialect ?? MARIADB).has, [position])) === 1;
  }
}

function ask(pool: Pool, sql: string, values: string[] = []): Promise<unknown> {
  return new Promise((resolve, reject) => {
    pool.execute<RowDataPacket[]>(sql, values, (error, rows) => {
      if (error) reject(error);
      else resolve(rows[0].answer);
    });
  });
}
