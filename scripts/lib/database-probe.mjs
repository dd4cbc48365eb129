import { requireInstalled } from './checkout.mjs';

const DEFAULT_URL = 'mysql://root@127.0.0.1:3306';
const ANSWER_WITHIN_MS = 3_000;

/** Where the tests look for a MySQL or MariaDB server. */
export const testDatabaseUrl = () => process.env.TEST_DATABASE_URL || DEFAULT_URL;

/**
 * @returns {Promise<string | undefined>} why the server cannot be used; undefined when it can
 */
export async function databaseProblem() {
  const url = testDatabaseUrl();
  const host = URL.canParse(url) ? new URL(url).host : url;
  try {
    const mysql = requireInstalled('mysql2/promise');
    const connection = await mysql.createConnection({ uri: url, connectTimeout: ANSWER_WITHIN_MS });
    await connection.query('SELECT 1');
    await connection.end();
    return undefined;
  } catch (error) {
    return `no MySQL or MariaDB server can be used at ${host} (${error.code ?? error.message}); TEST_DATABASE_URL names another`;
  }
}
