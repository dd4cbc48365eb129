import type { QueryRunner } from 'typeorm';
import type { Engine } from '../engine';

/** The column types of a migration, spelled for one engine. Landed migrations depend on them: add, never change. */
export interface Dialect {
  readonly engine: Engine;
  /** UUIDv7, digests and other ASCII keys, compared byte by byte. */
  key(length?: number): string;
  /** Unicode text compared byte by byte. */
  exact(length: number): string;
  /** Unicode text compared as words are. */
  text(length: number): string;
  readonly longText: string;
  readonly bytes: string;
  readonly time: string;
  readonly int: string;
  readonly flag: string;
  /** An integer that counts up from 1001 and is never given twice. */
  readonly ticketNumber: string;
}

const MYSQL: Dialect = {
  engine: 'mysql',
  key: (length = 36) => `varchar(${length}) CHARACTER SET ascii COLLATE ascii_bin`,
  exact: (length) => `varchar(${length}) COLLATE utf8mb4_bin`,
  text: (length) => `varchar(${length})`,
  longText: 'mediumtext',
  bytes: 'mediumblob',
  time: 'datetime(3)',
  int: 'int',
  flag: 'tinyint(1)',
  ticketNumber: 'int NOT NULL AUTO_INCREMENT PRIMARY KEY',
};

const SQLITE: Dialect = {
  engine: 'sqlite',
  key: (length = 36) => `varchar(${length})`,
  exact: (length) => `varchar(${length})`,
  text: (length) => `varchar(${length})`,
  longText: 'text',
  bytes: 'blob',
  time: 'datetime',
  int: 'integer',
  flag: 'boolean',
  ticketNumber: 'integer NOT NULL PRIMARY KEY AUTOINCREMENT',
};

export const dialectOf = (runner: QueryRunner): Dialect =>
  runner.dataSource.options.type === 'mysql' ? MYSQL : SQLITE;

export interface TableDefinition {
  /** `name type …` lines, and table constraints. */
  columns: string[];
  /** Index name without the table's, to its columns. */
  indexes?: Record<string, string[]>;
  unique?: Record<string, string[]>;
  /** MySQL: AUTO_INCREMENT. */
  startAt?: number;
}

/** Creates a table with its indexes; safe to repeat after a migration that broke off. */
export async function createTable(runner: QueryRunner, name: string, definition: TableDefinition): Promise<void> {
  for (const statement of statementsFor(dialectOf(runner), name, definition)) await runner.query(statement);
}

function statementsFor(dialect: Dialect, name: string, definition: TableDefinition): string[] {
  const { columns, indexes = {}, unique = {}, startAt } = definition;
  const keys = [
    ...Object.entries(unique).map(([key, parts]) => ({ kind: 'UNIQUE', key: `UQ_${name}_${key}`, parts })),
    ...Object.entries(indexes).map(([key, parts]) => ({ kind: '', key: `IX_${name}_${key}`, parts })),
  ];
  if (dialect.engine === 'mysql') {
    const lines = [...columns, ...keys.map(({ kind, key, parts }) => `${kind} KEY ${key} (${parts.join(', ')})`)];
    const start = startAt ? ` AUTO_INCREMENT=${startAt}` : '';
    return [
      `CREATE TABLE IF NOT EXISTS ${name} (${lines.join(', ')}) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci${start}`,
    ];
  }
  return [
    `CREATE TABLE IF NOT EXISTS ${name} (${columns.join(', ')})`,
    ...keys.map(({ kind, key, parts }) => `CREATE ${kind} INDEX IF NOT EXISTS ${key} ON ${name} (${parts.join(', ')})`),
    ...(startAt ? [`INSERT INTO sqlite_sequence (name, seq) VALUES ('${name}', ${startAt - 1})`] : []),
  ];
}

/** Adds a column; safe to repeat after a migration that broke off. */
export async function addColumn(runner: QueryRunner, table: string, name: string, definition: string): Promise<void> {
  if (await runner.hasColumn(table, name)) return;
  await runner.query(`ALTER TABLE ${table} ADD COLUMN ${name} ${definition}`);
}

/** Adds an index, named as `createTable` names them; safe to repeat after a migration that broke off. */
export async function addIndex(runner: QueryRunner, table: string, name: string, columns: string[]): Promise<void> {
  await exchangeIndexes(runner, table, { add: { [name]: columns }, drop: [] });
}

/** Adds a key, named as `createTable` names them; safe to repeat after a migration that broke off. */
export async function addUniqueIndex(
  runner: QueryRunner,
  table: string,
  name: string,
  columns: string[],
): Promise<void> {
  const key = `UQ_${table}_${name}`;
  if ((await indexesOf(runner, table)).has(key)) return;
  await runner.query(`CREATE UNIQUE INDEX ${key} ON ${table} (${columns.join(', ')})`);
}

/**
 * Adds indexes and drops others, on MySQL in one reading of the table. The new ones come first: foreign keys never stand
 * without an index. Safe to repeat after a migration that broke off.
 */
export async function exchangeIndexes(
  runner: QueryRunner,
  table: string,
  { add, drop }: { add: Record<string, string[]>; drop: readonly string[] },
): Promise<void> {
  const known = await indexesOf(runner, table);
  const missing = Object.entries(add)
    .map(([name, columns]) => ({ index: `IX_${table}_${name}`, columns: columns.join(', ') }))
    .filter(({ index }) => !known.has(index));
  const leftOver = drop.map((name) => `IX_${table}_${name}`).filter((index) => known.has(index));
  if (!missing.length && !leftOver.length) return;
  if (dialectOf(runner).engine === 'mysql') {
    const changes = [
      ...missing.map(({ index, columns }) => `ADD INDEX ${index} (${columns})`),
      ...leftOver.map((index) => `DROP INDEX ${index}`),
    ];
    await runner.query(`ALTER TABLE ${table} ${changes.join(', ')}`);
    return;
  }
  for (const { index, columns } of missing) await runner.query(`CREATE INDEX ${index} ON ${table} (${columns})`);
  for (const index of leftOver) await runner.query(`DROP INDEX ${index}`);
}

async function indexesOf(runner: QueryRunner, table: string): Promise<Set<string>> {
  const rows =
    dialectOf(runner).engine === 'mysql'
      ? ((await runner.query(`SHOW INDEX FROM ${table}`)) as { Key_name: string }[]).map(({ Key_name }) => Key_name)
      : ((await runner.query(`PRAGMA index_list(${table})`)) as { name: string }[]).map(({ name }) => name);
  return new Set(rows);
}
