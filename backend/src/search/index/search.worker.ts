import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { OnEvent } from '@nestjs/event-emitter';
import { TimelineGrew } from '../../conversations';
import { FailureLog } from '../../common';
import { Indexer } from './indexer';

const IDLE_MS = 1_000;
/** What comes within so long is looked at together. */
const GATHER_MS = 700;

/** Looks at changed tickets soon after they were committed, and otherwise once a second: others may have died before. */
@Injectable()
export class SearchWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly failures = new FailureLog(new Logger(SearchWorker.name), 'Words of tickets could not be looked at');
  private timer: NodeJS.Timeout | undefined;
  private isWoken = false;
  private isStopped = true;
  private running: Promise<void> | undefined;

  constructor(private readonly indexer: Indexer) {}

  onApplicationBootstrap(): void {
    this.isStopped = false;
    this.schedule(GATHER_MS);
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.stop();
  }

  @OnEvent(TimelineGrew.eventName)
  wake(): void {
    if (this.isWoken) return;
    this.isWoken = true;
    if (!this.running) this.schedule(GATHER_MS);
  }

  /** For work that fills the index in another way. */
  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private schedule(delayMs: number): void {
    clearTimeout(this.timer);
    if (this.isStopped) return;
    this.timer = setTimeout(() => {
      this.isWoken = false;
      this.running = this.drain()
        .then(
          () => this.failures.succeeded(),
          (error: unknown) => this.failures.failed(error),
        )
        .finally(() => {
          this.running = undefined;
          this.schedule(this.isWoken ? GATHER_MS : IDLE_MS);
        });
    }, delayMs).unref();
  }

  private async drain(): Promise<void> {
    while (!this.isStopped && (await this.indexer.some()) > 0);
  }
}
