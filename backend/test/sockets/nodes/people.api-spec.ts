import { setTimeout as sleep } from 'node:timers/promises';
import { SocketCounts } from '../../../src/realtime/socket-counts';
import { expectStatus, type Person } from '../../support/api-client';
import { until } from '../../support/until';
import { granted, type Device } from '../support/device';
import { describeWithRedis, twoNodes, type TestNode } from './support/two-nodes';

const GATHERED_MS = 1_200;

const states = (device: Device, person: Person): string[] =>
  device
    .heard('presence')
    .filter(({ userId }) => userId === person.id)
    .map(({ state }) => state);

const viewersOf = (device: Device): { id: string; state: string }[] | undefined =>
  device.heard('ticket:viewers').at(-1)?.users;

describeWithRedis('people on two nodes', () => {
  const nodes = twoNodes();
  const { one, two } = nodes;
  let cora: Person;
  let ana: Person;
  let ticketId: number;
  beforeEach(async () => {
    [cora, ana] = await Promise.all([one.api.given.customer(), one.api.given.agent({ name: 'Ana' })]);
    ticketId = (await one.api.given.ticket({ by: cora })).id;
  });

  describe('are there', () => {
    it('for staff on both, as long as they are connected to one', async () => {
      const agents = await Promise.all([one, two].map(({ sockets }) => sockets.connect(ana)));
      const customer = await two.sockets.connect(cora);
      await Promise.all(agents.map((agent) => until('they know', () => states(agent, cora).includes('online'))));
      const { body } = expectStatus(200, await ana.get(`/api/tickets/${ticketId}`));
      expect(body.requester.online).toBe(true);
      customer.socket.disconnect();
      await Promise.all(
        agents.map((agent) => until('they know', () => states(agent, cora).includes('offline'), 10_000)),
      );
    });

    it('without a break when a page is loaded again from the other node', async () => {
      const agent = await one.sockets.connect(ana);
      const before = await two.sockets.connect(cora);
      await until('she is online', () => states(agent, cora).length);
      before.socket.disconnect();
      await one.sockets.connect(cora);
      await sleep(5_500);
      expect(states(agent, cora)).toEqual(['online']);
    });

    it('away only when they are on all pages of both', async () => {
      const agent = await one.sockets.connect(ana);
      const pages = await Promise.all([one, two].map(({ sockets }) => sockets.connect(cora)));
      await until('she is online', () => states(agent, cora).length);
      granted(await pages[0].ask('presence:set', { state: 'away' }));
      await sleep(GATHERED_MS);
      expect(states(agent, cora)).toEqual(['online']);
      granted(await pages[1].ask('presence:set', { state: 'away' }));
      await until('she is away', () => states(agent, cora).includes('away'));
    });

    it('for customers on the other node too: whoever speaks to them or holds their ticket', async () => {
      const bob = await one.api.given.agent();
      const customer = await two.sockets.connect(cora);
      await customer.follow(ticketId);
      expectStatus(200, await ana.post(`/api/tickets/${ticketId}/claim`));
      await one.api.given.message(bob, ticketId);
      await customer.hears('ticket:event', ({ type }) => type === 'message.created');
      await Promise.all([ana, bob].map((person) => one.sockets.connect(person)));
      await Promise.all(
        [ana, bob].map((person) => until('the customer knows', () => states(customer, person).includes('online'))),
      );
    });

    it('no longer for the customer of a ticket they gave back, unless they have spoken in it', async () => {
      const bob = await one.api.given.agent();
      const customer = await two.sockets.connect(cora);
      await customer.follow(ticketId);
      await one.api.given.message(bob, ticketId);
      const [silent, speaker] = await Promise.all([ana, bob].map((person) => one.sockets.connect(person)));
      await until('the customer knows of the one who spoke', () => states(customer, bob).includes('online'));
      for (const holder of [bob, ana])
        expectStatus(200, await bob.put(`/api/tickets/${ticketId}/assignee`, { agentId: holder.id }));
      granted(await silent.ask('presence:set', { state: 'away' }));
      await until('the customer knows of the one who holds it', () => states(customer, ana).includes('away'));
      expectStatus(200, await ana.delete(`/api/tickets/${ticketId}/assignee`));
      await customer.hears('ticket:event', ({ type, data }) => type === 'assignee.changed' && data.to === null);
      await sleep(GATHERED_MS);
      customer.forget();
      granted(await silent.ask('presence:set', { state: 'online' }));
      granted(await speaker.ask('presence:set', { state: 'away' }));
      await until('the customer knows of the one who spoke', () => states(customer, bob).includes('away'));
      expect(states(customer, ana)).toEqual([]);
    });
  });

  describe('who look at a ticket', () => {
    it('are shown to staff on both, in the answer and after every change, each person once', async () => {
      const bob = await one.api.given.agent({ name: 'Bob' });
      const agent = await one.sockets.connect(ana);
      await agent.follow(ticketId);
      const tabs = await Promise.all([one, two].map(({ sockets }) => sockets.connect(bob)));
      for (const tab of tabs) await tab.follow(ticketId);
      await until('Ana sees Bob once', () =>
        viewersOf(agent)
          ?.map(({ id }) => id)
          .toSorted()
          .join(),
      );
      await until('both are known on the other node', async () => {
        const { viewers = [] } = await tabs[1].follow(ticketId);
        return viewers.length === 2;
      });
      granted(await tabs[1].ask('typing', { ticketId, active: true, kind: 'chat' }));
      await agent.hears('ticket:viewers', ({ users }) =>
        users.some(({ id, state }) => id === bob.id && state === 'composing'),
      );
      tabs[0].socket.disconnect();
      await sleep(300);
      expect(
        viewersOf(agent)
          ?.map(({ id }) => id)
          .toSorted(),
      ).toEqual([ana.id, bob.id].toSorted());
      granted(await tabs[1].ask('ticket:unsubscribe', { ticketId }));
      await until('only Ana is left', () => viewersOf(agent)?.length === 1);
    });

    it('are shown to no customer', async () => {
      const customer = await two.sockets.connect(cora);
      await expect(customer.follow(ticketId)).resolves.not.toHaveProperty('viewers');
      const agent = await one.sockets.connect(ana);
      await agent.follow(ticketId);
      granted(await agent.ask('typing', { ticketId, active: true, kind: 'note' }));
      await sleep(300);
      expect(customer.names).not.toContain('ticket:viewers');
      expect(customer.names).not.toContain('ticket:typing');
    });

    it('and write in it, are seen to write on the other node', async () => {
      const [agent, customer] = await Promise.all([one.sockets.connect(ana), two.sockets.connect(cora)]);
      await Promise.all([agent, customer].map((device) => device.follow(ticketId)));
      granted(await agent.ask('typing', { ticketId, active: true, kind: 'chat' }));
      await customer.hears('ticket:typing', ({ user, active }) => user.id === ana.id && active);
      agent.socket.disconnect();
      await customer.hears('ticket:typing', ({ user, active }) => user.id === ana.id && !active);
    });
  });

  it('may open ten sockets in all, wherever they are', async () => {
    const places: TestNode[] = Array.from({ length: 10 }, (_, count) => (count % 2 ? one : two));
    const devices = await Promise.all(places.map(({ sockets }) => sockets.connect(cora)));
    const openOn = ({ api }: TestNode): number => api.part(SocketCounts).of(cora.id);
    await until('both nodes know', () => openOn(one) === 10 && openOn(two) === 10);
    for (const { sockets } of [one, two]) {
      const { message } = await sockets.refusal({ auth: { token: cora.signIn.accessToken } });
      expect(message).toBe('rate_limited');
    }
    devices[0].socket.disconnect();
    await until('both nodes know', () => openOn(one) === 9 && openOn(two) === 9);
    await expect(one.sockets.connect(cora)).resolves.toBeDefined();
  });
});
