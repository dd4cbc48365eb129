import type { DataSource } from 'typeorm';
import { Unavailable } from '../../common';
import { SocketHub } from '../../realtime';
import { Readiness } from './readiness';

const withDatabase = (query: () => Promise<unknown>): Readiness =>
  new Readiness({ query } as unknown as DataSource, new SocketHub());

describe('Readiness', () => {
  it('is given while the database answers', async () => {
    await expect(withDatabase(() => Promise.resolve([])).assertReady()).resolves.toBeUndefined();
  });

  it('is not given when the database refuses', async () => {
    const readiness = withDatabase(() => Promise.reject(new Error('away')));
    await expect(readiness.assertReady()).rejects.toBeInstanceOf(Unavailable);
  });

  it('is not given when the database does not answer in time', async () => {
    const readiness = withDatabase(() => new Promise(() => undefined));
    await expect(readiness.assertReady()).rejects.toBeInstanceOf(Unavailable);
  });

  it('ends as soon as the process is told to stop', async () => {
    const readiness = withDatabase(() => Promise.resolve([]));
    const draining = readiness.drain();
    await expect(readiness.assertReady()).rejects.toBeInstanceOf(Unavailable);
    await draining;
  });

  it('ends when the process is about to stop', async () => {
    const readiness = withDatabase(() => Promise.resolve([]));
    readiness.beforeApplicationShutdown();
    await expect(readiness.assertReady()).rejects.toBeInstanceOf(Unavailable);
  });
});
