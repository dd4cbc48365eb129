import { setTimeout as sleep } from 'node:timers/promises';
import { Nodes } from '../../../src/nodes';
import type { Person } from '../../support/api-client';
import { until } from '../../support/until';
import type { Device } from '../support/device';
import { describeWithRedis, twoNodes } from './support/two-nodes';

describeWithRedis('a node that is gone', () => {
  const nodes = twoNodes({ times: { forget: 8_000, farewell: 500 } });
  const { one, two } = nodes;
  let ana: Person;
  let bob: Person;
  let ticketId: number;
  beforeEach(async () => {
    [ana, bob] = await Promise.all([one.api.given.agent({ name: 'Ana' }), one.api.given.agent({ name: 'Bob' })]);
    ticketId = (await one.api.given.ticket()).id;
  });

  const states = (device: Device, person: Person): string[] =>
    device
      .heard('presence')
      .filter(({ userId }) => userId === person.id)
      .map(({ state }) => state);

  it('and has said farewell takes its people along soon', async () => {
    const agent = await one.sockets.connect(ana);
    await two.sockets.connect(bob);
    await until('Bob is there', () => states(agent, bob).length);
    await two.api.stop();
    await until('Bob is gone', () => states(agent, bob).includes('offline'), 6_000);
    await two.api.start();
    await nodes.areLinked();
  });

  // The last test of this file: the second node does not come back.
  it('takes its people along, but not those who came over', async () => {
    const cora = await one.api.given.customer();
    const agent = await one.sockets.connect(ana);
    await agent.follow(ticketId);
    const viewer = await two.sockets.connect(bob);
    await viewer.follow(ticketId);
    await two.sockets.connect(cora);
    await until('both are there', () => states(agent, bob).length && states(agent, cora).length);
    await agent.hears('ticket:viewers', ({ users }) => users.length === 2);
    // As silent as a process that was killed.
    await two.api.part(Nodes).link?.stop();
    await one.sockets.connect(cora);
    await until('Bob is gone', () => states(agent, bob).includes('offline'), 20_000);
    expect(
      agent
        .heard('ticket:viewers')
        .at(-1)
        ?.users.map(({ id }) => id),
    ).toEqual([ana.id]);
    await sleep(1_200);
    expect(states(agent, cora)).toEqual(['online']);
    expect(one.api.part(Nodes).count).toBe(1);
  });
});
