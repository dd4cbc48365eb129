import { toDomainError } from '../common';
import { isDatabaseAway } from '../database';

/**
 * Runs the jobs of one key one after another, in the order they came. When the database is away, the jobs that wait
 * fail with the one that found out: otherwise each would wait as long again.
 */
export class InOrder {
  private readonly last = new Map<string, Promise<void>>();

  async run<Result>(key: string, job: () => Promise<Result>): Promise<Result> {
    const before = this.last.get(key) ?? Promise.resolve();
    const result = before.then(job);
    const settled = result.then(
      () => undefined,
      (error: unknown) => {
        if (toDomainError(error, isDatabaseAway)?.kind === 'unavailable') throw error;
      },
    );
    this.last.set(key, settled);
    const forget = (): void => {
      if (this.last.get(key) === settled) this.last.delete(key);
    };
    settled.then(forget, forget);
    return result;
  }
}
