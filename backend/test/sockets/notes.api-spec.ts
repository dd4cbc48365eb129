import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '../../src/common';
import { expectStatus, testApi, type Person } from '../support/api-client';
import { granted, refused, testSockets, type Device } from './support/device';
import { dense } from './support/merged';

const SECRET = 'The invoice department says no';

describe('a note among staff', () => {
  const api = testApi();
  const sockets = testSockets(api);
  let cora: Person;
  let ana: Person;
  let ticketId: number;
  let customer: Device;
  let agent: Device;
  beforeAll(async () => {
    [cora, ana] = await Promise.all([api.given.customer(), api.given.agent()]);
  });
  beforeEach(async () => {
    ticketId = (await api.given.ticket({ by: cora })).id;
    [customer, agent] = await Promise.all([sockets.connect(cora), sockets.connect(ana)]);
  });

  /** Everything that staff can do with notes. */
  async function workOnNotes(): Promise<void> {
    granted(await agent.ask('typing', { ticketId, active: true, kind: 'note' }));
    const { message } = await agent.say(ticketId, SECRET, 'note');
    granted(await agent.ask('message:edit', { ticketId, messageId: message.id, body: `${SECRET}!` }));
    const { message: other, seq } = await agent.say(ticketId, SECRET, 'note');
    granted(await agent.ask('message:remove', { ticketId, messageId: other.id }));
    granted(await agent.ask('read:mark', { ticketId, seq: seq + 1 }));
    expectStatus(200, await ana.patch(`/api/tickets/${ticketId}`, { tags: ['vip'] }));
    granted(await agent.ask('typing', { ticketId, active: false, kind: 'note' }));
  }

  it('is heard by staff', async () => {
    const other = await sockets.connect(await api.given.agent());
    await other.follow(ticketId);
    const { seq } = await agent.say(ticketId, SECRET, 'note');
    const event = await other.hearsSeq(ticketId, seq);
    expect(event.data).toMatchObject({ message: { kind: 'note', body: SECRET } });
  });

  it('makes nothing reach the customer: no event, no gap, no sign of typing, reading, counting or change', async () => {
    await Promise.all([customer.follow(ticketId), agent.follow(ticketId)]);
    granted(await agent.ask('read:mark', { ticketId, seq: 1 }));
    await sleep(1_200);
    customer.forget();
    await workOnNotes();
    await sleep(1_200);
    expect(customer.names.filter((name) => name !== 'ticket:head')).toEqual([]);
    expect(customer.heard('ticket:head').every(({ seq }) => seq === 1)).toBe(true);

    const { seq } = await agent.say(ticketId, 'We look into it');
    expect(seq).toBe(7);
    const event = await customer.hearsSeq(ticketId, 2);
    expect(event).toMatchObject({ seq: 2, data: { message: { seq: 2, body: 'We look into it' } } });
    expect(customer.pushed(ticketId).map((pushed) => pushed.seq)).toEqual([2]);
    expect(customer.everything).not.toContain(SECRET);
  });

  it('is nowhere in what a customer fetches later', async () => {
    await workOnNotes();
    await agent.say(ticketId, 'We look into it');
    const subscribed = await customer.follow(ticketId);
    expect(subscribed.head).toBe(2);
    expect(subscribed.events.map(({ seq, type }) => [seq, type])).toEqual([
      [1, 'ticket.created'],
      [2, 'message.created'],
    ]);
    expect(subscribed).not.toHaveProperty('viewers');
    expect(Object.keys(subscribed.readSeq).toSorted()).toEqual([cora.id, 'staff'].toSorted());
    expect(Object.values(subscribed.readSeq).every((seq) => seq <= 2)).toBe(true);
    const synced = granted(await customer.ask('ticket:sync', { ticketId, after: 0 }));
    expect(synced.events).toEqual(subscribed.events);
    expect(JSON.stringify([subscribed, synced])).not.toContain(SECRET);
  });

  it('does not move the time, the version or the last line of what the customer’s list is told', async () => {
    const before = expectStatus(200, await cora.get(`/api/tickets/${ticketId}`)).body;
    await sleep(1_100);
    customer.forget();
    await workOnNotes();
    await sleep(1_100);
    await agent.say(ticketId, 'We look into it');
    const isThis = (change: { ticketId: number }): boolean => change.ticketId === ticketId;
    const { summary } = await customer.hears('ticket:changed', isThis);
    expect(summary).toMatchObject({ version: before.version, lastMessage: { excerpt: 'We look into it' } });
    expect(summary).not.toHaveProperty('tags');
    expect(customer.heard('ticket:changed').filter(isThis)).toHaveLength(1);
  });

  it('cannot be written by a customer, announced as being written, or found by its id', async () => {
    await customer.follow(ticketId);
    const { message } = await agent.say(ticketId, SECRET, 'note');
    const note = { ticketId, clientMsgId: newId(), kind: 'note', body: 'Let me in' } as const;
    await expect(customer.ask('message:send', note)).resolves.toEqual(refused('forbidden'));
    await expect(customer.ask('typing', { ticketId, active: true, kind: 'note' })).resolves.toEqual(
      refused('forbidden'),
    );
    const edit = { ticketId, messageId: message.id, body: 'Mine now' };
    const unknown = { ticketId, messageId: newId(), body: 'Mine now' };
    await expect(customer.ask('message:edit', edit)).resolves.toEqual(refused('not_found'));
    await expect(customer.ask('message:edit', unknown)).resolves.toEqual(refused('not_found'));
    await expect(customer.ask('message:remove', { ticketId, messageId: message.id })).resolves.toEqual(
      refused('not_found'),
    );
  });

  describe('and somebody’s first look at it', () => {
    it('starts with a numbering of its own when a customer becomes staff', async () => {
      const admin = await api.given.admin();
      const carl = await api.given.customer();
      const ticket = await api.given.ticket({ by: carl });
      await agent.say(ticket.id, SECRET, 'note');
      await agent.say(ticket.id, 'We look into it');
      const device = await sockets.connect(carl);
      const asCustomer = await device.follow(ticket.id);
      expect(asCustomer.events.map(({ seq }) => seq)).toEqual([1, 2]);

      expectStatus(200, await admin.patch(`/api/users/${carl.id}`, { role: 'agent' }));
      await expect(device.hears('rights:changed')).resolves.toEqual({ role: 'agent' });
      device.forget();
      await agent.say(ticket.id, 'Nobody follows now', 'note');
      await sleep(100);
      expect(device.pushed(ticket.id)).toEqual([]);

      const asStaff = await device.follow(ticket.id, 2, asCustomer.stream);
      expect(asStaff).toMatchObject({ audience: 'staff', reset: true, head: 4 });
      expect(asStaff.stream).not.toBe(asCustomer.stream);
      expect(asStaff.events.map(({ seq }) => seq)).toEqual(dense(1, 4));
      const { seq } = await agent.say(ticket.id, 'Welcome', 'note');
      await device.hearsSeq(ticket.id, seq);
    });

    it('is the last one when a member of staff becomes a customer', async () => {
      const admin = await api.given.admin();
      const former = await api.given.agent();
      const device = await sockets.connect(former);
      const asStaff = await device.follow(ticketId);
      expectStatus(200, await admin.patch(`/api/users/${former.id}`, { role: 'customer' }));
      await expect(device.hears('rights:changed')).resolves.toEqual({ role: 'customer' });
      device.forget();
      await agent.say(ticketId, SECRET, 'note');
      await agent.say(ticketId, 'Public, but not theirs');
      await sleep(1_200);
      expect(device.names).toEqual([]);
      const again = device.ask('ticket:subscribe', { ticketId, after: 0, stream: asStaff.stream });
      await expect(again).resolves.toEqual(refused('forbidden'));
    });
  });
});
