import type { DataSource } from 'typeorm';
import { engineOf } from '../../../src/database';

export interface Table {
  /** Column name to whether it may be null. */
  columns: Record<string, boolean>;
  /** The columns of each index, the primary key's among them. */
  indexes: { columns: string[]; isUnique: boolean }[];
  foreignKeys: { columns: string[]; references: string }[];
}

export type Schema = Record<string, Table>;

/** Engines return raw rows as text, numbers or buffers; this is what they say. */
type Row = Record<string, string | number | null>;

/** The schema as the database itself describes it, without the list of migrations. */
export async function schemaOf(dataSource: DataSource): Promise<Schema> {
  const ask = (sql: string): Promise<Row[]> => dataSource.query(sql);
  const isMysql = engineOf(dataSource.manager) === 'mysql';
  const names = isMysql
    ? await ask(`SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()`)
    : await ask(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'`);
  const schema: Schema = {};
  for (const { name } of names)
    if (name !== 'migrations')
      schema[String(name)] = isMysql ? await mysqlTable(ask, String(name)) : await sqliteTable(ask, String(name));
  return schema;
}

async function mysqlTable(ask: (sql: string) => Promise<Row[]>, table: string): Promise<Table> {
  const here = `table_schema = DATABASE() AND table_name = '${table}'`;
  const columns = await ask(
    `SELECT column_name AS name, is_nullable AS nullable FROM information_schema.columns WHERE ${here}`,
  );
  const indexes = await ask(
    `SELECT index_name AS owner, column_name AS name, non_unique AS loose FROM information_schema.statistics WHERE ${here} ORDER BY index_name, seq_in_index`,
  );
  const keys = await ask(
    `SELECT constraint_name AS owner, column_name AS name, referenced_table_name AS target FROM information_schema.key_column_usage WHERE ${here} AND referenced_table_name IS NOT NULL ORDER BY column_name`,
  );
  return {
    columns: Object.fromEntries(columns.map(({ name, nullable }) => [name, nullable === 'YES'])),
    indexes: grouped(indexes).map((rows) => ({ columns: namesOf(rows), isUnique: Number(rows[0].loose) === 0 })),
    foreignKeys: grouped(keys).map((rows) => ({ columns: namesOf(rows), references: String(rows[0].target) })),
  };
}

async function sqliteTable(ask: (sql: string) => Promise<Row[]>, table: string): Promise<Table> {
  const columns = await ask(`PRAGMA table_info(${table})`);
  const keys = await ask(`PRAGMA foreign_key_list(${table})`);
  const primary = columns.filter(({ pk }) => Number(pk) > 0).toSorted((a, b) => Number(a.pk) - Number(b.pk));
  const indexes: Table['indexes'] = [{ columns: namesOf(primary), isUnique: true }];
  for (const { name, unique, origin } of await ask(`PRAGMA index_list(${table})`))
    if (origin !== 'pk')
      indexes.push({ columns: namesOf(await ask(`PRAGMA index_info(${name})`)), isUnique: Number(unique) === 1 });
  return {
    columns: Object.fromEntries(columns.map(({ name, notnull }) => [name, Number(notnull) === 0])),
    indexes,
    foreignKeys: keys.map(({ from, table: target }) => ({ columns: [String(from)], references: String(target) })),
  };
}

const namesOf = (rows: Row[]): string[] => rows.map(({ name }) => String(name));

function grouped(rows: Row[]): Row[][] {
  const groups = new Map<unknown, Row[]>();
  for (const row of rows) groups.set(row.owner, [...(groups.get(row.owner) ?? []), row]);
  return [...groups.values()];
}
