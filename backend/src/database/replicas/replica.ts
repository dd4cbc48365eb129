import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { Pool } from 'mysql2';
import type { Gtids } from './gtids';
import { SharedQuestion } from './shared-question';

/** A reader waits no longer than this for a replica to have what the primary has. */
const PATIENCE_MS = 100;
/** A replica that does not even say no by then is not there. */
const SILENT_MS = 400;
const FIRST_PAUSE_MS = 1;
/** One that was left out is asked again after so long. */
const ASK_AGAIN_MS = 1_000;
/** Only what lasts longer is told to whoever watches. */
const PASSING_MS = 5_000;

class Behind extends Error {
  constructor() {
    super(`It was more than ${PATIENCE_MS} ms behind.`);
  }
}

class Silent extends Error {
  constructor() {
    super('It does not answer.');
  }
}

/** A copy of the database that can be read, as long as it keeps up. */
export class Replica {
  private readonly logger = new Logger('Replicas');
  private readonly catchingUp = new SharedQuestion(() => this.catchUp());
  private timer: NodeJS.Timeout | undefined;
  private outSince: number | undefined = Date.now();
  private isStopped = false;

  /** @param name without a password, for the log */
  constructor(
    readonly pool: Pool,
    private readonly name: string,
    private readonly gtids: Gtids,
  ) {
    this.askAgain(0);
  }

  get isUsed(): boolean {
    return this.outSince === undefined;
  }

  /** Left out for so long that somebody should look. */
  get isMissed(): boolean {
    return this.outSince !== undefined && Date.now() - this.outSince > PASSING_MS;
  }

  /** Whether it now has everything that was committed before this question; if not, it is left out from now on. */
  async isCurrent(): Promise<boolean> {
    if (!this.isUsed) return false;
    try {
      await this.catchingUp.answer();
      return true;
    } catch (error) {
      this.leaveOut(error);
      return false;
    }
  }

  /** Nobody reads it until it answers again and has caught up. */
  leaveOut(error: unknown): void {
    if (!this.isUsed || this.isStopped) return;
    this.outSince = Date.now();
    this.logger.warn({ err: error, replica: this.name }, 'A replica is left out');
    this.askAgain(ASK_AGAIN_MS);
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await new Promise<void>((resolve) => this.pool.end(() => resolve()));
  }

  private askAgain(delayMs: number): void {
    if (this.isStopped) return;
    this.timer = setTimeout(() => {
      this.catchingUp.answer().then(
        () => this.takeIn(),
        () => this.askAgain(ASK_AGAIN_MS),
      );
    }, delayMs).unref();
  }

  private takeIn(): void {
    if (this.isStopped) return;
    this.outSince = undefined;
    this.logger.log({ replica: this.name }, 'A replica is read from');
  }

  private async catchUp(): Promise<void> {
    const position = await this.gtids.position();
    const patience = new AbortController();
    const tooLate = sleep(SILENT_MS, undefined, { signal: patience.signal, ref: false }).then(
      () => Promise.reject(new Silent()),
      () => undefined,
    );
    try {
      await Promise.race([this.untilItHas(position), tooLate]);
    } finally {
      patience.abort();
    }
  }

  private async untilItHas(position: string): Promise<void> {
    const start = Date.now();
    for (let pause = FIRST_PAUSE_MS; !(await this.gtids.has(this.pool, position)); pause *= 2) {
      const left = PATIENCE_MS - (Date.now() - start);
      if (left <= 0) throw new Behind();
      await sleep(Math.min(pause, left));
    }
  }
}
