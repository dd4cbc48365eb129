import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Clock, newId } from '../common';
import { databaseNow, engineOf, insertComputedRow, type DomainEvent, type Transaction } from '../database';
import { OutboxJob } from './outbox-job.entity';

/** Wakes the worker of a kind as soon as the row is committed. */
export class OutboxFilled implements DomainEvent {
  static readonly eventName = 'outbox.filled';
  readonly name = OutboxFilled.eventName;
  constructor(readonly kind: string) {}
}

/** Promises work inside a transaction; a worker keeps the promise after commit, also after a crash. */
@Injectable()
export class Outbox {
  constructor(private readonly clock: Clock) {}

  /** `id` names the job for `again`; by default nobody asks for it. */
  async add(tx: Transaction, kind: string, payload: Record<string, unknown>, id = newId()): Promise<void> {
    const job = {
      id,
      kind,
      payload,
      state: 'pending' as const,
      leaseUntil: null,
      leaseToken: null,
      attempts: 0,
      lastError: null,
      createdAt: this.clock.now(),
    };
    // By the clock that workers look at: that of this node may be minutes ahead, and the job would wait so long.
    await insertComputedRow(tx.manager, OutboxJob, job, { runAfter: databaseNow(engineOf(tx.manager)) });
    tx.record(new OutboxFilled(kind));
  }

  /** Takes back jobs, if they are still there. */
  async withdraw(tx: Transaction, kind: string, ids: readonly string[]): Promise<void> {
    await tx.manager.delete(OutboxJob, { kind, id: In([...ids]) });
  }

  /** A person asks for a job that was given up, or that waits to be tried again. False when there is no such job. */
  async again(tx: Transaction, kind: string, id: string): Promise<boolean> {
    const { affected } = await tx.manager
      .createQueryBuilder()
      .update(OutboxJob)
      .set({ state: 'pending', attempts: 0, runAfter: () => databaseNow(engineOf(tx.manager)) })
      .where('id = :id AND kind = :kind', { id, kind })
      .execute();
    if (!affected) return false;
    tx.record(new OutboxFilled(kind));
    return true;
  }
}
