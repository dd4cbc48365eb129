import { io } from 'socket.io-client';
import { newId } from '../../../src/common';
import { expectStatus, type Person } from '../../support/api-client';
import { until } from '../../support/until';
import { Device, granted } from '../support/device';
import { Merged } from '../support/merged';
import { Balancer } from './support/balancer';
import { describeWithRedis, twoNodes } from './support/two-nodes';

describeWithRedis('on two nodes', () => {
  const nodes = twoNodes();
  const { one, two } = nodes;
  let cora: Person;
  let ana: Person;
  let ticketId: number;
  beforeEach(async () => {
    [cora, ana] = await Promise.all([one.api.given.customer(), one.api.given.agent()]);
    ticketId = (await one.api.given.ticket({ by: cora })).id;
  });

  it('a word said on one is heard on the other, exactly as on its own', async () => {
    const [here, there, customer] = await Promise.all([
      one.sockets.connect(ana),
      two.sockets.connect(ana),
      two.sockets.connect(cora),
    ]);
    await Promise.all([here, there, customer].map((device) => device.follow(ticketId)));
    const { seq } = await here.say(ticketId, 'Hello – “from” the other side ✓');
    const [own, other] = await Promise.all([here, there].map((device) => device.hearsSeq(ticketId, seq)));
    expect(other).toEqual(own);
    await customer.hears('ticket:event', ({ type }) => type === 'message.created');
    expect(customer.pushed(ticketId)).toHaveLength(1);
  });

  it('words from both keep one order, without gaps and doubles, for everybody', async () => {
    const [agent, customer] = await Promise.all([one.sockets.connect(ana), two.sockets.connect(cora)]);
    const shown = await Promise.all([agent, customer].map((device) => Merged.follow(device, ticketId)));
    const words = Array.from({ length: 20 }, (_, count) => String(count));
    await Promise.all(words.flatMap((word) => [agent.say(ticketId, `a${word}`), customer.say(ticketId, `c${word}`)]));
    await until('both have all', () => shown.every(({ bodies }) => bodies.length === 40));
    const [byAgent, byCustomer] = shown.map((merged) => merged.events.toSorted((a, b) => a.seq - b.seq));
    expect(byCustomer.map(({ id }) => id)).toEqual(byAgent.map(({ id }) => id));
    expect(new Set(byAgent.map(({ id }) => id)).size).toBe(byAgent.length);
  });

  it('the same message sent to both is stored once', async () => {
    const [here, there] = await Promise.all([one.sockets.connect(cora), two.sockets.connect(cora)]);
    const message = { ticketId, clientMsgId: newId(), kind: 'chat' as const, body: 'Only once, please' };
    const answers = await Promise.all([here, there].map((device) => device.ask('message:send', message)));
    const [first, second] = answers.map(granted);
    expect(first.message.id).toBe(second.message.id);
    expect([first.duplicate, second.duplicate].filter(Boolean)).toHaveLength(1);
  });

  it('a note said on one never reaches a customer on the other', async () => {
    const [agent, colleague, customer] = await Promise.all([
      one.sockets.connect(ana),
      two.sockets.connect(ana),
      two.sockets.connect(cora),
    ]);
    await Promise.all([agent, colleague, customer].map((device) => device.follow(ticketId)));
    customer.forget();
    granted(await agent.ask('typing', { ticketId, active: true, kind: 'note' }));
    const { seq } = await agent.say(ticketId, 'Between us', 'note');
    await colleague.hearsSeq(ticketId, seq);
    const open = await agent.say(ticketId, 'To everybody');
    await customer.hears('ticket:event', ({ id }) => id !== undefined);
    expect(customer.pushed(ticketId).map(({ seq: number }) => number)).toEqual([open.seq - 1]);
    expect(customer.everything).not.toContain('Between us');
    expect(customer.names).not.toContain('ticket:typing');
  });

  it('lists, notices and counts of unread messages are told on the other one', async () => {
    expectStatus(200, await ana.post(`/api/tickets/${ticketId}/claim`));
    const [lists, customer] = await Promise.all([two.sockets.connect(ana), one.sockets.connect(cora)]);
    await customer.say(ticketId, 'Is anybody there?');
    await lists.hears('ticket:changed', (change) => change.ticketId === ticketId);
    await lists.hears('notification', (notice) => notice.ticketId === ticketId);
    await lists.hears('unread', ({ tickets }) => tickets === 1);
  });

  it('a ticket deleted on one is left by everybody on the other', async () => {
    const [agent, customer] = await Promise.all([two.sockets.connect(ana), two.sockets.connect(cora)]);
    await Promise.all([agent, customer].map((device) => device.follow(ticketId)));
    expectStatus(204, await cora.delete(`/api/tickets/${ticketId}`));
    await agent.hears('ticket:removed', (removal) => removal.ticketId === ticketId);
    expectStatus(200, await (await one.api.given.admin()).post(`/api/tickets/${ticketId}/restore`));
    agent.forget();
    await customer.say(ticketId, 'Still here');
    const again = await agent.follow(ticketId);
    expect(again.viewers).toHaveLength(1);
    expect(agent.pushed(ticketId)).toEqual([]);
  });

  it('people meet behind a balancer that sends each connection to the next node, over websockets', async () => {
    const balancer = await Balancer.before([one.api.url, two.api.url]);
    const [customer, agent] = [await connectTo(balancer.url, cora), await connectTo(balancer.url, ana)];
    try {
      for (const device of [customer, agent]) await device.follow(ticketId);
      const { seq } = await agent.say(ticketId, 'From wherever you are');
      await customer.hearsSeq(ticketId, seq);
      expect(balancer.served).toEqual([1, 1]);
    } finally {
      for (const { socket } of [customer, agent]) socket.disconnect();
      await balancer.close();
    }
  });

  it('and over polling, where each stays at its node', async () => {
    const polling = await two.sockets.connect(cora, { transports: ['polling'] });
    const agent = await one.sockets.connect(ana);
    await Promise.all([polling, agent].map((device) => device.follow(ticketId)));
    await agent.say(ticketId, 'By whatever way');
    await polling.hears('ticket:event', ({ type }) => type === 'message.created');
    const upgraded = await two.sockets.connect(cora, { transports: ['polling', 'websocket'] });
    await expect(upgraded.follow(ticketId)).resolves.toMatchObject({ audience: 'public' });
  });
});

async function connectTo(url: string, person: Person): Promise<Device> {
  const auth = { token: person.signIn.accessToken };
  const device = new Device(io(url, { transports: ['websocket'], forceNew: true, reconnection: false, auth }));
  await until('the connection stands', () => device.socket.connected);
  return device;
}
