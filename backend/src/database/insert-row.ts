import type { EntityManager, ObjectLiteral } from 'typeorm';
import { rowsOf } from './entity-rows';
import { placeholders, runPrepared } from './prepared';
import type { StatementResult } from './serialised-sqlite';

type Target<Row> = new () => Row;

/** Inserts one complete row; every column must be named, so a new column can't be forgotten anywhere. */
export async function insertRow<Row extends ObjectLiteral>(
  manager: EntityManager,
  entity: Target<Row>,
  row: Row,
): Promise<void> {
  await insert(manager, entity, row);
}

/** The same with columns whose values are expressions of SQL, put into the statement as they are. */
export async function insertComputedRow<Row extends ObjectLiteral, Computed extends keyof Row & string>(
  manager: EntityManager,
  entity: Target<Row>,
  row: Omit<Row, Computed>,
  computed: Record<Computed, string>,
): Promise<void> {
  await insert(manager, entity, row as unknown as Partial<Row>, computed);
}

/** The same for a row that the database numbers; returns it with its number. */
export async function insertNumberedRow<Row extends ObjectLiteral & { number: number }>(
  manager: EntityManager,
  entity: Target<Row>,
  row: Omit<Row, 'number'>,
): Promise<Row> {
  const { insertedId } = await insert(manager, entity, row as Partial<Row>);
  return { ...row, number: insertedId } as Row;
}

/** Changes the rows with these keys; returns how many there are. */
export async function updateRow<Row extends ObjectLiteral>(
  manager: EntityManager,
  entity: Target<Row>,
  keys: Partial<Row>,
  changes: Partial<Row>,
): Promise<number> {
  const rows = rowsOf(manager.dataSource, entity);
  const [set, where] = [rows.stored(changes), rows.stored(keys)];
  const sql = `UPDATE ${rows.table} SET ${set.names.map(isValue).join(', ')} WHERE ${where.names.map(isValue).join(' AND ')}`;
  return (await runPrepared(manager.dataSource, sql, [...set.values, ...where.values], manager)).affected;
}

const isValue = (name: string): string => `${name} = ?`;

function insert<Row extends ObjectLiteral>(
  manager: EntityManager,
  entity: Target<Row>,
  row: Partial<Row>,
  computed: Record<string, string> = {},
): Promise<StatementResult> {
  const rows = rowsOf(manager.dataSource, entity);
  const { names, values } = rows.stored(row);
  const columns = [...names, ...Object.keys(computed)].join(', ');
  const contents = [placeholders(names.length), ...Object.values(computed)].join(', ');
  return runPrepared(
    manager.dataSource,
    `INSERT INTO ${rows.table} (${columns}) VALUES (${contents})`,
    values,
    manager,
  );
}
