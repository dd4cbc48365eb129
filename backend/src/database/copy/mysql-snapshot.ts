import type { Connection } from 'mysql2';
import { kindOf, toCopied, type CopiedColumn, type CopiedRow, type CopiedTable, type StoredValue } from './copied-row';
import { OWN_TABLES, RESTORE_MARK } from './database-place';
import { connectMysql, end, run } from './mysql-connection';
import { BATCH_ROWS, type Snapshot } from './snapshot';

interface ColumnRow {
  tableName: string;
  name: string;
  type: string;
  collation: string | null;
  extra: string;
}

const HERE = 'TABLE_SCHEMA = DATABASE()';
const COLUMNS = `SELECT c.TABLE_NAME AS tableName, c.COLUMN_NAME AS name, c.DATA_TYPE AS type,
    c.COLLATION_NAME AS collation, c.EXTRA AS extra
  FROM information_schema.COLUMNS c JOIN information_schema.TABLES t USING (TABLE_SCHEMA, TABLE_NAME)
  WHERE ${HERE} AND t.TABLE_TYPE = 'BASE TABLE' ORDER BY c.TABLE_NAME, c.ORDINAL_POSITION`;
const KEYS = `SELECT TABLE_NAME AS tableName, COLUMN_NAME AS name FROM information_schema.KEY_COLUMN_USAGE
  WHERE ${HERE} AND CONSTRAINT_NAME = 'PRIMARY' ORDER BY TABLE_NAME, ORDINAL_POSITION`;

/** One transaction that goes on seeing what was committed when it began; nobody waits for it. */
export class MysqlSnapshot implements Snapshot {
  readonly engine = 'mysql';
  readonly tables: CopiedTable[] = [];
  readonly migrations: string[] = [];
  isBeingRestored = false;
  /** Key columns whose order is not that of their bytes. */
  private readonly wordy = new Set<string>();

  private constructor(private readonly connection: Connection) {}

  static async open(url: string): Promise<MysqlSnapshot> {
    const connection = await connectMysql(url);
    await run(connection, 'SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ');
    await run(connection, 'START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY');
    const snapshot = new MysqlSnapshot(connection);
    await snapshot.look();
    return snapshot;
  }

  rows<Row>(sql: string, values: readonly (string | number)[] = []): Promise<Row[]> {
    return run<Row>(this.connection, sql, values);
  }

  async *batches(table: CopiedTable): AsyncGenerator<CopiedRow[]> {
    const { name, columns } = table;
    const names = columns.map((column) => `\`${column.name}\``).join(', ');
    const sql = `SELECT ${names} FROM \`${name}\` ${this.inOrder(table)}`;
    const rows = this.connection.query({ sql, rowsAsArray: true }).stream({ highWaterMark: BATCH_ROWS });
    let batch: CopiedRow[] = [];
    for await (const row of rows as AsyncIterable<StoredValue[]>) {
      batch.push(columns.map(({ kind }, at) => toCopied(kind, row[at])));
      if (batch.length < BATCH_ROWS) continue;
      yield batch;
      batch = [];
    }
    if (batch.length) yield batch;
  }

  close(): Promise<void> {
    return end(this.connection);
  }

  /** Byte by byte, as SQLite orders; keys that are ordered so already are read as they lie. */
  private inOrder({ name, key }: CopiedTable): string {
    const isWordy = (column: string): boolean => this.wordy.has(`${name}.${column}`);
    const order = key.map((column) => `\`${column}\`${isWordy(column) ? ' COLLATE utf8mb4_bin' : ''}`).join(', ');
    return `${key.some(isWordy) ? '' : 'FORCE INDEX (PRIMARY) '}ORDER BY ${order}`;
  }

  private async look(): Promise<void> {
    const columns = await this.rows<ColumnRow>(COLUMNS);
    const keys = await this.rows<{ tableName: string; name: string }>(KEYS);
    const names = [...new Set(columns.map(({ tableName }) => tableName))];
    this.isBeingRestored = names.includes(RESTORE_MARK);
    if (names.includes('migrations')) {
      const done = await this.rows<{ name: string }>('SELECT name FROM migrations ORDER BY name');
      this.migrations.push(...done.map(({ name }) => name));
    }
    for (const name of names.filter((table) => !OWN_TABLES.includes(table as never))) {
      const own = columns.filter(({ tableName }) => tableName === name);
      const key = keys.filter(({ tableName }) => tableName === name).map((column) => column.name);
      for (const { name: column, collation } of own)
        if (collation && !collation.endsWith('_bin')) this.wordy.add(`${name}.${column}`);
      this.tables.push({ name, columns: own.map(columnOf), key, ...(await this.counterOf(name, own)) });
    }
    this.tables.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  private async counterOf(table: string, columns: ColumnRow[]): Promise<{ next?: number }> {
    if (!columns.some(({ extra }) => /auto_increment/i.test(extra))) return {};
    // What information_schema says of it may be a day old on MySQL 8.
    const [row] = await this.rows<Record<string, string>>(`SHOW CREATE TABLE \`${table}\``);
    return { next: Number(/AUTO_INCREMENT=(\d+)/.exec(row['Create Table'])?.[1] ?? 1) };
  }
}

const columnOf = ({ name, type }: ColumnRow): CopiedColumn => ({ name, kind: kindOf(type) });
