import type { Connection, Pool, ResultSetHeader, RowDataPacket } from 'mysql2';
import type { DataSource, EntityManager } from 'typeorm';
import { traced } from '../common';
import { engineOf } from './engine';
import { currentRead } from './replicas/replica-read';
import type { StatementResult, StatementRunner } from './serialised-sqlite';
import { statementStep } from './traced-statements';

/** What a statement is given; flags and times are put into words that both engines store alike. */
export type SqlValue = string | number | boolean | Date | Buffer | null;

type StoredValue = string | number | Buffer | null;

/** Runs a prepared statement: in the transaction of `manager`, or on its own. */
export function runPrepared(
  dataSource: DataSource,
  sql: string,
  values: readonly SqlValue[],
  manager?: EntityManager,
): Promise<StatementResult> {
  const stored = values.map(toStored);
  const engine = engineOf(dataSource.manager);
  const run = engine === 'mysql' ? onMysql : onSqlite;
  return traced(
    () => statementStep(engine, sql),
    () => run(dataSource, sql, stored, manager),
  );
}

async function onMysql(
  dataSource: DataSource,
  sql: string,
  values: StoredValue[],
  manager: EntityManager | undefined,
): Promise<StatementResult> {
  const door = manager?.queryRunner
    ? ((await manager.queryRunner.connect()) as Connection)
    : ((await replicaFor(sql)) ?? (dataSource.driver as unknown as { pool: Pool }).pool);
  return new Promise((resolve, reject) => {
    door.execute<RowDataPacket[] | ResultSetHeader>(sql, values, (error, result) => {
      if (error) reject(error);
      else if (Array.isArray(result)) resolve({ rows: result, affected: 0, insertedId: 0 });
      else resolve({ rows: [], affected: result.affectedRows, insertedId: result.insertId });
    });
  });
}

const READS = /^[\s(]*select\b/i;

/** Outside a transaction, and within what may read from a replica. */
async function replicaFor(sql: string): Promise<Pool | undefined> {
  return READS.test(sql) ? currentRead.getStore()?.pool() : undefined;
}

function onSqlite(
  dataSource: DataSource,
  sql: string,
  values: StoredValue[],
  manager: EntityManager | undefined,
): Promise<StatementResult> {
  const runner = manager?.queryRunner ?? dataSource.createQueryRunner();
  return (runner as unknown as StatementRunner).statement(sql, values);
}

function toStored(value: SqlValue): StoredValue {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof Date) return value.toISOString().slice(0, 23).replace('T', ' ');
  return value;
}

/** `?, ?, ?` */
export const placeholders = (count: number): string => Array.from({ length: count }, () => '?').join(', ');
