import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource, EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import { engineOf, isDatabaseAway, isUniqueViolation, placeholders } from '../../database';

/** As many values as every engine takes in one statement. */
const MOST_VALUES = 9_000;

const ATTEMPTS = 5;
const PAUSE_MS = 1_000;

type Stored = string | number | null;

/** Many complete rows in few statements, without an entity manager looking at each of them. */
export class VolumeWriter {
  private readonly shapes = new Map<EntityTarget<ObjectLiteral>, Shape>();

  constructor(private readonly dataSource: DataSource) {}

  /** Like `inTransaction`, and again when the connection was lost: what was stored then is found stored. */
  async inLastingTransaction(work: (manager: EntityManager) => Promise<void>): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.inTransaction(work);
      } catch (error) {
        if (attempt > 1 && isUniqueViolation(error)) return;
        if (attempt === ATTEMPTS || !isDatabaseAway(error)) throw error;
        await sleep(PAUSE_MS * attempt);
      }
    }
  }

  /**
   * One transaction. The rows are known to be whole: on MySQL keys are not looked up row by row, and unique ones may be
   * merged later.
   */
  async inTransaction(work: (manager: EntityManager) => Promise<void>): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      if (engineOf(manager) === 'mysql') await manager.query('SET SESSION unique_checks = 0, foreign_key_checks = 0');
      await work(manager);
      if (engineOf(manager) === 'mysql') await manager.query('SET SESSION unique_checks = 1, foreign_key_checks = 1');
    });
  }

  async insert<Row extends ObjectLiteral>(manager: EntityManager, entity: EntityTarget<Row>, rows: readonly Row[]) {
    const shape = this.shapeOf(entity);
    const most = Math.floor(MOST_VALUES / shape.columns.length);
    for (let start = 0; start < rows.length; start += most) {
      const chunk = rows.slice(start, start + most);
      const tuple = `(${placeholders(shape.columns.length)})`;
      const sql = `INSERT INTO ${shape.table} (${shape.names}) VALUES ${chunk.map(() => tuple).join(', ')}`;
      await manager.query(
        sql,
        chunk.flatMap((row) => shape.columns.map((valueOf) => valueOf(row))),
      );
    }
  }

  private shapeOf<Row extends ObjectLiteral>(entity: EntityTarget<Row>): Shape {
    const known = this.shapes.get(entity);
    if (known) return known;
    const { tableName, columns } = this.dataSource.getMetadata(entity);
    const shape: Shape = {
      table: tableName,
      names: columns.map(({ databaseName }) => databaseName).join(', '),
      columns: columns.map(({ propertyName, transformer }) => (row) => {
        const value: unknown = row[propertyName];
        return stored(transformer && !Array.isArray(transformer) ? transformer.to(value) : value);
      }),
    };
    this.shapes.set(entity, shape);
    return shape;
  }
}

interface Shape {
  table: string;
  names: string;
  columns: ((row: ObjectLiteral) => Stored)[];
}

function stored(value: unknown): Stored {
  if (value instanceof Date) return value.toISOString().slice(0, 23).replace('T', ' ');
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value as Stored;
}
