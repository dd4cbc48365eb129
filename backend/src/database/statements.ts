import { Injectable } from '@nestjs/common';
import { DataSource, type ObjectLiteral } from 'typeorm';
import type { Transaction } from './domain-event';
import { rowsOf } from './entity-rows';
import { placeholders, runPrepared, type SqlValue } from './prepared';
import type { StatementResult } from './serialised-sqlite';

const CHUNK = 16;
/** Powers of four up to this, so that there are few statements to prepare. */
const MOST_VALUES = 256;

/**
 * Prepared statements for the paths that every message takes: the text is parsed once per connection, and rows come as
 * they are stored, or as entities. The same SQL runs on both engines. Everywhere else TypeORM is easier to read.
 */
@Injectable()
export class Statements {
  constructor(private readonly dataSource: DataSource) {}

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
    const rows = rowsOf(this.dataSource, target);
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
    const rows = rowsOf(this.dataSource, target);
    const query = `SELECT ${rows.columns} FROM ${rows.table} WHERE ${column}`;
    return (await this.rowsIn<Record<string, unknown>>(query, values, and)).map((row) => rows.entity(row));
  }

  /** Writes as part of a unit of work; returns how many rows it found. */
  async write(tx: Transaction, sql: string, values: readonly SqlValue[]): Promise<number> {
    return (await this.execute(sql, values, tx)).affected;
  }

  private execute(sql: string, values: readonly SqlValue[], tx?: Transaction): Promise<StatementResult> {
    return runPrepared(this.dataSource, sql, values, tx?.manager);
  }
}

/**
 * Up to the next power of four, by repeating the last item: for statements whose text depends on how many there are, and
 * which do not mind being told something twice.
 */
export function filledUp<Item>(items: readonly Item[]): Item[] {
  const size = 4 ** Math.ceil(Math.log(items.length) / Math.log(4));
  return [...items, ...Array.from({ length: size - items.length }, () => items[items.length - 1])];
}
