import { readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import mysql from 'mysql2/promise';
import { processorMs } from '../delivery/servers.mjs';

/** A filled database, and the process that serves it. */
export async function measuredDatabase(url) {
  const connection = await mysql.createConnection(url);
  const [[about]] = await connection.query(
    `SELECT VERSION() AS version, @@pid_file AS file, @@datadir AS folder,
      @@innodb_buffer_pool_size / 1048576 AS poolMb,
      (SELECT COUNT(*) FROM tickets) AS tickets, (SELECT COUNT(*) FROM messages) AS messages`,
  );
  const { version, file, folder, tickets, messages } = about;
  const pid = Number(readFileSync(isAbsolute(file) ? file : join(folder, file), 'utf8'));
  return {
    url,
    pid,
    version,
    tickets,
    messages,
    poolMb: Number(about.poolMb),
    usage: () => processorMs(pid),
    end: () => connection.end(),
  };
}
