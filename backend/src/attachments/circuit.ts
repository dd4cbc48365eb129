import { Unavailable } from '../common';

/**
 * Spares people the wait for something that is known to be away: after a failure everybody is refused at once, and one
 * at a time may try whether it is back.
 */
export class Circuit {
  private failedAt: number | undefined;
  private isTrying = false;

  /** @param pauseMs after a failure nobody tries for so long */
  constructor(
    private readonly pauseMs: number,
    private readonly isFailure: (error: unknown) => boolean,
    private readonly now: () => number = () => performance.now(),
  ) {}

  get isOpen(): boolean {
    return this.failedAt !== undefined;
  }

  async run<Result>(job: () => Promise<Result>): Promise<Result> {
    if (this.failedAt === undefined) return this.attempt(job);
    if (this.isTrying || this.now() - this.failedAt < this.pauseMs) throw new Unavailable();
    this.isTrying = true;
    try {
      return await this.attempt(job);
    } finally {
      this.isTrying = false;
    }
  }

  private async attempt<Result>(job: () => Promise<Result>): Promise<Result> {
    try {
      const result = await job();
      this.failedAt = undefined;
      return result;
    } catch (error) {
      this.failedAt = this.isFailure(error) ? this.now() : undefined;
      throw error;
    }
  }
}
