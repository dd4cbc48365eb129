import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { DataSource } from 'typeorm';
import { FreezeWatch, Unavailable } from '../common';
import type { DomainEvent, Transaction } from './domain-event';
import { isReferenceGone, isRetryable } from './engine';
import { currentWitness } from './made';
import { currentRead } from './replicas/replica-read';
import { currentUnit } from './serialised-sqlite';
import { TransactionListeners } from './transaction-listeners';

const ATTEMPTS = 4;
const PAUSE_MS = 20;
/** Nobody who waits is kept longer by further attempts. */
const PATIENCE_MS = 2_500;

/**
 * The only door for writes. All that `work` does is stored together or not at all; events it recorded leave after
 * commit, and never for work that was rolled back. Not nested: the outermost use case opens it and hands `tx` on.
 */
@Injectable()
export class UnitOfWork {
  constructor(
    private readonly dataSource: DataSource,
    private readonly listeners: TransactionListeners,
    private readonly emitter: EventEmitter2,
    private readonly freezes: FreezeWatch,
  ) {}

  /** `work` may run again from the start after a deadlock, so it must do nothing but write through `tx`. */
  async run<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    if (currentUnit.getStore()?.open) throw new Error('A unit of work cannot be opened inside another one.');
    const { result, events } = await this.retry(() => this.attempt(work));
    currentRead.getStore()?.wrote();
    for (const event of events) this.emitter.emit(event.name, event);
    return result;
  }

  private async attempt<Result>(
    work: (tx: Transaction) => Promise<Result>,
  ): Promise<{ result: Result; events: DomainEvent[] }> {
    const unit = { open: true };
    const events: DomainEvent[] = [];
    try {
      const result = await currentUnit.run(unit, () =>
        this.dataSource.transaction(async (manager) => {
          let madeId: string | undefined;
          const tx: Transaction = {
            manager,
            record: (event) => void events.push(event),
            made: (id) => void (madeId = id),
          };
          const result = await work(tx);
          // Listeners may record further events: the list grows while it is walked.
          for (const event of events) await this.listeners.run(event, tx);
          if (madeId !== undefined) await currentWitness()?.(tx, madeId);
          this.freezes.assertInTime();
          return result;
        }),
      );
      return { result, events };
    } finally {
      unit.open = false;
    }
  }

  private async retry<Result>(attempt: () => Promise<Result>): Promise<Result> {
    const end = Date.now() + PATIENCE_MS;
    for (let count = 1; ; count += 1) {
      try {
        return await attempt();
      } catch (error) {
        const isGone = isReferenceGone(error);
        if (!isGone && !isRetryable(error)) throw error;
        if (count === ATTEMPTS || Date.now() > end) throw isGone ? error : new Unavailable(error);
        await sleep(PAUSE_MS * count * (0.5 + Math.random()));
      }
    }
  }
}
