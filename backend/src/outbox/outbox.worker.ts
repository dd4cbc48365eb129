import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { OnEvent } from '@nestjs/event-emitter';
import { DataSource } from 'typeorm';
import { FailureLog, newId } from '../common';
import { databaseNow, engineOf, UnitOfWork } from '../database';
import { OutboxJob } from './outbox-job.entity';
import { OutboxFilled } from './outbox';

/** Does one job; throwing means that it is tried again later. It may be called twice for the same job. */
export interface OutboxHandler {
  run(payload: Record<string, unknown>, jobId: string): Promise<void>;
  /** Told when the job was given up and waits for a person. */
  parked?(payload: Record<string, unknown>): Promise<void>;
}

const IDLE_MS = 1_000;
const LEASE_SECONDS = 60;
const BATCH = 10;
const ATTEMPTS = 8;
const BACK_OFF_SECONDS = [5, 30, 120, 600, 1_800, 3_600, 7_200];

interface Loop {
  handler: OutboxHandler;
  failures: FailureLog;
  timer?: NodeJS.Timeout;
  running?: Promise<void>;
  again: boolean;
}

/** One loop for each kind of job, woken after commit and otherwise every second; leases let several nodes share it. */
@Injectable()
export class OutboxWorker implements BeforeApplicationShutdown {
  private readonly logger = new Logger(OutboxWorker.name);
  private readonly loops = new Map<string, Loop>();
  private stopped = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  register(kind: string, handler: OutboxHandler): void {
    const failures = new FailureLog(this.logger, `The outbox could not be worked on (${kind})`);
    this.loops.set(kind, { handler, failures, again: false });
    this.schedule(kind, 0);
  }

  @OnEvent(OutboxFilled.eventName)
  wake({ kind }: OutboxFilled): void {
    this.schedule(kind, 0);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    for (const loop of this.loops.values()) clearTimeout(loop.timer);
    for (const { running } of this.loops.values()) await running;
  }

  private schedule(kind: string, delayMs: number): void {
    const loop = this.loops.get(kind);
    if (!loop || this.stopped) return;
    if (loop.running) {
      loop.again ||= delayMs === 0;
      return;
    }
    clearTimeout(loop.timer);
    loop.timer = setTimeout(() => {
      loop.running = this.drain(kind, loop.handler)
        .then(
          () => loop.failures.succeeded(),
          (error: unknown) => loop.failures.failed(error),
        )
        .finally(() => {
          loop.running = undefined;
          this.schedule(kind, loop.again ? 0 : IDLE_MS);
          loop.again = false;
        });
    }, delayMs).unref();
  }

  private async drain(kind: string, handler: OutboxHandler): Promise<void> {
    while (!this.stopped) {
      const jobs = await this.lease(kind);
      for (const job of jobs) await this.work(job, handler);
      if (jobs.length < BATCH) return;
    }
  }

  private async lease(kind: string): Promise<OutboxJob[]> {
    const now = databaseNow(engineOf(this.dataSource.manager));
    const due = await this.dataSource
      .createQueryBuilder(OutboxJob, 'job')
      .select('job.id')
      .where(`job.kind = :kind AND job.state = 'pending' AND job.runAfter <= ${now}`, { kind })
      .andWhere(`(job.leaseUntil IS NULL OR job.leaseUntil < ${now})`)
      .orderBy('job.runAfter')
      .addOrderBy('job.id')
      .limit(BATCH)
      .getMany();
    if (!due.length) return [];
    const token = newId();
    return this.unitOfWork.run(async ({ manager }) => {
      await manager
        .createQueryBuilder()
        .update(OutboxJob)
        .set({
          leaseToken: token,
          leaseUntil: () => databaseNow(engineOf(manager), LEASE_SECONDS),
          attempts: () => 'attempts + 1',
        })
        .whereInIds(due.map(({ id }) => id))
        .andWhere(`state = 'pending' AND (leaseUntil IS NULL OR leaseUntil < ${now})`)
        .execute();
      return manager.findBy(OutboxJob, { leaseToken: token });
    });
  }

  private async work(job: OutboxJob, handler: OutboxHandler): Promise<void> {
    try {
      await handler.run(job.payload, job.id);
      await this.unitOfWork.run(async ({ manager }) => {
        await manager.delete(OutboxJob, { id: job.id });
      });
    } catch (error) {
      await this.failed(job, handler, error);
    }
  }

  private async failed(job: OutboxJob, handler: OutboxHandler, error: unknown): Promise<void> {
    const giveUp = job.attempts >= ATTEMPTS;
    this.logger.warn(
      { err: error, kind: job.kind, jobId: job.id, attempts: job.attempts },
      giveUp ? 'Job parked' : 'Job failed',
    );
    const pause = BACK_OFF_SECONDS[Math.min(job.attempts, BACK_OFF_SECONDS.length) - 1];
    await this.unitOfWork.run(async ({ manager }) => {
      await manager
        .createQueryBuilder()
        .update(OutboxJob)
        .set({
          state: giveUp ? 'parked' : 'pending',
          runAfter: () => databaseNow(engineOf(manager), pause),
          leaseUntil: null,
          leaseToken: null,
          lastError: String(error instanceof Error ? error.message : error).slice(0, 2_000),
        })
        .where('id = :id AND leaseToken = :token', { id: job.id, token: job.leaseToken })
        .execute();
    });
    if (giveUp) await handler.parked?.(job.payload);
  }
}
