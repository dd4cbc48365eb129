import { Injectable } from '@nestjs/common';
import { toDomainError } from '../common';
import { isDatabaseAway } from '../database';

/**
 * Runs what is sent to one ticket one after another, in the order it came. So one sender's messages keep their order
 * without waiting for answers; pushes leave in the order of the numbers, which the answers of the database to several
 * connections do not keep; and a busy ticket takes one connection instead of all. When the database is away, the jobs
 * that wait fail with the one that found out: otherwise each would wait as long again.
 */
@Injectable()
export class InOrder {
  private readonly last = new Map<number, Promise<void>>();

  async run<Result>(ticketId: number, job: () => Promise<Result>): Promise<Result> {
    const before = this.last.get(ticketId) ?? Promise.resolve();
    const result = before.then(job);
    const settled = result.then(
      () => undefined,
      (error: unknown) => {
        if (toDomainError(error, isDatabaseAway)?.kind === 'unavailable') throw error;
      },
    );
    this.last.set(ticketId, settled);
    const forget = (): void => {
      if (this.last.get(ticketId) === settled) this.last.delete(ticketId);
    };
    settled.then(forget, forget);
    return result;
  }
}
