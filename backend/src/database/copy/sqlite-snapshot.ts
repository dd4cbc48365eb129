import { existsSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { kindOf, toCopied, type CopiedRow, type CopiedTable, type StoredValue } from './copied-row';
import { DatabaseRefusal, OWN_TABLES, RESTORE_MARK } from './database-place';
import { BATCH_ROWS, type Snapshot } from './snapshot';

const BUSY_MS = 10_000;

interface ColumnRow {
  name: string;
  type: string;
  /** The place in the primary key, from 1. */
  pk: number;
}

const TABLES = `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name`;

/** One read transaction on a connection of its own: in WAL mode it hinders nobody, and nobody hinders it. */
export class SqliteSnapshot implements Snapshot {
  readonly engine = 'sqlite';
  readonly tables: CopiedTable[] = [];
  readonly migrations: string[] = [];
  isBeingRestored = false;

  private constructor(private readonly database: Database) {}

  static async open(path: string): Promise<SqliteSnapshot> {
    if (!existsSync(path)) throw new DatabaseRefusal(`There is no database at ${path}.`);
    const { default: Sqlite } = await import('better-sqlite3');
    const database = new Sqlite(path, { readonly: true, timeout: BUSY_MS });
    database.exec('BEGIN');
    const snapshot = new SqliteSnapshot(database);
    snapshot.look();
    return snapshot;
  }

  async rows<Row>(sql: string, values: readonly (string | number)[] = []): Promise<Row[]> {
    return this.database.prepare(sql).all(...values) as Row[];
  }

  async *batches({ name, columns, key }: CopiedTable): AsyncGenerator<CopiedRow[]> {
    const list = (names: readonly string[]): string => names.map((column) => `"${column}"`).join(', ');
    const sql = `SELECT ${list(columns.map((column) => column.name))} FROM "${name}" ORDER BY ${list(key)}`;
    const rows = this.database.prepare(sql).raw().safeIntegers().iterate();
    let batch: CopiedRow[] = [];
    for (const row of rows as Iterable<StoredValue[]>) {
      batch.push(columns.map(({ kind }, at) => toCopied(kind, row[at])));
      if (batch.length < BATCH_ROWS) continue;
      yield batch;
      batch = [];
    }
    if (batch.length) yield batch;
  }

  async close(): Promise<void> {
    this.database.close();
  }

  private look(): void {
    const names = this.all<{ name: string }>(TABLES).map(({ name }) => name);
    this.isBeingRestored = names.includes(RESTORE_MARK);
    if (names.includes('migrations'))
      this.migrations.push(...this.all<{ name: string }>('SELECT name FROM migrations ORDER BY name').map(nameOf));
    for (const name of names.filter((table) => !OWN_TABLES.includes(table as never))) {
      const columns = this.all<ColumnRow>(`PRAGMA table_info("${name}")`);
      const key = columns.filter(({ pk }) => pk > 0).toSorted((a, b) => a.pk - b.pk);
      const shape = columns.map((column) => ({ name: column.name, kind: kindOf(column.type) }));
      this.tables.push({ name, columns: shape, key: key.map(nameOf), ...this.counterOf(name) });
    }
  }

  private counterOf(table: string): { next?: number } {
    const [{ sql }] = this.all<{ sql: string }>(`SELECT sql FROM sqlite_master WHERE name = '${table}'`);
    if (!/AUTOINCREMENT/i.test(sql)) return {};
    const [last] = this.all<{ seq: number }>(`SELECT seq FROM sqlite_sequence WHERE name = '${table}'`);
    return { next: (last?.seq ?? 0) + 1 };
  }

  private all<Row>(sql: string): Row[] {
    return this.database.prepare(sql).all() as Row[];
  }
}

const nameOf = ({ name }: { name: string }): string => name;
