import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { OnEvent } from '@nestjs/event-emitter';
import { DataSource } from 'typeorm';
import { FailureLog, newId, traced, type TraceNotes } from '../common';
import { databaseNow, engineOf, UnitOfWork, type Transaction } from '../database';
import { OutboxJob } from './outbox-job.entity';
import { OutboxFilled } from './outbox';

/** Does one job; throwing means that it is tried again later. It may be called twice for the same job. */
export interface OutboxHandler {
  run(payload: Record<string, unknown>, jobId: string): Promise<void>;
  /** Told when the job failed, in the transaction that says so. */
  failed?(payload: Record<string, unknown>, failure: JobFailure, tx: Transaction): Promise<void>;
}

export interface JobFailure {
  reason: string;
  /** It waits for a person from now on. */
  isParked: boolean;
}

/** Thrown by a handler that knows that no further try will help: the job is given up at once. */
export class Hopeless extends Error {
  constructor(cause: Error) {
    super(cause.message, { cause });
  }
}

export interface OutboxPace {
  /** So many jobs run side by side on each node; all of them have to end within a lease. */
  abreast: number;
  /** Seconds between the tries; after the last pause one more follows. */
  backOff: readonly number[];
}

const IDLE_MS = 1_000;
const LEASE_SECONDS = 60;
const BATCH = 10;
const LONGEST_REASON = 2_000;
/** One after the other, in the order they were promised. */
const USUAL_PACE: OutboxPace = { abreast: 1, backOff: [5, 30, 120, 600, 1_800, 3_600, 7_200] };

interface Loop {
  handler: OutboxHandler;
  pace: OutboxPace;
  failures: FailureLog;
  timer?: NodeJS.Timeout;
  /** Looks for jobs that are due. */
  running?: Promise<void>;
  again: boolean;
  /** What was leased and has not ended; where jobs run one after the other that is one batch. */
  underWay: Set<Promise<void>>;
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

  register(kind: string, handler: OutboxHandler, pace = USUAL_PACE): void {
    const failures = new FailureLog(this.logger, `The outbox could not be worked on (${kind})`);
    this.loops.set(kind, { handler, pace, failures, again: false, underWay: new Set() });
    this.schedule(kind, 0);
  }

  @OnEvent(OutboxFilled.eventName)
  wake({ kind }: OutboxFilled): void {
    this.schedule(kind, 0);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    for (const loop of this.loops.values()) clearTimeout(loop.timer);
    for (const { running, underWay } of this.loops.values()) {
      await running;
      await Promise.all(underWay);
    }
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
      loop.running = this.drain(kind, loop)
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

  /** Fills what is free; whatever ends looks for more, so that a job that hangs holds up no other. */
  private async drain(kind: string, loop: Loop): Promise<void> {
    const { abreast } = loop.pace;
    const free = abreast - loop.underWay.size;
    if (this.stopped || free === 0) return;
    const jobs = await this.lease(kind, abreast > 1 ? free : BATCH);
    for (const batch of abreast > 1 ? jobs.map((job) => [job]) : [jobs]) this.start(kind, batch, loop);
  }

  private start(kind: string, batch: readonly OutboxJob[], loop: Loop): void {
    if (!batch.length) return;
    const work = this.workOn(batch, loop)
      .catch((error: unknown) => loop.failures.failed(error))
      .finally(() => {
        loop.underWay.delete(work);
        this.schedule(kind, 0);
      });
    loop.underWay.add(work);
  }

  private async workOn(batch: readonly OutboxJob[], loop: Loop): Promise<void> {
    for (const [index, job] of batch.entries()) {
      if (this.stopped) return this.handBack(batch.slice(index));
      await this.work(job, loop);
    }
  }

  /** Others may have what was leased and not begun, at once. */
  private async handBack(jobs: readonly OutboxJob[]): Promise<void> {
    await this.unitOfWork.run(async ({ manager }) => {
      await manager
        .createQueryBuilder()
        .update(OutboxJob)
        .set({ leaseUntil: null, leaseToken: null, attempts: () => 'attempts - 1' })
        .whereInIds(jobs.map(({ id }) => id))
        .andWhere('leaseToken = :token', { token: jobs[0].leaseToken })
        .execute();
    });
  }

  private async lease(kind: string, size: number): Promise<OutboxJob[]> {
    const now = databaseNow(engineOf(this.dataSource.manager));
    const due = await this.dataSource
      .createQueryBuilder(OutboxJob, 'job')
      .select('job.id')
      .where(`job.kind = :kind AND job.state = 'pending' AND job.runAfter <= ${now}`, { kind })
      .andWhere(`(job.leaseUntil IS NULL OR job.leaseUntil < ${now})`)
      .orderBy('job.runAfter')
      .addOrderBy('job.id')
      .limit(size)
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

  private work(job: OutboxJob, loop: Loop): Promise<void> {
    const facts = { 'parley.job.id': job.id, 'parley.job.attempt': job.attempts };
    return traced(
      () => ({ name: `job ${job.kind}`, kind: 'consumer', place: 'root', facts }),
      (notes) => this.attempt(job, loop, notes),
    );
  }

  private async attempt(job: OutboxJob, loop: Loop, notes: TraceNotes): Promise<void> {
    try {
      await loop.handler.run(job.payload, job.id);
      await this.unitOfWork.run(async ({ manager }) => {
        await manager.delete(OutboxJob, { id: job.id });
      });
    } catch (error) {
      notes.failed(error instanceof Error ? error.name : 'unknown');
      await this.failed(job, loop, error);
    }
  }

  private async failed(job: OutboxJob, { handler, pace: { backOff } }: Loop, error: unknown): Promise<void> {
    const isParked = error instanceof Hopeless || job.attempts > backOff.length;
    const reason = String(error instanceof Error ? error.message : error).slice(0, LONGEST_REASON);
    this.logger.warn(
      { err: error, kind: job.kind, jobId: job.id, attempts: job.attempts },
      isParked ? 'Job parked' : 'Job failed',
    );
    const pause = backOff[Math.min(job.attempts, backOff.length) - 1];
    await this.unitOfWork.run(async (tx) => {
      const { affected } = await tx.manager
        .createQueryBuilder()
        .update(OutboxJob)
        .set({
          state: isParked ? 'parked' : 'pending',
          runAfter: () => databaseNow(engineOf(tx.manager), pause),
          leaseUntil: null,
          leaseToken: null,
          lastError: reason,
        })
        .where('id = :id AND leaseToken = :token', { id: job.id, token: job.leaseToken })
        .execute();
      if (affected) await handler.failed?.(job.payload, { reason, isParked }, tx);
    });
  }
}
