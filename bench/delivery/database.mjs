import { readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import mysql from 'mysql2/promise';

/** Creates a database of its own on the server; `drop` takes it away again. */
export async function freshDatabase(server) {
  const name = `parley_bench_${process.pid}`;
  const connection = await mysql.createConnection(server);
  await connection.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci`);
  const [[{ file, folder }]] = await connection.query('SELECT @@pid_file AS file, @@datadir AS folder');
  return {
    url: `${server.replace(/\/+$/, '')}/${name}`,
    pid: Number(readFileSync(isAbsolute(file) ? file : join(folder, file), 'utf8')),
    async drop() {
      await connection.query(`DROP DATABASE ${name}`);
      await connection.end();
    },
  };
}
