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

  it('counts on the other one when it is a wrong password, until a right one forgives it', async () => {
    const { email } = (await one.api.given.customer()).account;
    for (let count = 0; count < 4; count += 1) await one.api.login(email, 'a wrong password');
    await sleep(TOLD_MS);
    expectStatus(200, await two.api.login(email));
    await sleep(TOLD_MS);
    for (let count = 0; count < 6; count += 1)
      expectStatus(401, await [one, two][count % 2].api.login(email, 'a wrong password'));
    await sleep(TOLD_MS);
    for (const { api } of [one, two]) expect(await api.login(email)).toMatchObject(problem(429, 'rate-limited'));
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
    for (const { api } of [one, two])
      for (let count = 0; count < 6; count += 1) expectStatus(401, await api.login(email, 'a wrong password'));
    for (const { api } of [one, two]) expect(await api.login(email)).toMatchObject(problem(429, 'rate-limited'));
  });
});
