import { Injectable } from '@nestjs/common';
import type { Connection, Pool, ResultSetHeader, RowDataPacket } from 'mysql2';
import { DataSource } from 'typeorm';
import type { Transaction } from './domain-event';
import { engineOf, type Engine } from './engine';
import type { StatementResult, StatementRunner } from './serialised-sqlite';

const CHUNK = 16;

/** What a statement is given; flags and times are put into words that both engines store alike. */
export type SqlValue = string | number | boolean | Date | Buffer | null;

type StoredValue = string | number | Buffer | null;

/** A time as a driver returns it. */
export type SqlTime = Date | string;

/**
 * Prepared statements for the paths that every message takes: the text is parsed once per connection, and rows come as
 * they are stored. The same SQL runs on both engines. Everywhere else entities are easier to read.
 */
@Injectable()
export class Statements {
  private readonly engine: Engine;

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

  /** Writes as part of a unit of work; returns how many rows it found. */
  async write(tx: Transaction, sql: string, values: readonly SqlValue[]): Promise<number> {
    return (await this.execute(sql, values, tx)).affected;
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

function toStored(value: SqlValue): StoredValue {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof Date) return value.toISOString().slice(0, 23).replace('T', ' ');
  return value;
}
