import { setTimeout as sleep } from 'node:timers/promises';
import { RateLimited } from './domain-error';
import { Semaphore } from './semaphore';

/** A job that ends when told to. */
function aJob(): { job: () => Promise<string>; end: () => void; fail: () => void; started: () => boolean } {
  let hasStarted = false;
  let end!: () => void;
  let fail!: () => void;
  const promise = new Promise<string>((resolve, reject) => {
    end = () => resolve('done');
    fail = () => reject(new Error('broken'));
  });
  const job = (): Promise<string> => {
    hasStarted = true;
    return promise;
  };
  return { job, end, fail, started: () => hasStarted };
}

describe('a semaphore', () => {
  it('runs as many jobs at once as it is wide', async () => {
    const semaphore = new Semaphore(2, 10);
    const jobs = [aJob(), aJob(), aJob()];
    const results = jobs.map(({ job }) => semaphore.run(job));
    await sleep(1);
    expect(jobs.map(({ started }) => started())).toEqual([true, true, false]);
    jobs[0].end();
    await sleep(1);
    expect(jobs[2].started()).toBe(true);
    jobs[1].end();
    jobs[2].end();
    await expect(Promise.all(results)).resolves.toEqual(['done', 'done', 'done']);
  });

  it('lets those who wait in, in the order they came', async () => {
    const semaphore = new Semaphore(1, 10);
    const order: number[] = [];
    await Promise.all([1, 2, 3, 4].map((n) => semaphore.run(() => Promise.resolve(order.push(n)))));
    expect(order).toEqual([1, 2, 3, 4]);
  });

  it('tells whoever comes to a full queue to try again', async () => {
    const semaphore = new Semaphore(1, 1);
    const [running, waiting] = [aJob(), aJob()];
    const results = [semaphore.run(running.job), semaphore.run(waiting.job)];
    await expect(semaphore.run(aJob().job)).rejects.toThrow(RateLimited);
    running.end();
    waiting.end();
    await expect(Promise.all(results)).resolves.toEqual(['done', 'done']);
  });

  it('gives the place of a failed job to the next', async () => {
    const semaphore = new Semaphore(1, 1);
    const [failing, next] = [aJob(), aJob()];
    const results = [semaphore.run(failing.job), semaphore.run(next.job)];
    failing.fail();
    next.end();
    await expect(results[0]).rejects.toThrow('broken');
    await expect(results[1]).resolves.toBe('done');
    await expect(semaphore.run(() => Promise.resolve('later'))).resolves.toBe('later');
  });
});
