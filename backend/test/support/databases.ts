import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { MYSQL_CHARSET, MYSQL_COLLATION, type Engine } from '../../src/database';

/** The engine this run is about; the whole suite is run once for each. */
export const ENGINE: Engine = process.env.TEST_ENGINE === 'mysql' ? 'mysql' : 'sqlite';
const SERVER = process.env.TEST_DATABASE_URL ?? 'mysql://root@127.0.0.1:3306';
const PREFIX = 'parley_test_';

/** A data folder and a database that nobody else uses; both are gone after `drop`. */
export interface Scratch {
  dataDir: string;
  databaseUrl: string | undefined;
  drop(): Promise<void>;
}

export async function scratch(engine: Engine = ENGINE): Promise<Scratch> {
  const dataDir = await mkdtemp(join(tmpdir(), 'parley-test-'));
  if (engine === 'sqlite')
    return { dataDir, databaseUrl: undefined, drop: () => rm(dataDir, { recursive: true, force: true }) };
  const name = `${PREFIX}${randomBytes(6).toString('hex')}`;
  await onServer(`CREATE DATABASE ${name} CHARACTER SET ${MYSQL_CHARSET} COLLATE ${MYSQL_COLLATION}`);
  const url = new URL(SERVER);
  url.pathname = `/${name}`;
  return {
    dataDir,
    databaseUrl: url.toString(),
    drop: async () => {
      await onServer(`DROP DATABASE IF EXISTS ${name}`);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function onServer(statement: string): Promise<void> {
  const connection = await createConnection({ uri: SERVER });
  try {
    await connection.query(statement);
  } finally {
    await connection.end();
  }
}
