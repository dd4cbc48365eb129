import type { Connection } from 'mysql2';
import { fromCopied, type CopiedRow, type CopiedTable } from './copied-row';
import { stateOf, type CopyTarget, type TargetState } from './copy-target';
import { RESTORE_MARK } from './database-place';
import { connectMysql, end, run } from './mysql-connection';

/** Far below what any server takes as one statement. */
const MOST_LETTERS = 500_000;

export class MysqlTarget implements CopyTarget {
  private constructor(private readonly connection: Connection) {}

  static async open(url: string): Promise<MysqlTarget> {
    const connection = await connectMysql(url);
    await run(connection, 'SET SESSION foreign_key_checks = 0, unique_checks = 0');
    return new MysqlTarget(connection);
  }

  async look(): Promise<TargetState> {
    const count = async (table: string): Promise<number> =>
      (await run(this.connection, `SELECT 1 FROM \`${table}\` LIMIT 1`)).length;
    return stateOf(await this.tables(), RESTORE_MARK, count);
  }

  async clear(): Promise<void> {
    await this.run(`CREATE TABLE IF NOT EXISTS ${RESTORE_MARK} (id int NOT NULL PRIMARY KEY)`);
    for (const table of await this.tables()) if (table !== RESTORE_MARK) await this.run(`DROP TABLE \`${table}\``);
  }

  async insert({ name, columns }: CopiedTable, rows: readonly CopiedRow[]): Promise<void> {
    const names = columns.map((column) => `\`${column.name}\``).join(', ');
    for (const part of inParts(rows)) {
      const values = part.map((row) => columns.map(({ kind }, at) => fromCopied(kind, row[at])));
      await run(this.connection, `INSERT INTO \`${name}\` (${names}) VALUES ?`, [values]);
    }
  }

  empty({ name }: CopiedTable): Promise<void> {
    return this.run(`DELETE FROM \`${name}\``);
  }

  countFrom({ name }: CopiedTable, next: number): Promise<void> {
    return this.run(`ALTER TABLE \`${name}\` AUTO_INCREMENT = ${Math.trunc(next)}`);
  }

  async run(sql: string, values: readonly (string | number)[] = []): Promise<void> {
    await run(this.connection, sql, values);
  }

  finish(): Promise<void> {
    return this.run(`DROP TABLE ${RESTORE_MARK}`);
  }

  close(): Promise<void> {
    return end(this.connection);
  }

  private async tables(): Promise<string[]> {
    const rows = await run<{ name: string }>(
      this.connection,
      `SELECT TABLE_NAME AS name FROM information_schema.TABLES
        WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE = 'BASE TABLE'`,
    );
    return rows.map(({ name }) => name);
  }
}

/** So many rows that a statement with them is neither long nor short. */
function* inParts(rows: readonly CopiedRow[]): Generator<CopiedRow[]> {
  let part: CopiedRow[] = [];
  let letters = 0;
  for (const row of rows) {
    part.push(row);
    letters += row.reduce<number>((sum, value) => sum + (typeof value === 'string' ? value.length : 8), 0);
    if (letters < MOST_LETTERS) continue;
    yield part;
    part = [];
    letters = 0;
  }
  if (part.length) yield part;
}
