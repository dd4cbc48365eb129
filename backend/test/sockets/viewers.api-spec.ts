import { setTimeout as sleep } from 'node:timers/promises';
import { expectStatus, testApi, type Person } from '../support/api-client';
import { until } from '../support/until';
import { granted, testSockets, type Device } from './support/device';

describe('who looks at a ticket', () => {
  const api = testApi();
  const sockets = testSockets(api);
  let cora: Person;
  let ana: Person;
  let adam: Person;
  let ticketId: number;
  beforeEach(async () => {
    [cora, ana, adam] = await Promise.all([api.given.customer(), api.given.agent(), api.given.admin()]);
    ticketId = (await api.given.ticket({ by: cora })).id;
  });

  const latest = (device: Device): [string, string][] | undefined =>
    device
      .heard('ticket:viewers')
      .at(-1)
      ?.users.map(({ id, state }) => [id, state]);

  const sees = (device: Device, expected: [Person, string][], withinMs?: number): Promise<unknown> =>
    until(
      'the right viewers',
      () => {
        const wanted = expected.map(([{ id }, state]) => `${id} ${state}`).toSorted();
        const shown = latest(device)?.map(([id, state]) => `${id} ${state}`);
        return JSON.stringify(shown?.toSorted()) === JSON.stringify(wanted);
      },
      withinMs,
    );

  it('is told to staff as they come, write and go', async () => {
    const [agent, admin] = await Promise.all([sockets.connect(ana), sockets.connect(adam)]);
    await agent.follow(ticketId);
    await expect(admin.follow(ticketId)).resolves.toHaveProperty('viewers.length', 2);
    await sees(agent, [
      [ana, 'viewing'],
      [adam, 'viewing'],
    ]);
    granted(await admin.ask('typing', { ticketId, active: true, kind: 'note' }));
    await sees(agent, [
      [ana, 'viewing'],
      [adam, 'composing'],
    ]);
    granted(await admin.ask('typing', { ticketId, active: false, kind: 'note' }));
    await sees(agent, [
      [ana, 'viewing'],
      [adam, 'viewing'],
    ]);
    granted(await admin.ask('ticket:unsubscribe', { ticketId }));
    await sees(agent, [[ana, 'viewing']]);
  });

  it('counts each person once, and forgets them with their last page', async () => {
    const agent = await sockets.connect(ana);
    await agent.follow(ticketId);
    const tabs = await Promise.all([sockets.connect(adam), sockets.connect(adam)]);
    for (const tab of tabs) await tab.follow(ticketId);
    await sees(agent, [
      [ana, 'viewing'],
      [adam, 'viewing'],
    ]);
    tabs[0].socket.disconnect();
    await sleep(50);
    await sees(agent, [
      [ana, 'viewing'],
      [adam, 'viewing'],
    ]);
    tabs[1].socket.disconnect();
    await sees(agent, [[ana, 'viewing']]);
  });

  it('leaves out whoever is no longer staff', async () => {
    const former = await api.given.agent();
    const [agent, device] = await Promise.all([sockets.connect(ana), sockets.connect(former)]);
    await device.follow(ticketId);
    await expect(agent.follow(ticketId)).resolves.toHaveProperty('viewers.length', 2);
    expectStatus(200, await adam.patch(`/api/users/${former.id}`, { role: 'customer' }));
    await sees(agent, [[ana, 'viewing']]);
  });

  it('stops composing when the writing is forgotten in one of two pages', async () => {
    const [agent, one, other] = await Promise.all([ana, adam, adam].map((person) => sockets.connect(person)));
    await Promise.all([agent, one, other].map((device) => device.follow(ticketId)));
    for (const page of [one, other]) granted(await page.ask('typing', { ticketId, active: true, kind: 'chat' }));
    await sees(agent, [
      [ana, 'viewing'],
      [adam, 'composing'],
    ]);
    await sees(
      agent,
      [
        [ana, 'viewing'],
        [adam, 'viewing'],
      ],
      8_000,
    );
  });

  it('is never told to customers, nor are customers among them', async () => {
    const [customer, agent] = await Promise.all([sockets.connect(cora), sockets.connect(ana)]);
    await customer.follow(ticketId);
    await expect(agent.follow(ticketId)).resolves.toHaveProperty('viewers.length', 1);
    await sleep(50);
    expect(customer.heard('ticket:viewers')).toEqual([]);
  });
});
