import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Nodes } from '../../../src/nodes';
import { expectStatus, type Person } from '../../support/api-client';
import { granted, type Device, type Heard } from '../support/device';
import { describeWithRedis, twoNodes } from './support/two-nodes';

const AGREED_MS = 15_000;

describeWithRedis('while Redis is away', () => {
  const nodes = twoNodes({ withRedis: false });
  const { one, two } = nodes;
  let cora: Person;
  let ana: Person;
  let ticketId: number;
  let customer: Device;
  let agent: Device;

  /** A customer on the first node and an agent on the second. */
  const connect = async (): Promise<void> => {
    [cora, ana] = await Promise.all([one.api.given.customer(), one.api.given.agent()]);
    ticketId = (await one.api.given.ticket({ by: cora })).id;
    expectStatus(200, await ana.post(`/api/tickets/${ticketId}/claim`));
    [customer, agent] = await Promise.all([one.sockets.connect(cora), two.sockets.connect(ana)]);
    await Promise.all([customer, agent].map((device) => device.follow(ticketId)));
    for (const device of [customer, agent]) device.forget();
  };

  const health = (): Promise<unknown> => one.api.anyone.get('/health/ready').then(({ status, body }) => [status, body]);

  const isPushed = async (): Promise<void> => {
    await connect();
    const { seq } = await customer.say(ticketId, 'Is it fast?');
    await agent.hears('ticket:event', (event) => event.seq === seq, 1_000);
  };

  const back = async (): Promise<void> => {
    await nodes.redis.start();
    await nodes.areLinked();
  };

  // One story, in the order in which an operator would live through it.
  it('nodes start, serve, and say that they are not at their best', async () => {
    await expect(health()).resolves.toEqual([200, { status: 'degraded' }]);
    await connect();
    await expect(customer.say(ticketId, 'Good morning')).resolves.toMatchObject({ duplicate: false });
  });

  it('and they find each other as soon as it is there', async () => {
    await back();
    await expect(health()).resolves.toEqual([200, { status: 'ok' }]);
    await isPushed();
  });

  describe.each([
    ['stopped', () => nodes.redis.stop(), back],
    [
      'frozen',
      () => Promise.resolve(nodes.redis.freeze()),
      async () => {
        nodes.redis.thaw();
        await nodes.areLinked();
      },
    ],
  ])('because it was %s', (_how, goes, comesBack) => {
    it('sends are as quick as before, also before anybody has noticed', async () => {
      await connect();
      await customer.say(ticketId, 'The first one warms up');
      await goes();
      const times: number[] = [];
      for (let count = 0; count < 40; count += 1) {
        const start = performance.now();
        await customer.say(ticketId, `Word ${count}`);
        times.push(performance.now() - start);
      }
      expect(times.toSorted((a, b) => a - b)[20]).toBeLessThan(200);
      expect(Math.max(...times)).toBeLessThan(1_500);
      await nodes.areApart();
    });

    it('both sides agree within 15 seconds: heads, lists, counts and read marks', async () => {
      await connect();
      const { seq } = await customer.say(ticketId, 'Can you hear me?');
      await agent.hears('ticket:head', (head) => head.ticketId === ticketId && head.seq >= seq, AGREED_MS);
      const { events } = granted(await agent.ask('ticket:sync', { ticketId, after: 0 }));
      expect(JSON.stringify(events)).toContain('Can you hear me?');
      await agent.hears('ticket:changed', ({ summary }) => summary.id === ticketId, AGREED_MS);
      await agent.hears('unread', ({ tickets }) => tickets === 1, AGREED_MS);
      granted(await agent.ask('read:mark', { ticketId, seq }));
      await customer.hears('ticket:read', ({ userId }) => userId === 'staff', AGREED_MS);
      expect(agent.pushed(ticketId)).toEqual([]);
    });

    it('customers notice nothing of a note, while staff on their node do', async () => {
      await connect();
      const isListed = (body: string) => (change: Heard<'ticket:changed'>) =>
        change.ticketId === ticketId && change.summary.lastMessage?.excerpt === body;
      await agent.say(ticketId, 'Good morning');
      await customer.hears('ticket:changed', isListed('Good morning'), AGREED_MS);
      await looksTwice(one.api.part(Nodes));
      const lists = await one.sockets.connect(await one.api.given.agent());
      for (const device of [customer, lists]) device.forget();
      await agent.say(ticketId, 'Between us', 'note');
      await lists.hears('ticket:changed', isListed('Between us'), AGREED_MS);
      await agent.say(ticketId, 'Here I am');
      await customer.hears('ticket:changed', isListed('Here I am'), AGREED_MS);
      expect(customer.heard('ticket:changed').filter((change) => !isListed('Here I am')(change))).toEqual([]);
      expect(customer.everything).not.toContain('Between us');
    });

    it('it comes back, and pushes are fast again by themselves', async () => {
      await comesBack();
      await isPushed();
      await expect(health()).resolves.toEqual([200, { status: 'ok' }]);
    });
  });

  it('little waits in the memory of a node, however much is said', async () => {
    await connect();
    nodes.redis.freeze();
    const { link } = one.api.part(Nodes);
    const before = heldBytes();
    for (let count = 0; count < 100; count += 1) link?.publish('a-channel-nobody-hears', Buffer.alloc(MEBIBYTE));
    expect(heldBytes() - before).toBeLessThan(40 * MEBIBYTE);
    await nodes.areApart();
    nodes.redis.thaw();
    await nodes.areLinked();
    await isPushed();
  });
});

/** After that the lists are up to date, and what it took has been told. */
async function looksTwice(node: Nodes): Promise<void> {
  await once(node, 'catchUp');
  await once(node, 'catchUp');
}

const MEBIBYTE = 1_048_576;

/** What is still needed, without what only waits to be collected. */
function heldBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().arrayBuffers;
}
