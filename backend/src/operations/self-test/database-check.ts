import { performance } from 'node:perf_hooks';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { engineOf } from '../../database';
import type { Finding, SelfCheck } from './self-check';

const SLOW_MS = 250;

interface MysqlFacts {
  version: string;
  flush: number | string;
}

/** Whether the database answers, how fast, and whether it keeps what it confirmed. */
@Injectable()
export class DatabaseCheck implements SelfCheck {
  readonly name = 'Database';
  readonly adviceOnFailure = 'Start the database, and check DATABASE_URL: nothing works without it.';

  constructor(private readonly dataSource: DataSource) {}

  async run(): Promise<Finding> {
    const start = performance.now();
    await this.dataSource.query('SELECT 1');
    const ms = Math.ceil(performance.now() - start);
    const { product, keepsAll } = await this.facts();
    const found = `${product} answers within ${ms} ms.`;
    if (!keepsAll)
      return {
        state: 'warning',
        found: `${found} It may forget the last second after a power cut.`,
        advice: 'Set innodb_flush_log_at_trx_commit = 1 in the configuration of the database.',
      };
    if (ms <= SLOW_MS) return { state: 'ok', found };
    return { state: 'warning', found, advice: 'That is slow: look at the load and the disk of the database.' };
  }

  private async facts(): Promise<{ product: string; keepsAll: boolean }> {
    if (engineOf(this.dataSource.manager) === 'sqlite') {
      const [{ version }] = await this.rows<{ version: string }>('SELECT sqlite_version() AS version');
      return { product: `SQLite ${version}`, keepsAll: true };
    }
    const [{ version, flush }] = await this.rows<MysqlFacts>(
      'SELECT VERSION() AS version, @@innodb_flush_log_at_trx_commit AS flush',
    );
    return { product: /mariadb/i.test(version) ? version : `MySQL ${version}`, keepsAll: Number(flush) === 1 };
  }

  private rows<Row>(sql: string): Promise<Row[]> {
    return this.dataSource.query(sql);
  }
}
