import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { newId } from '../../src/common';
import { databaseNow, UnitOfWork } from '../../src/database';
import { Outbox, OutboxModule, OutboxWorker, type JobFailure, type OutboxHandler } from '../../src/outbox';
import { ENGINE } from '../support/databases';
import { until } from '../support/until';
import { startRooms, type Rooms } from './support/rooms';

/** A handler that fails as often as the payload says. */
@Injectable()
class Handler implements OutboxHandler {
  readonly runs: { name: string; jobId: string }[] = [];
  readonly given: string[] = [];
  failures = 0;

  async run({ name }: Record<string, unknown>, jobId: string): Promise<void> {
    this.runs.push({ name: String(name), jobId });
    await sleep(1);
    if (this.failures-- > 0) throw new Error(`Not yet, ${String(name)}.`);
  }

  failed({ name }: Record<string, unknown>, { isParked }: JobFailure): Promise<void> {
    if (isParked) this.given.push(String(name));
    return Promise.resolve();
  }
}

interface JobRow {
  state: string;
  attempts: number;
  lastError: string | null;
  isLeased: boolean;
  /** Seconds until it is tried again. */
  pause: number;
}

describe('the outbox', () => {
  let rooms: Rooms;
  let dataSource: DataSource;
  let unitOfWork: UnitOfWork;
  let outbox: Outbox;
  let worker: OutboxWorker;

  beforeAll(async () => {
    rooms = await startRooms({ imports: [OutboxModule] });
    dataSource = rooms.module.get(DataSource);
    unitOfWork = rooms.module.get(UnitOfWork);
    outbox = rooms.module.get(Outbox, { strict: false });
    worker = rooms.module.get(OutboxWorker, { strict: false });
  });
  afterAll(() => rooms.close());

  const promise = (kind: string, name: string): Promise<void> => unitOfWork.run((tx) => outbox.add(tx, kind, { name }));

  const job = async (kind: string): Promise<JobRow | undefined> => {
    const pause =
      ENGINE === 'mysql'
        ? 'TIMESTAMPDIFF(MICROSECOND, UTC_TIMESTAMP(3), runAfter) / 1000000'
        : `(julianday(runAfter) - julianday('now')) * 86400`;
    const [row] = await dataSource.query<Record<string, unknown>[]>(
      `SELECT state, attempts, lastError, leaseUntil, ${pause} AS pause FROM outbox WHERE kind = ?`,
      [kind],
    );
    return (
      row && {
        state: String(row.state),
        attempts: Number(row.attempts),
        lastError: row.lastError as string | null,
        isLeased: row.leaseUntil !== null,
        pause: Number(row.pause),
      }
    );
  };

  const change = (kind: string, set: string): Promise<unknown> =>
    dataSource.query(`UPDATE outbox SET ${set} WHERE kind = ?`, [kind]);
  const now = (seconds = 0): string => databaseNow(ENGINE, seconds);
  const isDone = async (kind: string): Promise<boolean> => (await job(kind)) === undefined;

  it('does a job once, soon after commit, and forgets it', async () => {
    const handler = new Handler();
    worker.register('done', handler);
    const before = Date.now();
    await promise('done', 'a');
    await until('the job is done', () => isDone('done'));
    expect(handler.runs).toEqual([{ name: 'a', jobId: expect.any(String) as string }]);
    expect(Date.now() - before).toBeLessThan(900);
  });

  it('does nothing for work that was rolled back', async () => {
    const handler = new Handler();
    worker.register('rolled-back', handler);
    const failing = unitOfWork.run(async (tx) => {
      await outbox.add(tx, 'rolled-back', { name: 'a' });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await sleep(50);
    expect(handler.runs).toEqual([]);
    await expect(isDone('rolled-back')).resolves.toBe(true);
  });

  it('does many jobs in the order they were promised', async () => {
    const handler = new Handler();
    const names = Array.from({ length: 25 }, (_, index) => String(index));
    for (const name of names) await promise('many', name);
    worker.register('many', handler);
    await until('all jobs are done', () => isDone('many'));
    expect(handler.runs.map(({ name }) => name)).toEqual(names);
  });

  it('tries a failed job again after a pause that grows', async () => {
    const handler = new Handler();
    handler.failures = 2;
    worker.register('failing', handler);
    await promise('failing', 'a');
    const first = await until('the first try failed', async () => {
      const row = await job('failing');
      return row?.lastError ? row : undefined;
    });
    expect(first).toMatchObject({ state: 'pending', attempts: 1, lastError: 'Not yet, a.', isLeased: false });
    expect(first.pause).toBeGreaterThan(3);
    expect(first.pause).toBeLessThan(6);

    await change('failing', `runAfter = ${now(-1)}`);
    const second = await until('the second try failed', async () => {
      const row = await job('failing');
      return row?.attempts === 2 && !row.isLeased ? row : undefined;
    });
    expect(second.pause).toBeGreaterThan(20);

    await change('failing', `runAfter = ${now(-1)}`);
    await until('the third try succeeded', () => isDone('failing'));
    expect(new Set(handler.runs.map(({ jobId }) => jobId)).size).toBe(1);
    expect(handler.runs).toHaveLength(3);
  });

  it('gives up after eight tries, keeps the job for a person and tells its handler', async () => {
    const handler = new Handler();
    handler.failures = 1;
    await promise('hopeless', 'a');
    await change('hopeless', 'attempts = 7');
    worker.register('hopeless', handler);
    await until('the job is parked', async () => (await job('hopeless'))?.state === 'parked');
    await until('the handler was told', () => handler.given.length);
    expect(handler.given).toEqual(['a']);
    await change('hopeless', `runAfter = ${now(-1)}`);
    await sleep(1_200);
    expect(handler.runs).toHaveLength(1);
    await expect(job('hopeless')).resolves.toMatchObject({ attempts: 8, lastError: 'Not yet, a.' });
  });

  it('leaves alone what another process is working on, and repeats what that one left behind in a crash', async () => {
    const handler = new Handler();
    await promise('crashed', 'a');
    await change('crashed', `leaseUntil = ${now(30)}, leaseToken = '${newId()}', attempts = 1`);
    worker.register('crashed', handler);
    await sleep(1_200);
    expect(handler.runs).toEqual([]);
    await change('crashed', `leaseUntil = ${now(-1)}`);
    await until('the job is repeated', () => isDone('crashed'));
    expect(handler.runs).toHaveLength(1);
  });

  it('lets a slow worker that lost its lease change nothing any more', async () => {
    const handler = new Handler();
    handler.failures = 1;
    const slow: OutboxHandler = {
      run: async (payload, jobId) => {
        await change('slow', `leaseToken = '${newId()}'`);
        await handler.run(payload, jobId);
      },
    };
    worker.register('slow', slow);
    await promise('slow', 'a');
    await until('the job ran', () => handler.runs.length);
    await sleep(50);
    await expect(job('slow')).resolves.toMatchObject({ attempts: 1, lastError: null, isLeased: true });
  });

  it('hands back at once what it leased and has not begun when it is stopped', async () => {
    const own = await startRooms({ imports: [OutboxModule] });
    const ownOutbox = own.module.get(Outbox, { strict: false });
    let release!: () => void;
    const hanging = new Promise<void>((resolve) => (release = resolve));
    await own.module.get(UnitOfWork).run(async (tx) => {
      for (const name of ['a', 'b', 'c']) await ownOutbox.add(tx, 'left', { name });
    });
    own.module.get(OutboxWorker, { strict: false }).register('left', { run: () => hanging });
    const rows = (): Promise<{ leaseUntil: unknown; attempts: number }[]> =>
      own.module.get(DataSource).query('SELECT leaseUntil, attempts FROM outbox ORDER BY attempts');
    await until('all are leased', async () => (await rows()).every(({ leaseUntil }) => leaseUntil !== null));
    const stopping = own.module.get(OutboxWorker, { strict: false }).beforeApplicationShutdown();
    release();
    await stopping;
    expect(await rows()).toEqual([
      { leaseUntil: null, attempts: 0 },
      { leaseUntil: null, attempts: 0 },
    ]);
    await own.close();
  });

  it('does not let a kind that hangs stop the others', async () => {
    const quick = new Handler();
    let release!: () => void;
    const hanging = new Promise<void>((resolve) => (release = resolve));
    worker.register('hanging', { run: () => hanging });
    worker.register('quick', quick);
    await promise('hanging', 'a');
    await promise('quick', 'b');
    await until('the quick one is done', () => isDone('quick'));
    release();
    await until('the hanging one is done', () => isDone('hanging'));
  });

  describe('a kind whose jobs run side by side', () => {
    const PACE = { abreast: 3, backOff: [5] };

    /** Jobs whose name says so wait until they are let go. */
    class Patient implements OutboxHandler {
      readonly started: string[] = [];
      readonly done: string[] = [];
      private letGo!: () => void;
      private readonly free = new Promise<void>((resolve) => (this.letGo = resolve));

      async run({ name }: Record<string, unknown>): Promise<void> {
        this.started.push(String(name));
        if (String(name).startsWith('hanging')) await this.free;
        this.done.push(String(name));
      }

      release(): void {
        this.letGo();
      }
    }

    it('goes on with the others while some of them hang, however they came', async () => {
      const handler = new Patient();
      worker.register('abreast', handler, PACE);
      await promise('abreast', 'hanging 1');
      await until('the first one hangs', () => handler.started.length);
      await promise('abreast', 'hanging 2');
      await until('the second one hangs', () => handler.started.length === 2);
      const names = Array.from({ length: 7 }, (_, index) => String(index));
      for (const name of names) await promise('abreast', name);
      await until('all others are done', () => handler.done.length === names.length);
      expect(handler.done).toEqual(names);
      handler.release();
      await until('the hanging ones are done', () => isDone('abreast'));
    });

    it('never has more of them under way than it may', async () => {
      const handler = new Patient();
      worker.register('crowd', handler, PACE);
      for (let count = 0; count < 8; count += 1) await promise('crowd', `hanging ${count}`);
      await until('as many hang as may', () => handler.started.length === PACE.abreast);
      await sleep(1_200);
      expect(handler.started).toHaveLength(PACE.abreast);
      handler.release();
      await until('all are done', () => isDone('crowd'));
      expect(handler.done).toHaveLength(8);
    });

    it('is stopped only when the last of them has ended', async () => {
      const own = await startRooms({ imports: [OutboxModule] });
      const handler = new Patient();
      own.module.get(OutboxWorker, { strict: false }).register('stopping', handler, PACE);
      await own.module
        .get(UnitOfWork)
        .run((tx) => own.module.get(Outbox, { strict: false }).add(tx, 'stopping', { name: 'hanging' }));
      await until('it hangs', () => handler.started.length);
      let isStopped = false;
      const stopping = own.close().then(() => (isStopped = true));
      await sleep(100);
      expect(isStopped).toBe(false);
      handler.release();
      await stopping;
      expect(handler.done).toEqual(['hanging']);
    });
  });
});

if (ENGINE === 'mysql')
  describe('two workers on one outbox', () => {
    it('do each job once', async () => {
      const handlers = [new Handler(), new Handler()];
      const rooms = await startRooms({ imports: [OutboxModule] });
      const other = await startRooms({ imports: [OutboxModule], on: rooms.database });
      const unitOfWork = rooms.module.get(UnitOfWork);
      const outbox = rooms.module.get(Outbox, { strict: false });
      const names = Array.from({ length: 60 }, (_, index) => String(index).padStart(2, '0'));
      for (const name of names) await unitOfWork.run((tx) => outbox.add(tx, 'shared', { name }));
      for (const [index, { module }] of [rooms, other].entries())
        module.get(OutboxWorker, { strict: false }).register('shared', handlers[index]);
      const left = () => rooms.module.get(DataSource).query<unknown[]>('SELECT id FROM outbox');
      await until('all jobs are done', async () => !(await left()).length, 15_000);
      const done = handlers.flatMap(({ runs }) => runs.map(({ name }) => name));
      expect(done.toSorted()).toEqual(names);
      await other.close();
      await rooms.close();
    }, 30_000);
  });
