import { Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { FailureLog } from './failure-log';

/**
 * Work that comes back for as long as the application runs. A turn that fails is logged, and the next one comes all the
 * same; one that takes longer than the time between two is not joined by another.
 */
export abstract class Recurring implements OnApplicationBootstrap, OnApplicationShutdown {
  /** A long turn looks at it between its steps. */
  protected isStopped = false;
  private readonly failures: FailureLog;
  private timer: NodeJS.Timeout | undefined;
  private isRunning = false;

  /** @param failure what a failed turn means, for the log */
  protected constructor(
    private readonly everyMs: number,
    failure: string,
  ) {
    this.failures = new FailureLog(new Logger(this.constructor.name), failure);
  }

  protected abstract turn(): Promise<unknown>;

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.takeTurn(), this.everyMs).unref();
  }

  onApplicationShutdown(): void {
    this.isStopped = true;
    clearInterval(this.timer);
  }

  private async takeTurn(): Promise<void> {
    if (this.isRunning) return;
    this.isRunning = true;
    try {
      await this.turn();
      this.failures.succeeded();
    } catch (error) {
      this.failures.failed(error);
    } finally {
      this.isRunning = false;
    }
  }
}
