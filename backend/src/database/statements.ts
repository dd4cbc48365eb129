import { Injectable } from '@nestjs/common';
import type { Connection, Pool, ResultSetHeader, RowDataPacket } from 'mysql2';
import { DataSource, type ObjectLiteral } from 'typeorm';
import type { Transaction } from './domain-event';
import { engineOf, type Engine } from './engine';
import { EntityRows } from './entity-rows';
import type { StatementResult, StatementRunner } from './serialised-sqlite';

const CHUNK = 16;
/** Powers of four up to this, so that there are few statements to prepare. */
const MOST_VALUES = 256;

/** What a statement is given; flags and times are put into words that both engines store alike. */
export type SqlValue = string | number | boolean | Date | Buffer | null;

type StoredValue = string | number | Buffer | null;

/**
 * Prepared statements for the paths that every message takes: the text is parsed once per connection, and rows come as
 * they are stored, or as entities. The same SQL runs on both engines. Everywhere else TypeORM is easier to read.
 */
@Injectable()
export class Statements {
  private readonly engine: Engine;
  private readonly entityRows = new Map<unknown, EntityRows<ObjectLiteral>>();

  constructor(private readonly dataSource: DataSource) {
    this.engine = engineOf(dataSource.manager);
  }

  /** The rows of a query; inside a unit of work pass its `tx`. */
  async rows<Row>(sql: string, values: readonly SqlValue[], tx?: Transaction): Promise<Row[]> {
    return (await this.execute(sql, values, tx)).rows as Row[];
  }

  /**
   * Asks the same question about many keys with few statements. `question` takes the key as its one parameter, and its
   * rows say which key they belong to.
   */
  async rowsForEach<Row>(question: string, keys: readonly SqlValue[]): Promise<Row[]> {
    if (keys.length === 1) return this.rows<Row>(question, keys);
    const rows: Row[] = [];
    for (let start = 0; start < keys.length; start += CHUNK) {
      const chunk = keys.slice(start, start + CHUNK);
      // Always as many branches, so that there is one statement to prepare; NULL is nobody's key.
      const padded = [...chunk, ...Array.from({ length: CHUNK - chunk.length }, () => null)];
      rows.push(...(await this.rows<Row>(padded.map(() => question).join(' UNION ALL '), padded)));
    }
    return rows;
  }

  /** Entities as TypeORM reads them, by a prepared statement; `rest` is what follows the name of the table. */
  async entities<Entity extends ObjectLiteral>(
    target: new () => Entity,
    rest: string,
    values: readonly SqlValue[],
    tx?: Transaction,
  ): Promise<Entity[]> {
    const rows = this.rowsOf(target);
    const found = await this.rows<Record<string, unknown>>(
      `SELECT ${rows.columns} FROM ${rows.table} ${rest}`,
      values,
      tx,
    );
    return found.map((row) => rows.entity(row));
  }

  /** The rows with one of many values in a column, in no order: `query` ends with the name of the column. */
  async rowsIn<Row>(query: string, values: readonly SqlValue[], and = ''): Promise<Row[]> {
    const rows: Row[] = [];
    for (let start = 0; start < values.length; start += MOST_VALUES) {
      const chunk = filledUp(values.slice(start, start + MOST_VALUES));
      rows.push(...(await this.rows<Row>(`${query} IN (${placeholders(chunk.length)}) ${and}`, chunk)));
    }
    return rows;
  }

  /** The entities with one of many values in a column, in no order; `and` narrows them down. */
  async entitiesIn<Entity extends ObjectLiteral>(
    target: new () => Entity,
    column: keyof Entity & string,
    values: readonly SqlValue[],
    and?: string,
  ): Promise<Entity[]> {
    const rows = this.rowsOf(target);
    const query = `SELECT ${rows.columns} FROM ${rows.table} WHERE ${column}`;
    return (await this.rowsIn<Record<string, unknown>>(query, values, and)).map((row) => rows.entity(row));
  }

  /** Writes as part of a unit of work; returns how many rows it found. */
  async write(tx: Transaction, sql: string, values: readonly SqlValue[]): Promise<number> {
    return (await this.execute(sql, values, tx)).affected;
  }

  private rowsOf<Entity extends ObjectLiteral>(target: new () => Entity): EntityRows<Entity> {
    const rows = this.entityRows.get(target) ?? new EntityRows(this.dataSource.getMetadata(target));
    this.entityRows.set(target, rows);
    return rows as EntityRows<Entity>;
  }

  private execute(sql: string, values: readonly SqlValue[], tx?: Transaction): Promise<StatementResult> {
    const stored = values.map(toStored);
    return this.engine === 'mysql' ? this.onMysql(sql, stored, tx) : this.onSqlite(sql, stored, tx);
  }

  private async onMysql(sql: string, values: StoredValue[], tx?: Transaction): Promise<StatementResult> {
    const door = tx
      ? ((await tx.manager.queryRunner?.connect()) as Connection)
      : (this.dataSource.driver as unknown as { pool: Pool }).pool;
    return new Promise((resolve, reject) => {
      door.execute<RowDataPacket[] | ResultSetHeader>(sql, values, (error, result) => {
        if (error) reject(error);
        else if (Array.isArray(result)) resolve({ rows: result, affected: 0 });
        else resolve({ rows: [], affected: result.affectedRows });
      });
    });
  }

  private onSqlite(sql: string, values: StoredValue[], tx?: Transaction): Promise<StatementResult> {
    const runner = tx?.manager.queryRunner ?? this.dataSource.createQueryRunner();
    return (runner as unknown as StatementRunner).statement(sql, values);
  }
}

/** `?, ?, ?` */
export const placeholders = (count: number): string => Array.from({ length: count }, () => '?').join(', ');

/**
 * Up to the next power of four, by repeating the last item: for statements whose text depends on how many there are, and
 * which do not mind being told something twice.
 */
export function filledUp<Item>(items: readonly Item[]): Item[] {
  const size = 4 ** Math.ceil(Math.log(items.length) / Math.log(4));
  return [...items, ...Array.from({ length: size - items.length }, () => items[items.length - 1])];
}

function toStored(value: SqlValue): StoredValue {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof Date) return value.toISOString().slice(0, 23).replace('T', ' ');
  return value;
}
