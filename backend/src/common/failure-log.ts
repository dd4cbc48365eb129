import type { Logger } from '@nestjs/common';

const AT_MOST_EVERY_MS = 60_000;

/** Tells of a failure that repeats without filling the log: the first one, then one a minute, and when it is over. */
export class FailureLog {
  private failures = 0;
  private toldAt = 0;

  constructor(
    private readonly logger: Pick<Logger, 'log' | 'warn'>,
    private readonly text: string,
  ) {}

  failed(error: unknown, facts: Record<string, unknown> = {}): void {
    this.failures += 1;
    const now = Date.now();
    if (this.failures > 1 && now - this.toldAt < AT_MOST_EVERY_MS) return;
    this.toldAt = now;
    this.logger.warn({ err: error, ...facts, failures: this.failures }, this.text);
  }

  succeeded(): void {
    if (!this.failures) return;
    this.logger.log({ failures: this.failures }, `${this.text}: works again`);
    this.failures = 0;
  }
}
