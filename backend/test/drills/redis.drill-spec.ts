import type { Person } from '../support/api-client';
import { PrivateNetwork } from '../support/private-network';
import { ENGINE } from '../support/databases';
import type { Device } from '../sockets/support/device';
import { TwoNodes } from '../sockets/nodes/support/two-nodes';
import { HAS_REDIS } from '../support/private-redis';
import { until } from '../support/until';

/** Each way; well below what a node takes for silence. */
const SLOW_MS = 100;
const PUSHED_WITHIN_MS = 10_000;
const SENT_WITHIN_MS = 3_000;

if (ENGINE === 'mysql')
  (HAS_REDIS ? describe : describe.skip)('a Redis between two nodes that', () => {
    const nodes = new TwoNodes({}, {});
    const { one, two } = nodes;
    let network: PrivateNetwork | undefined;
    let customer: Device;
    let agent: Device;
    let ana: Person;
    let ticketId: number;

    beforeAll(
      () =>
        nodes.start({
          redisThrough: async (url) => {
            network = await PrivateNetwork.to(url);
            return network.through(url);
          },
        }),
      90_000,
    );
    beforeEach(async () => {
      const cora = await one.api.given.customer();
      ana = await one.api.given.agent();
      ticketId = (await one.api.given.ticket({ by: cora })).id;
      [customer, agent] = [await one.sockets.connect(cora), await two.sockets.connect(ana)];
      await Promise.all([customer, agent].map((device) => device.follow(ticketId)));
    });
    afterEach(async () => {
      nodes.disconnectAll();
      await network?.restore();
      await nodes.areLinked();
    });
    afterAll(async () => {
      await nodes.stop();
      await network?.close();
    }, 30_000);

    const health = async (): Promise<unknown> => (await one.api.anyone.get('/health/ready')).body;
    const pushedBothWays = async (): Promise<void> => {
      const asked = await customer.say(ticketId, 'Is it there?');
      await agent.hears('ticket:event', (event) => event.seq === asked.seq, PUSHED_WITHIN_MS);
      const answered = await agent.say(ticketId, 'It is.');
      await customer.hears('ticket:event', (event) => event.seq === answered.seq, PUSHED_WITHIN_MS);
    };

    it('is emptied loses nobody and nothing: pushes, presence and sign-ins go on', async () => {
      await nodes.redis.empty();
      await pushedBothWays();
      expect(await health()).toEqual({ status: 'ok' });
      const bob = await one.api.given.agent();
      await one.sockets.connect(bob);
      await agent.hears('presence', ({ userId, state }) => userId === bob.id && state === 'online', PUSHED_WITHIN_MS);
      expect((await ana.get('/api/me')).status).toBe(200);
    }, 40_000);

    it('is slow holds up no send; what is pushed comes later, and in order', async () => {
      network?.slow(SLOW_MS);
      const seqs: number[] = [];
      for (let count = 0; count < 10; count += 1) {
        const start = Date.now();
        seqs.push((await customer.say(ticketId, `Word ${count}`)).seq);
        expect(Date.now() - start).toBeLessThan(SENT_WITHIN_MS);
      }
      await until('all were pushed', () => agent.pushed(ticketId).length >= seqs.length, PUSHED_WITHIN_MS);
      expect(agent.pushed(ticketId).map(({ seq }) => seq)).toEqual(seqs);
      await network?.restore();
      await pushedBothWays();
    }, 40_000);
  });
