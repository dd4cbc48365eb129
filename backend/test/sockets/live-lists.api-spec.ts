import { setTimeout as sleep } from 'node:timers/promises';
import { expectStatus, testApi, type Answer, type Person } from '../support/api-client';
import { until } from '../support/until';
import { granted, testSockets, type Device } from './support/device';
import { dense } from './support/merged';

describe('lists', () => {
  const api = testApi();
  const sockets = testSockets(api);
  let cora: Person;
  let carl: Person;
  let ana: Person;
  let ticket: Answer['body'];
  let customer: Device;
  let stranger: Device;
  let agent: Device;
  beforeEach(async () => {
    [cora, carl, ana] = await Promise.all([api.given.customer(), api.given.customer(), api.given.agent()]);
    [customer, stranger, agent] = await Promise.all([cora, carl, ana].map((person) => sockets.connect(person)));
    ticket = await api.given.ticket({ by: cora });
  });

  const changes = (device: Device) => device.heard('ticket:changed').filter(({ ticketId }) => ticketId === ticket.id);

  it('of staff and of the owner learn of a new ticket without asking, and nobody else’s', async () => {
    for (const device of [customer, agent]) {
      const { summary } = await device.hears('ticket:changed', ({ ticketId }) => ticketId === ticket.id);
      expect(summary).toMatchObject({ id: ticket.id, subject: ticket.subject, status: 'open', version: 1 });
      expect(summary).not.toHaveProperty('unread');
      expect(summary).not.toHaveProperty('description');
    }
    expect(stranger.names).toEqual([]);
  });

  it('show the ticket as a list would', async () => {
    expectStatus(200, await ana.patch(`/api/tickets/${ticket.id}`, { tags: ['vip'], subject: 'No ink' }));
    const pushed = await agent.hears('ticket:changed', ({ summary }) => summary.subject === 'No ink');
    const [forStaff] = expectStatus(200, await ana.get(`/api/tickets?q=${ticket.id}`)).body;
    expect({ ...pushed.summary, unread: 0 }).toEqual(forStaff);
    const toCustomer = await customer.hears('ticket:changed', ({ summary }) => summary.subject === 'No ink');
    const [own] = expectStatus(200, await cora.get(`/api/tickets?q=${ticket.id}`)).body;
    expect({ ...toCustomer.summary, unread: 0 }).toEqual(own);
  });

  it('are told at most once a second of one ticket, and the last state wins', async () => {
    await sleep(1_100);
    agent.forget();
    const start = Date.now();
    for (const n of dense(1, 30)) {
      await agent.say(ticket.id, `message ${n}`);
      await sleep(40);
    }
    await agent.hears('ticket:changed', ({ summary }) => summary.lastMessage?.excerpt === 'message 30');
    await sleep(1_200);
    const seconds = Math.ceil((Date.now() - start) / 1_000);
    expect(changes(agent).length).toBeGreaterThanOrEqual(2);
    expect(changes(agent).length).toBeLessThanOrEqual(seconds + 1);
    expect(changes(agent).at(-1)?.summary.lastMessage?.excerpt).toBe('message 30');
    expect(changes(customer).at(-1)?.summary.lastMessage?.excerpt).toBe('message 30');
  });

  it('do not tell customers of what they must not notice', async () => {
    await sleep(1_100);
    customer.forget();
    expectStatus(200, await ana.patch(`/api/tickets/${ticket.id}`, { tags: ['vip'] }));
    await agent.hears('ticket:changed', ({ summary }) => summary.tags?.includes('vip') ?? false);
    await sleep(50);
    expect(changes(customer)).toEqual([]);
  });

  it('drop a deleted ticket', async () => {
    expectStatus(204, await cora.delete(`/api/tickets/${ticket.id}`));
    for (const device of [customer, agent])
      await expect(device.hears('ticket:removed')).resolves.toEqual({ ticketId: ticket.id });
    expect(stranger.heard('ticket:removed')).toEqual([]);
  });

  describe('and what is unread', () => {
    it('agree on two devices of one person, and with what is fetched', async () => {
      const phone = await sockets.connect(await api.device(cora.account));
      await agent.say(ticket.id, 'Hello');
      const told = { tickets: 1, notifications: 1 };
      for (const device of [customer, phone])
        await until(
          'it is counted',
          () => JSON.stringify(device.heard('unread').at(-1)) === JSON.stringify(told),
          2_000,
        );
      const counts = expectStatus(200, await cora.get('/api/tickets/counts'));
      expect(counts.body).toMatchObject({ unread: 1 });
      granted(await phone.ask('read:mark', { ticketId: ticket.id, seq: 2 }));
      const none = { tickets: 0, notifications: 0 };
      for (const device of [customer, phone])
        await until('it is read', () => JSON.stringify(device.heard('unread').at(-1)) === JSON.stringify(none), 2_000);
    });

    it('come with a notice to those concerned, on all their devices, and to nobody else', async () => {
      const phone = await sockets.connect(await api.device(cora.account));
      await agent.say(ticket.id, 'Hello');
      for (const device of [customer, phone]) {
        const notice = await device.hears('notification');
        expect(notice).toMatchObject({
          type: 'message.created',
          ticketId: ticket.id,
          text: 'Hello',
          actor: { id: ana.id },
          readAt: null,
        });
      }
      await sleep(300);
      expect(agent.heard('notification')).toEqual([]);
      expect(stranger.names).toEqual([]);
      const { body: stored } = expectStatus(200, await cora.get('/api/notifications'));
      const { alerts, ...told } = customer.heard('notification')[0];
      expect(alerts).toEqual({ desktop: true, sound: true });
      expect(stored).toEqual([told]);
    });

    it('do not count a note for the customer', async () => {
      await agent.say(ticket.id, 'Among us', 'note');
      await agent.say(ticket.id, 'Hello');
      await customer.hears('notification');
      await sleep(300);
      expect(customer.heard('unread').every(({ tickets, notifications }) => tickets <= 1 && notifications <= 1)).toBe(
        true,
      );
      expect(customer.heard('notification')).toHaveLength(1);
      const { body: own } = expectStatus(200, await cora.get(`/api/tickets/${ticket.id}`));
      expect(own.unread).toBe(1);
    });
  });
});
