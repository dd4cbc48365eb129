import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock, FailureLog, newId } from '../common';
import { DataSource } from 'typeorm';
import { databaseNow, engineOf, placeholders, Statements, UnitOfWork, type Transaction } from '../database';
import { linkOf } from './audit-chain';
import { AUDIT_COLUMNS, type AuditRow } from './audit-rows';

const EVERY_MS = 5_000;
const LEASE_SECONDS = 30;
const BATCH = 200;

interface Head {
  position: number;
  hash: string;
}

interface Seal extends Head {
  entryId: string;
}

/**
 * Adds new entries to the hash chain, in the order in which they are found, within ten seconds and never inside the
 * transaction that wrote them. One node at a time does it: a lease by the database's clock says which.
 */
@Injectable()
export class AuditSealer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly failures = new FailureLog(new Logger(AuditSealer.name), 'Audit entries could not be sealed');
  private readonly lease = newId();
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<unknown> | undefined;
  private isStopped = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly statements: Statements,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.running ??= this.run()
        .then(
          () => this.failures.succeeded(),
          (error: unknown) => this.failures.failed(error),
        )
        .finally(() => (this.running = undefined));
    }, EVERY_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    clearInterval(this.timer);
    await this.running;
  }

  /** Seals what is not sealed yet, unless another node is doing so; returns how many entries it sealed. */
  async run(): Promise<number> {
    let sealed = 0;
    while (!this.isStopped && (await this.isAnythingNew()) && (await this.take())) {
      const count = await this.unitOfWork.run((tx) => this.sealBatch(tx));
      sealed += count;
      if (count === 0) break;
    }
    return sealed;
  }

  private async isAnythingNew(): Promise<boolean> {
    const found = await this.statements.rows('SELECT 1 AS found FROM audit_entries WHERE sealedIn IS NULL LIMIT 1', []);
    return found.length > 0;
  }

  private take(): Promise<boolean> {
    const engine = engineOf(this.dataSource.manager);
    const taking = `UPDATE audit_heads SET leaseToken = ?, leaseUntil = ${databaseNow(engine, LEASE_SECONDS)}
      WHERE id = 1 AND (leaseToken = ? OR leaseUntil IS NULL OR leaseUntil < ${databaseNow(engine)})`;
    return this.unitOfWork.run(async (tx) => (await this.statements.write(tx, taking, [this.lease, this.lease])) > 0);
  }

  private async sealBatch(tx: Transaction): Promise<number> {
    // Whoever has just lost the lease waits here for the node that took it, and finds it gone.
    const held = 'UPDATE audit_heads SET id = id WHERE id = 1 AND leaseToken = ?';
    if (!(await this.statements.write(tx, held, [this.lease]))) return 0;
    const [head] = await this.statements.rows<Head>('SELECT position, hash FROM audit_heads WHERE id = 1', [], tx);
    const rows = await this.statements.rows<AuditRow>(
      `SELECT ${AUDIT_COLUMNS.join(', ')} FROM audit_entries WHERE sealedIn IS NULL ORDER BY id LIMIT ${BATCH}`,
      [],
      tx,
    );
    const seals = chained(head, rows);
    const last = seals.at(-1);
    if (!last) return 0;
    await this.store(tx, seals);
    await this.statements.write(tx, 'UPDATE audit_heads SET position = ?, hash = ? WHERE id = 1', [
      last.position,
      last.hash,
    ]);
    return seals.length;
  }

  private async store(tx: Transaction, seals: readonly Seal[]): Promise<void> {
    const now = this.clock.now();
    await tx.manager.query(
      `INSERT INTO audit_seals (position, entryId, hash, sealedAt) VALUES ${seals.map(() => '(?, ?, ?, ?)').join(', ')}`,
      seals.flatMap(({ position, entryId, hash }) => [position, entryId, hash, storedTime(now)]),
    );
    await tx.manager.query(
      `UPDATE audit_entries SET sealedIn = (SELECT position FROM audit_seals WHERE entryId = audit_entries.id)
        WHERE id IN (${placeholders(seals.length)})`,
      seals.map(({ entryId }) => entryId),
    );
  }
}

const storedTime = (moment: Date): string => moment.toISOString().slice(0, 23).replace('T', ' ');

function chained(head: Head, rows: readonly AuditRow[]): Seal[] {
  let { position, hash } = head;
  return rows.map((row) => {
    position += 1;
    hash = linkOf(hash, row);
    return { position, entryId: row.id, hash };
  });
}
