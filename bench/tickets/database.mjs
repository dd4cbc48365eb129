import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isAbsolute, join, resolve } from 'node:path';
import mysql from 'mysql2/promise';
import { processorMs } from '../delivery/servers.mjs';

/** A filled database: the address of one on a server, or the data folder of an embedded one. */
export const measuredDatabase = (place) => (place.startsWith('mysql:') ? onServer(place) : embedded(resolve(place)));

/** With the process that serves it. */
async function onServer(url) {
  const connection = await mysql.createConnection(url);
  const [[about]] = await connection.query(
    `SELECT VERSION() AS version, @@pid_file AS file, @@datadir AS folder,
      @@innodb_buffer_pool_size / 1048576 AS poolMb,
      (SELECT COUNT(*) FROM tickets) AS tickets, (SELECT COUNT(*) FROM messages) AS messages`,
  );
  await connection.end();
  const { version, file, folder, tickets, messages, poolMb } = about;
  const pid = Number(readFileSync(isAbsolute(file) ? file : join(folder, file), 'utf8'));
  return {
    url,
    pid,
    about: `${version}, ${tickets} tickets, ${messages} messages, buffer pool ${Number(poolMb)} MB`,
    usage: () => processorMs(pid),
  };
}

/** Its work is done by the server of the product. */
function embedded(dataDir) {
  const Database = createRequire(import.meta.url)('better-sqlite3');
  const database = new Database(join(dataDir, 'parley.sqlite'), { readonly: true });
  const count = (table) => database.prepare(`SELECT COUNT(*) FROM ${table}`).pluck().get();
  const version = database.prepare('SELECT sqlite_version()').pluck().get();
  const about = `SQLite ${version}, ${count('tickets')} tickets, ${count('messages')} messages`;
  database.close();
  return { dataDir, about };
}
