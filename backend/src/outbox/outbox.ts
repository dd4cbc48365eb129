import { Injectable } from '@nestjs/common';
import { Clock, newId } from '../common';
import { insertRow, type DomainEvent, type Transaction } from '../database';
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

  async add(tx: Transaction, kind: string, payload: Record<string, unknown>): Promise<void> {
    const now = this.clock.now();
    await insertRow(tx.manager, OutboxJob, {
      id: newId(),
      kind,
      payload,
      state: 'pending',
      runAfter: now,
      leaseUntil: null,
      leaseToken: null,
      attempts: 0,
      lastError: null,
      createdAt: now,
    });
    tx.record(new OutboxFilled(kind));
  }
}
