import { setTimeout as sleep } from 'node:timers/promises';
import { expectStatus, problem } from '../../support/api-client';
import { describeWithRedis, twoNodes } from './support/two-nodes';

const TOLD_MS = 500;

describeWithRedis('what somebody does on one node', () => {
  const nodes = twoNodes({ env: { RATE_LIMIT_SCALE: '1' } });
  const { one, two } = nodes;

  it('counts on the other one, too', async () => {
    const { email } = (await one.api.given.customer()).account;
    for (let count = 0; count < 3; count += 1)
      expectStatus(202, await one.api.anyone.post('/api/auth/password/forgot', { email }));
    await sleep(TOLD_MS);
    const answer = await two.api.anyone.post('/api/auth/password/forgot', { email });
    expect(answer).toMatchObject(problem(429, 'rate-limited'));
  });

  it('counts there only while Redis is away', async () => {
    await nodes.redis.stop();
    await nodes.areApart();
    const { email } = (await one.api.given.customer()).account;
    for (const { api } of [one, two])
      for (let count = 0; count < 3; count += 1)
        expectStatus(202, await api.anyone.post('/api/auth/password/forgot', { email }));
    const answer = await one.api.anyone.post('/api/auth/password/forgot', { email });
    expect(answer).toMatchObject(problem(429, 'rate-limited'));
  });
});
