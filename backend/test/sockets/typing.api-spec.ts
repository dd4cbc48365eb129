import { setTimeout as sleep } from 'node:timers/promises';
import { testApi, type Person } from '../support/api-client';
import { until } from '../support/until';
import { granted, testSockets, type Device } from './support/device';
import { dense } from './support/merged';

describe('who is typing', () => {
  const api = testApi();
  const sockets = testSockets(api);
  let cora: Person;
  let ana: Person;
  let ticketId: number;
  let customer: Device;
  let agent: Device;
  beforeEach(async () => {
    [cora, ana] = await Promise.all([api.given.customer({ name: 'Cora' }), api.given.agent()]);
    ticketId = (await api.given.ticket({ by: cora })).id;
    [customer, agent] = await Promise.all([sockets.connect(cora), sockets.connect(ana)]);
    await Promise.all([customer.follow(ticketId), agent.follow(ticketId)]);
  });

  const signs = (device: Device): boolean[] => device.heard('ticket:typing').map(({ active }) => active);
  const type = async (device: Device, active = true, kind: 'chat' | 'note' = 'chat'): Promise<void> => {
    granted(await device.ask('typing', { ticketId, active, kind }));
  };

  it('is shown to the other side with a name', async () => {
    await type(customer);
    await expect(agent.hears('ticket:typing')).resolves.toEqual({
      ticketId,
      user: { id: cora.id, name: 'Cora', role: 'customer', online: true },
      active: true,
    });
    await type(customer, false);
    await until('it ended', () => signs(agent).length === 2);
    expect(signs(agent)).toEqual([true, false]);
  });

  it('ends by itself after six seconds', async () => {
    const start = Date.now();
    await type(customer);
    await until('it ended', () => signs(agent).includes(false), 8_000);
    expect(Date.now() - start).toBeGreaterThan(5_500);
    expect(signs(agent)).toEqual([true, false]);
  });

  it('is told once however often it is signalled, and does not cost the connection', async () => {
    await Promise.all(dense(1, 100).map(() => type(customer)));
    await sleep(100);
    expect(signs(agent)).toEqual([true]);
    expect(customer.socket.connected).toBe(true);
  });

  it('ends when the page is closed', async () => {
    await type(customer);
    await agent.hears('ticket:typing');
    customer.socket.disconnect();
    await until('it ended', () => signs(agent).includes(false));
  });

  it('a note is for the eyes of staff, also when they change over to it', async () => {
    const other = await sockets.connect(await api.given.agent());
    await other.follow(ticketId);
    await type(agent, true, 'note');
    await until('staff see it', () => signs(other).length === 1);
    await type(agent, false, 'note');
    await until('staff see its end', () => signs(other).length === 2);
    expect(signs(customer)).toEqual([]);

    await type(agent);
    await until('the customer sees a chat', () => signs(customer).length === 1);
    await type(agent, true, 'note');
    await until('the customer sees its end', () => signs(customer).length === 2);
    await type(agent, false, 'note');
    await until('staff saw all of it', () => signs(other).length === 6);
    expect(signs(customer)).toEqual([true, false]);
  });

  it('is not shown on a ticket that the page does not follow', async () => {
    const elsewhere = await sockets.connect(ana);
    await type(elsewhere);
    await sleep(50);
    expect(signs(customer)).toEqual([]);
  });
});
