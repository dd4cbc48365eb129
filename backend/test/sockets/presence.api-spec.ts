import { setTimeout as sleep } from 'node:timers/promises';
import { expectStatus, testApi, type Person } from '../support/api-client';
import { until } from '../support/until';
import { granted, testSockets, type Device } from './support/device';
import { dense } from './support/merged';

/** The time in which changes of presence are gathered, and a little. */
const GATHERED_MS = 1_200;

describe('who is there', () => {
  const api = testApi();
  const sockets = testSockets(api);
  let cora: Person;
  let ana: Person;
  let ticketId: number;
  beforeEach(async () => {
    [cora, ana] = await Promise.all([api.given.customer(), api.given.agent()]);
    ticketId = (await api.given.ticket({ by: cora })).id;
  });

  const states = (device: Device, person: Person): string[] =>
    device
      .heard('presence')
      .filter(({ userId }) => userId === person.id)
      .map(({ state }) => state);

  it('changes once when the last of three pages is closed, not when one is closed or loaded again', async () => {
    const agent = await sockets.connect(ana);
    const tabs = await Promise.all(dense(1, 3).map(() => sockets.connect(cora)));
    await until('she is online', () => states(agent, cora).length);
    for (const tab of tabs) tab.socket.disconnect();
    await sleep(300);
    const again = await sockets.connect(cora);
    await sleep(5_500);
    expect(states(agent, cora)).toEqual(['online']);
    again.socket.disconnect();
    await until('she is offline', () => states(agent, cora).includes('offline'), 30_000);
    expect(states(agent, cora)).toEqual(['online', 'offline']);
    const { body: ticket } = expectStatus(200, await ana.get(`/api/tickets/${ticketId}`));
    expect(ticket.requester.online).toBe(false);
  });

  it('is away only when all pages are', async () => {
    const agent = await sockets.connect(ana);
    const [desk, phone] = await Promise.all([sockets.connect(cora), sockets.connect(cora)]);
    await until('she is online', () => states(agent, cora).length);
    granted(await desk.ask('presence:set', { state: 'away' }));
    await sleep(GATHERED_MS);
    expect(states(agent, cora)).toEqual(['online']);
    granted(await phone.ask('presence:set', { state: 'away' }));
    await until('she is away', () => states(agent, cora).includes('away'));
    granted(await desk.ask('presence:set', { state: 'online' }));
    await until('she is back', () => states(agent, cora).length === 3);
    expect(states(agent, cora)).toEqual(['online', 'away', 'online']);
  });

  it('is told to staff of everybody', async () => {
    const agent = await sockets.connect(ana);
    const [carl, other] = await Promise.all([api.given.customer(), api.given.agent()]);
    await Promise.all([sockets.connect(carl), sockets.connect(other)]);
    await Promise.all(
      [carl, other].map((person) => until('staff were told', () => states(agent, person).includes('online'))),
    );
  });

  it('is told to customers about those who speak with them, and about nobody else', async () => {
    const [assignee, author, stranger, carl] = await Promise.all([
      api.given.agent(),
      api.given.agent(),
      api.given.agent(),
      api.given.customer(),
    ]);
    expectStatus(200, await assignee.post(`/api/tickets/${ticketId}/claim`));
    await api.given.message(author, ticketId);
    await api.given.message(stranger, ticketId, { kind: 'note' });
    const customer = await sockets.connect(cora);
    await customer.follow(ticketId);
    await Promise.all([assignee, author, stranger, carl].map((person) => sockets.connect(person)));
    await until('both are online', () => states(customer, assignee).length && states(customer, author).length);
    await sleep(GATHERED_MS);
    expect(new Set(customer.heard('presence').map(({ userId }) => userId))).toEqual(new Set([assignee.id, author.id]));

    const agent = await sockets.connect(stranger);
    await agent.say(ticketId, 'Now I speak too');
    await customer.hears('ticket:event');
    granted(await agent.ask('presence:set', { state: 'away' }));
    await sleep(GATHERED_MS);
    const others = await sockets.connect(carl);
    await others.ask('presence:set', { state: 'away' });
    await sleep(GATHERED_MS);
    expect(states(customer, carl)).toEqual([]);
  });

  it('is told to a customer about whom the ticket was given to, not about who gave it', async () => {
    const customer = await sockets.connect(cora);
    await customer.follow(ticketId);
    const admin = await api.given.admin();
    expectStatus(200, await admin.put(`/api/tickets/${ticketId}/assignee`, { agentId: ana.id }));
    await customer.hears('ticket:event', ({ type }) => type === 'assignee.changed');
    await Promise.all([ana, admin].map((person) => sockets.connect(person)));
    await until('the customer was told', () => states(customer, ana).includes('online'));
    await sleep(GATHERED_MS);
    expect(states(customer, admin)).toEqual([]);
  });

  it('is told to a customer about a new assignee at once, and no longer after unsubscribing', async () => {
    const customer = await sockets.connect(cora);
    await customer.follow(ticketId);
    const agent = await sockets.connect(ana);
    await sleep(GATHERED_MS);
    expect(states(customer, ana)).toEqual([]);
    expectStatus(200, await ana.post(`/api/tickets/${ticketId}/claim`));
    await customer.hears('ticket:event', ({ type }) => type === 'assignee.changed');
    granted(await agent.ask('presence:set', { state: 'away' }));
    await until('the customer was told', () => states(customer, ana).includes('away'));
    granted(await customer.ask('ticket:unsubscribe', { ticketId }));
    granted(await agent.ask('presence:set', { state: 'online' }));
    await sleep(GATHERED_MS);
    expect(states(customer, ana)).toEqual(['away']);
  });

  it('is told to a customer who comes back to a conversation, and for one of two tickets after leaving the other', async () => {
    const other = (await api.given.ticket({ by: cora })).id;
    for (const id of [ticketId, other]) await api.given.message(ana, id);
    const customer = await sockets.connect(cora);
    const { head, stream } = await (await sockets.connect(cora)).follow(ticketId);
    await expect(customer.follow(ticketId, head, stream)).resolves.toMatchObject({ events: [] });
    await customer.follow(other);
    const agent = await sockets.connect(ana);
    await until('the customer was told', () => states(customer, ana).includes('online'));
    granted(await customer.ask('ticket:unsubscribe', { ticketId: other }));
    granted(await agent.ask('presence:set', { state: 'away' }));
    await until('the customer was told again', () => states(customer, ana).includes('away'));
  });
});
