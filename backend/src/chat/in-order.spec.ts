import { Unavailable } from '../common';
import { InOrder } from './in-order';

const away = Object.assign(new Error('away'), { code: 'ECONNREFUSED' });

describe('InOrder', () => {
  const order = new InOrder();
  const done: string[] = [];
  beforeEach(() => (done.length = 0));

  const job = (name: string, ticks: number) => async (): Promise<string> => {
    for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
    done.push(name);
    return name;
  };

  it('finishes one job before it starts the next of the same ticket', async () => {
    await expect(Promise.all([order.run(1001, job('slow', 20)), order.run(1001, job('quick', 0))])).resolves.toEqual([
      'slow',
      'quick',
    ]);
    expect(done).toEqual(['slow', 'quick']);
  });

  it('lets other tickets go on meanwhile', async () => {
    await Promise.all([order.run(1001, job('slow', 20)), order.run(1002, job('quick', 0))]);
    expect(done).toEqual(['quick', 'slow']);
  });

  it('goes on after a job that failed', async () => {
    const failed = order.run(1001, () => Promise.reject(new Error('refused')));
    const next = order.run(1001, job('next', 0));
    await expect(failed).rejects.toThrow('refused');
    await expect(next).resolves.toBe('next');
  });

  it.each([away, new Unavailable()])(
    'fails all that wait at once while the database is away, and tries again for whoever comes later (%s)',
    async (error) => {
      const waiting = [
        order.run(1001, () => Promise.reject(error)),
        order.run(1001, job('b', 0)),
        order.run(1001, job('c', 0)),
      ];
      for (const answer of waiting) await expect(answer).rejects.toBe(error);
      expect(done).toEqual([]);
      await expect(order.run(1001, job('later', 0))).resolves.toBe('later');
    },
  );
});
