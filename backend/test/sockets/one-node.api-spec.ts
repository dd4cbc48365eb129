import { NodeTimes } from '../../src/nodes';
import { Api } from '../support/api-client';
import { PrivateRedis } from '../support/private-redis';
import type { TestAppOptions } from '../support/test-app';
import { until } from '../support/until';
import { Sockets } from './support/device';
import { describeWithRedis } from './nodes/support/two-nodes';

describeWithRedis('one node with a Redis', () => {
  const options: TestAppOptions = {};
  const api = new Api(options);
  const sockets = new Sockets(api);
  let redis: PrivateRedis;
  beforeAll(async () => {
    redis = await PrivateRedis.prepare();
    Object.assign(options, {
      env: { REDIS_URL: redis.url },
      replace: [{ token: NodeTimes, value: { ...new NodeTimes(), beat: 100, connect: 500, reconnect: 100 } }],
    });
    await api.start();
  }, 30_000);
  afterEach(() => sockets.closeAll());
  afterAll(async () => {
    await api.stop();
    await redis.remove();
  });

  const readiness = (): Promise<string> => api.anyone.get('/health/ready').then(({ body }) => body.status);

  it('starts without it, and is linked when it comes', async () => {
    await expect(readiness()).resolves.toBe('degraded');
    await redis.start();
    await until('it is linked', async () => (await readiness()) === 'ok');
  });

  it('hears nothing twice', async () => {
    const [cora, ana] = await Promise.all([api.given.customer(), api.given.agent()]);
    const ticketId = (await api.given.ticket({ by: cora })).id;
    const [customer, agent] = await Promise.all([cora, ana].map((person) => sockets.connect(person)));
    await Promise.all([customer, agent].map((device) => device.follow(ticketId)));
    const first = await agent.say(ticketId, 'One');
    const second = await agent.say(ticketId, 'Two');
    await customer.hearsSeq(ticketId, second.seq);
    expect(customer.pushed(ticketId).map(({ seq }) => seq)).toEqual([first.seq, second.seq]);
    expect(agent.heard('ticket:viewers').at(-1)?.users).toHaveLength(1);
  });
});
