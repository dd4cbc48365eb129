import { Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { FailureLog } from './failure-log';

/** Work that comes back for as long as the application runs. A turn that fails is logged, and the next one comes all the same. */
export abstract class Recurring implements OnApplicationBootstrap, OnApplicationShutdown {
  /** A long turn looks at it between its steps. */
  protected isStopped = false;
  private readonly failures: FailureLog;
  private timer: NodeJS.Timeout | undefined;

  /** @param failure what a failed turn means, for the log */
  protected constructor(
    private readonly everyMs: number,
    failure: string,
  ) {
    this.failures = new FailureLog(new Logger(this.constructor.name), failure);
  }

  protected abstract turn(): Promise<unknown>;

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.turn().then(
        () => this.failures.succeeded(),
        (error: unknown) => this.failures.failed(error),
      );
    }, this.everyMs).unref();
  }

  onApplicationShutdown(): void {
    this.isStopped = true;
    clearInterval(this.timer);
  }
}
