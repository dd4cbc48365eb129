import { setTimeout as sleep } from 'node:timers/promises';
import { KeyedQueue } from './keyed-queue';

describe('a queue by key', () => {
  it('runs the jobs of one key one after another, in the order they came', async () => {
    const queue = new KeyedQueue<number>();
    const steps: string[] = [];
    const job = (name: string, pauseMs: number) => async (): Promise<void> => {
      steps.push(`${name} starts`);
      await sleep(pauseMs);
      steps.push(`${name} ends`);
    };
    await Promise.all([queue.run(1, job('slow', 10)), queue.run(1, job('quick', 0)), queue.run(1, job('last', 0))]);
    expect(steps).toEqual(['slow starts', 'slow ends', 'quick starts', 'quick ends', 'last starts', 'last ends']);
  });

  it('does not let keys wait for each other', async () => {
    const queue = new KeyedQueue<number>();
    let unblock!: () => void;
    const blocked = new Promise<void>((resolve) => (unblock = resolve));
    const first = queue.run(1, () => blocked);
    await expect(queue.run(2, () => Promise.resolve())).resolves.toBeUndefined();
    unblock();
    await first;
  });

  it('goes on behind a job that failed, and tells only its own caller', async () => {
    const queue = new KeyedQueue<string>();
    let isDone = false;
    const failing = queue.run('a', () => Promise.reject(new Error('broken')));
    const next = queue.run('a', () => Promise.resolve(void (isDone = true)));
    await expect(failing).rejects.toThrow('broken');
    await expect(next).resolves.toBeUndefined();
    expect(isDone).toBe(true);
  });
});
