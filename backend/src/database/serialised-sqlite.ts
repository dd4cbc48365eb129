import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database, Statement } from 'better-sqlite3';
import type { DataSource, QueryRunner, ReplicationMode } from 'typeorm';
import { BetterSqlite3QueryRunner } from 'typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner.js';
import { isBusy } from './engine';

const BUSY_PATIENCE_MS = 2_500;
const BUSY_PAUSE_MS = 50;

/** What begins and ends a transaction, as TypeORM says it and as it is done; it changes nothing for TypeORM. */
const FRAMES = new Map([
  ['BEGIN TRANSACTION', 'BEGIN IMMEDIATE'],
  ['COMMIT', 'COMMIT'],
  ['ROLLBACK', 'ROLLBACK'],
]);

/** First come, first served. */
class Turn {
  private last: Promise<void> = Promise.resolve();

  /** Resolves when it is the caller's turn, to the function that ends it. */
  take(): Promise<() => void> {
    let end!: () => void;
    const before = this.last;
    this.last = new Promise((resolve) => (end = resolve));
    return before.then(() => end);
  }
}

interface OpenUnit {
  open: boolean;
}

export interface StatementResult {
  rows: unknown[];
  /** How many rows a write found. */
  affected: number;
  /** The number that the database gave to a new row. */
  insertedId: number;
}

/** A query runner that also takes statements as they are, without TypeORM around them. */
export interface StatementRunner {
  statement(sql: string, values: readonly (string | number | Buffer | null)[]): Promise<StatementResult>;
}

/** The unit of work that the running code belongs to, if any. */
export const currentUnit = new AsyncLocalStorage<OpenUnit>();

/**
 * Gives each caller a query runner of its own on the one SQLite connection, and lets transactions and single
 * statements take strict turns. TypeORM's own driver shares one runner: there, a plain write joins the transaction of
 * another request and is lost when that rolls back, and readers see rows that were never committed.
 */
export function serialise(dataSource: DataSource): DataSource {
  const turn = new Turn();
  const driver = dataSource.driver as unknown as {
    createQueryRunner(mode: ReplicationMode): QueryRunner;
    queryRunner?: QueryRunner;
  };
  const statements = new Map();
  /** Set while another process has the file: nobody tries again before the pause is over. */
  let busy: { error: unknown; pause: Promise<void> } | undefined;
  const prepared = new Map<string, Statement>();

  class SerialisedQueryRunner extends BetterSqlite3QueryRunner implements StatementRunner {
    private endTurn: (() => void) | undefined;

    override async query(sql: string, parameters?: unknown[], structured = false): Promise<unknown> {
      if (this.endTurn) {
        const frame = FRAMES.get(sql);
        return frame ? this.statement(frame, []) : super.query(sql, parameters, structured);
      }
      return this.inTurn(() => super.query(sql, parameters, structured));
    }

    async statement(sql: string, values: readonly (string | number | Buffer | null)[]): Promise<StatementResult> {
      const database = (await this.connect()) as Database;
      const run = (): StatementResult => {
        const statement = prepared.get(sql) ?? database.prepare(sql);
        prepared.set(sql, statement);
        if (statement.reader) return { rows: statement.all(...values), affected: 0, insertedId: 0 };
        const { changes, lastInsertRowid } = statement.run(...values);
        return { rows: [], affected: changes, insertedId: Number(lastInsertRowid) };
      };
      return this.endTurn ? run() : this.inTurn(run);
    }

    private async inTurn<Result>(work: () => Result | Promise<Result>): Promise<Result> {
      if (currentUnit.getStore()?.open)
        throw new Error('A statement inside a unit of work must go through its transaction; it would wait for itself.');
      const endTurn = await turn.take();
      try {
        return await work();
      } finally {
        endTurn();
      }
    }

    /** Waits for another process without stopping this one, as SQLite's own waiting would. */
    override async startTransaction(): Promise<void> {
      if (this.endTurn) return super.startTransaction();
      for (const end = Date.now() + BUSY_PATIENCE_MS; !(await this.begin());) {
        if (busy && Date.now() > end) throw busy.error;
        await busy?.pause;
      }
    }

    override async commitTransaction(): Promise<void> {
      await super.commitTransaction();
      if (!this.isTransactionActive) this.finish();
    }

    override async rollbackTransaction(): Promise<void> {
      try {
        await super.rollbackTransaction();
      } finally {
        if (!this.isTransactionActive) this.finish();
      }
    }

    override async release(): Promise<void> {
      this.finish();
      await super.release();
    }

    /** Whether the transaction has begun; not when the file is busy. */
    private async begin(): Promise<boolean> {
      this.endTurn = await turn.take();
      try {
        if (!busy) await super.startTransaction();
        else this.finish();
      } catch (error) {
        this.isTransactionActive = false;
        this.finish();
        if (!isBusy(error)) throw error;
        busy = { error, pause: sleep(BUSY_PAUSE_MS).then(() => void (busy = undefined)) };
      }
      return this.isTransactionActive;
    }

    private finish(): void {
      this.endTurn?.();
      this.endTurn = undefined;
    }
  }

  driver.queryRunner = undefined;
  driver.createQueryRunner = () =>
    Object.assign(new SerialisedQueryRunner(dataSource.driver as never), { stmtCache: statements });
  return dataSource;
}
