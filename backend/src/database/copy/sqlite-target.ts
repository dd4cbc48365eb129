import { rmSync } from 'node:fs';
import type Sqlite from 'better-sqlite3';
import type { Database } from 'better-sqlite3';
import { fromCopied, type CopiedRow, type CopiedTable } from './copied-row';
import { stateOf, type CopyTarget, type TargetState } from './copy-target';
import { RESTORE_MARK } from './database-place';

const BUSY_MS = 10_000;

export class SqliteTarget implements CopyTarget {
  private constructor(
    private readonly sqlite: typeof Sqlite,
    private readonly path: string,
    private database: Database,
  ) {}

  static async open(path: string): Promise<SqliteTarget> {
    const { default: sqlite } = await import('better-sqlite3');
    return new SqliteTarget(sqlite, path, openFile(sqlite, path));
  }

  async look(): Promise<TargetState> {
    const rows = this.database
      .prepare(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'`)
      .all() as { name: string }[];
    const count = async (table: string): Promise<number> =>
      this.database.prepare(`SELECT 1 FROM "${table}" LIMIT 1`).all().length;
    return stateOf(
      rows.map(({ name }) => name),
      RESTORE_MARK,
      count,
    );
  }

  /** A new file has no room of old rows in it, and is there with its mark or not at all. */
  async clear(): Promise<void> {
    this.database.close();
    for (const end of ['', '-wal', '-shm']) rmSync(this.path + end, { force: true });
    this.database = openFile(this.sqlite, this.path);
    this.database.exec(`CREATE TABLE ${RESTORE_MARK} (id integer NOT NULL PRIMARY KEY)`);
  }

  async insert({ name, columns }: CopiedTable, rows: readonly CopiedRow[]): Promise<void> {
    const names = columns.map((column) => `"${column.name}"`).join(', ');
    const statement = this.database.prepare(
      `INSERT INTO "${name}" (${names}) VALUES (${columns.map(() => '?').join(', ')})`,
    );
    this.database.exec('BEGIN IMMEDIATE');
    try {
      for (const row of rows) statement.run(...columns.map(({ kind }, at) => fromCopied(kind, row[at])));
      this.database.exec('COMMIT');
    } catch (error) {
      this.database.exec('ROLLBACK');
      throw error;
    }
  }

  async empty({ name }: CopiedTable): Promise<void> {
    this.database.exec(`DELETE FROM "${name}"`);
  }

  async countFrom({ name }: CopiedTable, next: number): Promise<void> {
    const last = Math.trunc(next) - 1;
    const { changes } = this.database.prepare('UPDATE sqlite_sequence SET seq = ? WHERE name = ?').run(last, name);
    if (!changes) this.database.prepare('INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)').run(name, last);
  }

  async run(sql: string, values: readonly (string | number)[] = []): Promise<void> {
    this.database.prepare(sql).run(...values);
  }

  async finish(): Promise<void> {
    this.database.pragma('synchronous = FULL');
    this.database.exec(`DROP TABLE ${RESTORE_MARK}`);
    this.database.pragma('wal_checkpoint(TRUNCATE)');
  }

  async close(): Promise<void> {
    this.database.close();
  }
}

function openFile(sqlite: typeof Sqlite, path: string): Database {
  const database = new sqlite(path, { timeout: BUSY_MS });
  database.pragma('journal_mode = WAL');
  // Whatever a power cut takes away now is marked as unfinished.
  database.pragma('synchronous = NORMAL');
  database.pragma('foreign_keys = OFF');
  return database;
}
