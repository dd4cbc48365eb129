import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { FailureLog, peerNetwork } from '../common';
import { UnitOfWork } from '../database';
import { AuditLog, type AuditRecord } from './audit-log';

const MOST_A_MINUTE = 30;

/**
 * Writes down what was refused. Nothing else was changed, so it is a unit of its own, and nobody waits for it. Of
 * somebody who is refused again and again only so many entries a minute are written, so that the log is not filled.
 */
@Injectable()
export class AccessDenials implements BeforeApplicationShutdown {
  private readonly failures = new FailureLog(new Logger(AccessDenials.name), 'A refusal could not be audited');
  private readonly recent = new RateLimiterMemory({ points: MOST_A_MINUTE, duration: 60 });
  private readonly writing = new Set<Promise<void>>();

  constructor(
    private readonly audit: AuditLog,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  note(record: Omit<AuditRecord, 'action'>): void {
    const written = this.write(record)
      .then(
        () => this.failures.succeeded(),
        (error: unknown) => this.failures.failed(error),
      )
      .finally(() => this.writing.delete(written));
    this.writing.add(written);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.writing);
  }

  private async write(record: Omit<AuditRecord, 'action'>): Promise<void> {
    const who = record.actorId ?? peerNetwork() ?? 'unknown';
    const { consumedPoints } = await this.recent.penalty(who);
    if (consumedPoints > MOST_A_MINUTE) return;
    await this.unitOfWork.run((tx) => this.audit.record(tx, { ...record, action: 'access.denied' }));
  }
}
