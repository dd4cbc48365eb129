import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock, newId } from '../common';
import { databaseNow, engineOf, isUniqueViolation, UnitOfWork, witnessed, type Transaction } from '../database';
import { IdempotencyKey } from './idempotency-key.entity';
import { IdempotencyMismatch, StillRunning } from './idempotency.errors';
import type { KeyedRequest } from './keyed-request';

const LIFE_MS = 24 * 3_600_000;
const LEASE_SECONDS = 60;

type Named = NonNullable<KeyedRequest>;
type Outcome = Pick<IdempotencyKey, 'resourceId' | 'answer'>;

/**
 * Lets a client repeat a request that makes something until it gets an answer: it is made once. A row is reserved before
 * the work and finished by the very transaction that makes the thing. A failure is not remembered, no matter why it
 * happened: the row is given up, so that a repeat is a new attempt; after a crash its lease ends. The row does not keep the
 * status, because a repeat is answered by the same route, which has one status for what it made.
 */
@Injectable()
export class Idempotency {
  private readonly logger = new Logger(Idempotency.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * `make` makes one thing and names it by `tx.made(id)`; a repeat gets it by `again(id)`, with the rights of now. What
   * makes nothing, because it is a repeat by rules of its own, is not remembered.
   */
  async once<Thing>(
    request: KeyedRequest,
    make: () => Promise<Thing>,
    again: (id: string) => Promise<Thing>,
  ): Promise<Thing> {
    if (!request) return make();
    const row = await this.reserve(request);
    if (row.state === 'done') return again(row.resourceId ?? '');
    let isFinished = false;
    const thing = await this.orGiveUp(row, () =>
      witnessed(async (tx, resourceId) => {
        await this.finish(tx, row, { resourceId, answer: null });
        isFinished = true;
      }, make),
    );
    if (!isFinished) await this.giveUp(row);
    return thing;
  }

  /** For work of several units, whose answer is kept as it is once all of them are done. */
  async onceAnswered<Answer>(request: KeyedRequest, work: () => Promise<Answer>): Promise<Answer> {
    if (!request) return work();
    const row = await this.reserve(request);
    if (row.state === 'done') return JSON.parse(row.answer ?? '') as Answer;
    return this.orGiveUp(row, async () => {
      const answer = await work();
      await this.unitOfWork.run((tx) => this.finish(tx, row, { resourceId: null, answer: JSON.stringify(answer) }));
      return answer;
    });
  }

  /** For whoever is gone for good. */
  async forget({ manager }: Transaction, userId: string): Promise<void> {
    await manager.delete(IdempotencyKey, { userId });
  }

  /** The caller's own reservation, or what became of the first request. */
  private async reserve(request: Named): Promise<IdempotencyKey> {
    const fresh = await this.insert(request);
    if (fresh) return fresh;
    const { userId, route, key: idempotencyKey } = request;
    const found = await this.dataSource.manager.findOneBy(IdempotencyKey, { userId, route, idempotencyKey });
    if (!found || found.expiresAt <= this.clock.now()) return this.replace(request, found);
    if (found.payloadHash !== request.payloadHash) throw new IdempotencyMismatch();
    return found.state === 'done' ? found : this.takeOver(found);
  }

  /** Undefined when there is such a row already. */
  private async insert({ userId, route, key, payloadHash }: Named): Promise<IdempotencyKey | undefined> {
    const row = {
      id: newId(),
      userId,
      route,
      idempotencyKey: key,
      payloadHash,
      state: 'running' as const,
      leaseToken: newId(),
      resourceId: null,
      answer: null,
      expiresAt: new Date(this.clock.now().getTime() + LIFE_MS),
    };
    try {
      await this.unitOfWork.run(async ({ manager }) => {
        const leaseUntil = () => databaseNow(engineOf(manager), LEASE_SECONDS);
        await manager
          .createQueryBuilder()
          .insert()
          .into(IdempotencyKey)
          .values({ ...row, leaseUntil })
          .execute();
      });
      return { ...row, leaseUntil: row.expiresAt };
    } catch (error) {
      if (isUniqueViolation(error)) return undefined;
      throw error;
    }
  }

  /** The row that was in the way has expired, or is gone already. */
  private async replace(request: Named, expired: IdempotencyKey | null): Promise<IdempotencyKey> {
    if (expired)
      await this.unitOfWork.run(async ({ manager }) => {
        await manager.delete(IdempotencyKey, { id: expired.id, leaseToken: expired.leaseToken });
      });
    const fresh = await this.insert(request);
    if (!fresh) throw new StillRunning();
    return fresh;
  }

  private async takeOver(row: IdempotencyKey): Promise<IdempotencyKey> {
    const leaseToken = newId();
    const isTaken = await this.unitOfWork.run(async ({ manager }) => {
      const now = databaseNow(engineOf(manager));
      const { affected } = await manager
        .createQueryBuilder()
        .update(IdempotencyKey)
        .set({ leaseToken, leaseUntil: () => databaseNow(engineOf(manager), LEASE_SECONDS) })
        .where(`id = :id AND leaseToken = :held AND state = 'running' AND leaseUntil < ${now}`, {
          id: row.id,
          held: row.leaseToken,
        })
        .execute();
      return affected === 1;
    });
    if (!isTaken) throw new StillRunning();
    return { ...row, leaseToken };
  }

  /** Throws when the lease ended meanwhile and another took over: what was made here is rolled back. */
  private async finish({ manager }: Transaction, { id, leaseToken }: IdempotencyKey, outcome: Outcome): Promise<void> {
    const { affected } = await manager.update(
      IdempotencyKey,
      { id, leaseToken, state: 'running' },
      { state: 'done', ...outcome },
    );
    if (affected !== 1) throw new StillRunning();
  }

  private async orGiveUp<Result>(row: IdempotencyKey, work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      await this.giveUp(row);
      throw error;
    }
  }

  /** Frees the key for another attempt, unless the work was stored after all. */
  private async giveUp({ id, leaseToken }: IdempotencyKey): Promise<void> {
    try {
      await this.unitOfWork.run(async ({ manager }) => {
        await manager.delete(IdempotencyKey, { id, leaseToken, state: 'running' });
      });
    } catch (error) {
      this.logger.warn({ err: error }, 'A reserved key could not be freed; its lease will end');
    }
  }
}
