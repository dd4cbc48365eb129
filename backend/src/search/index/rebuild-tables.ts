import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { databaseNow, engineOf, Statements, UnitOfWork } from '../../database';
import type { Side } from './index.entities';

const LEASE_SECONDS = 120;

interface Behind {
  ticketNumber: number;
  staffSeq: number;
}

/** What a rebuild asks of the database besides the rows of the index. */
@Injectable()
export class RebuildTables {
  constructor(
    private readonly dataSource: DataSource,
    private readonly statements: Statements,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Whether the token now holds the lease, which is to be taken again within two minutes. */
  lease(token: string): Promise<boolean> {
    const engine = engineOf(this.dataSource.manager);
    return this.unitOfWork.run(async (tx) => {
      const free = `leaseToken = ? OR leaseUntil IS NULL OR leaseUntil < ${databaseNow(engine)}`;
      const sql = `UPDATE search_state SET leaseToken = ?, leaseUntil = ${databaseNow(engine, LEASE_SECONDS)}, turn = turn + 1 WHERE id = 1 AND (${free})`;
      return (await this.statements.write(tx, sql, [token, token])) === 1;
    });
  }

  release(token: string): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      const sql = 'UPDATE search_state SET leaseToken = NULL, leaseUntil = NULL WHERE id = 1 AND leaseToken = ?';
      await this.statements.write(tx, sql, [token]);
    });
  }

  async empty(side: Side): Promise<void> {
    const clear = engineOf(this.dataSource.manager) === 'mysql' ? 'TRUNCATE TABLE' : 'DELETE FROM';
    for (const table of ['words', 'postings', 'tickets'])
      await this.unitOfWork.run(async ({ manager }) => {
        await manager.query(`${clear} search_${table}_${side}`);
      });
  }

  /** The numbers of the first and the last ticket, null when there is none. */
  async range(): Promise<[first: number, last: number] | null> {
    const sql = 'SELECT MIN(number) AS first, MAX(number) AS last FROM tickets';
    const [{ first, last }] = await this.statements.rows<{ first: number | null; last: number | null }>(sql, []);
    return first === null || last === null ? null : [first, last];
  }

  /** Tickets in which something was written since a half of the index was built. */
  behind(side: Side, limit: number): Promise<Behind[]> {
    return this.statements.rows(
      `SELECT c.ticketNumber, c.staffSeq FROM conversations c
       LEFT JOIN search_tickets_${side} s ON s.ticketNumber = c.ticketNumber
       WHERE s.ticketNumber IS NULL OR s.indexedSeq < c.staffSeq LIMIT ${limit}`,
      [],
    );
  }

  /** From now on this half is searched. */
  async swap(side: Side): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await this.statements.write(tx, 'UPDATE search_state SET side = ?, turn = turn + 1 WHERE id = 1', [side]);
    });
  }

  /** Keeps in a range of tickets only those waiting that the half does not know completely. */
  async settle(side: Side, first: number, last: number): Promise<void> {
    const known = `(SELECT s.indexedSeq FROM search_tickets_${side} s WHERE s.ticketNumber = conversations.ticketNumber)`;
    await this.unitOfWork.run(async (tx) => {
      await this.statements.write(
        tx,
        `UPDATE conversations SET unsearched = CASE WHEN staffSeq = ${known} THEN 0 ELSE 1 END
         WHERE ticketNumber BETWEEN ? AND ?`,
        [first, last],
      );
    });
  }
}
