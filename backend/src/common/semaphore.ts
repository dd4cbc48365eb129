import { RateLimited } from './domain-error';

/** Lets `width` jobs run at once and `queue` more wait; whoever comes then is told to try again. */
export class Semaphore {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly width: number,
    private readonly queue: number,
  ) {}

  async run<Result>(job: () => Promise<Result>): Promise<Result> {
    if (this.running >= this.width) await this.wait();
    else this.running += 1;
    try {
      return await job();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }

  private wait(): Promise<void> {
    if (this.waiting.length >= this.queue) throw new RateLimited(2);
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}
