import { Injectable } from '@nestjs/common';
import { DataSource, In, LessThan } from 'typeorm';
import { Clock, Recurring } from '../common';
import { UnitOfWork } from '../database';
import { IdempotencyKey } from './idempotency-key.entity';

const EVERY_MS = 10 * 60_000;
const BATCH = 500;

/** Forgets keys after their day, in batches. Several nodes may sweep at once. */
@Injectable()
export class IdempotencySweeper extends Recurring {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {
    super(EVERY_MS, 'Expired keys could not be removed');
  }

  protected turn(): Promise<number> {
    return this.sweep();
  }

  /** Returns how many keys it removed. */
  async sweep(): Promise<number> {
    let removed = 0;
    for (let batch = await this.batch(); batch.length; batch = await this.batch()) {
      await this.unitOfWork.run(async ({ manager }) => {
        await manager.delete(IdempotencyKey, { id: In(batch) });
      });
      removed += batch.length;
      if (batch.length < BATCH) break;
    }
    return removed;
  }

  private async batch(): Promise<string[]> {
    const expired = await this.dataSource.manager.find(IdempotencyKey, {
      select: { id: true },
      where: { expiresAt: LessThan(this.clock.now()) },
      order: { expiresAt: 'ASC' },
      take: BATCH,
    });
    return expired.map(({ id }) => id);
  }
}
