import type { DataSource, QueryRunner, ReplicationMode } from 'typeorm';
import { isTracing, traced, type TracedStep } from '../common';
import { engineOf, type Engine } from './engine';

const OPERATION = /^\W*(\w+)/;
const TABLE = /\b(?:from|into|update|table)\s+[`"]?(\w+)/i;

/** What a statement does, and to which table first; never the statement itself, as constants may stand in it. */
export function statementStep(engine: Engine, sql: string): TracedStep {
  const operation = OPERATION.exec(sql)?.[1].toUpperCase() ?? 'UNKNOWN';
  const table = TABLE.exec(sql)?.[1];
  const facts = {
    'db.system.name': engine,
    'db.operation.name': operation,
    ...(table && { 'db.collection.name': table }),
  };
  return { name: table ? `${operation} ${table}` : operation, kind: 'client', facts };
}

/** What TypeORM asks the database is told to traces as well; while there are none, nothing is changed. */
export function traceStatements(dataSource: DataSource): DataSource {
  if (!isTracing()) return dataSource;
  const engine = engineOf(dataSource.manager);
  const driver = dataSource.driver as unknown as { createQueryRunner(mode: ReplicationMode): QueryRunner };
  const create = driver.createQueryRunner.bind(driver);
  driver.createQueryRunner = (mode) => {
    const runner = create(mode);
    const ask = runner.query.bind(runner) as (sql: string, ...rest: unknown[]) => Promise<unknown>;
    const query = (sql: string, ...rest: unknown[]): Promise<unknown> =>
      traced(
        () => statementStep(engine, sql),
        () => ask(sql, ...rest),
      );
    return Object.assign(runner, { query });
  };
  return dataSource;
}
