import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isBusy } from '../engine';
import { DatabaseRefusal, nameOf, sqlitePath, type DatabasePlace } from './database-place';
import { connectMysql, end, run } from './mysql-connection';

/** A process that has just ended may still be known to the database. */
const PATIENCE_MS = 3_000;
const PAUSE_MS = 200;

/** Throws while another process works with the database: it would go on with what is about to be replaced. */
export async function refuseWhileInUse(place: DatabasePlace): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; await isInUse(place); await sleep(PAUSE_MS))
    if (Date.now() > end)
      throw new DatabaseRefusal(
        `Another process works with the database ${nameOf(place)}. Stop every server on it first, then try again.`,
      );
}

const isInUse = (place: DatabasePlace): Promise<boolean> =>
  place.databaseUrl ? isMysqlInUse(place.databaseUrl) : isSqliteInUse(sqlitePath(place));

/** Servers always keep a connection open, and one's own are shown to everybody. */
async function isMysqlInUse(url: string): Promise<boolean> {
  const connection = await connectMysql(url);
  try {
    const [{ id, name }] = await run<{ id: number; name: string }>(
      connection,
      'SELECT CONNECTION_ID() AS id, DATABASE() AS name',
    );
    const open = await run<{ Id: number; db: string | null }>(connection, 'SHOW PROCESSLIST');
    return open.some(({ Id, db }) => db === name && Number(Id) !== Number(id));
  } finally {
    await end(connection);
  }
}

/** A journal of another kind can be had by whoever is alone with the file only. */
async function isSqliteInUse(path: string): Promise<boolean> {
  if (!existsSync(path)) return false;
  const { default: Sqlite } = await import('better-sqlite3');
  const database = new Sqlite(path, { timeout: 0 });
  try {
    database.pragma('journal_mode = DELETE');
    database.pragma('journal_mode = WAL');
    return false;
  } catch (error) {
    if (isBusy(error)) return true;
    throw error;
  } finally {
    database.close();
  }
}
