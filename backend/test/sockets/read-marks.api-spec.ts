import { setTimeout as sleep } from 'node:timers/promises';
import { expectStatus, testApi, type Person } from '../support/api-client';
import { until } from '../support/until';
import { granted, testSockets, type Device } from './support/device';
import { dense } from './support/merged';

describe('read marks', () => {
  const api = testApi();
  const sockets = testSockets(api);
  let cora: Person;
  let ana: Person;
  let adam: Person;
  let ticketId: number;
  let customer: Device;
  let agent: Device;
  beforeAll(async () => {
    [cora, ana, adam] = await Promise.all([api.given.customer(), api.given.agent(), api.given.admin()]);
  });
  beforeEach(async () => {
    ticketId = (await api.given.ticket({ by: cora })).id;
    [customer, agent] = await Promise.all([sockets.connect(cora), sockets.connect(ana)]);
  });

  const marks = (device: Device): [string, number][] =>
    device
      .heard('ticket:read')
      .filter((mark) => mark.ticketId === ticketId)
      .map(({ userId, seq }) => [userId, seq]);

  const read = async (device: Device, seq: number): Promise<void> => {
    granted(await device.ask('read:mark', { ticketId, seq }));
  };

  const readSeqs = async (person: Person): Promise<Record<string, number>> =>
    (await (await sockets.connect(person)).follow(ticketId)).readSeq;

  it('only move forward: 10, 7 and 10 again are told once', async () => {
    for (const n of dense(2, 12)) await agent.say(ticketId, `${n}`);
    await Promise.all([customer.follow(ticketId), agent.follow(ticketId)]);
    agent.forget();
    for (const seq of [10, 7, 10]) await read(customer, seq);
    await read(customer, 11);
    await until('the last mark arrived', () => marks(agent).some(([, seq]) => seq === 11));
    expect(marks(agent)).toEqual([
      [cora.id, 10],
      [cora.id, 11],
    ]);
    await expect(readSeqs(ana)).resolves.toMatchObject({ [cora.id]: 11 });
  });

  it('above the head are taken as the head', async () => {
    await agent.say(ticketId, 'Hello');
    await agent.follow(ticketId);
    await read(customer, 1e15);
    await agent.hears('ticket:read', ({ userId, seq }) => userId === cora.id && seq === 2);
    expectStatus(204, await cora.put(`/api/tickets/${ticketId}/read`, { seq: 500 }));
    await expect(readSeqs(cora)).resolves.toEqual({ [cora.id]: 2, staff: 2 });
  });

  it('over REST are told like any other', async () => {
    await agent.say(ticketId, 'Hello');
    await agent.follow(ticketId);
    expectStatus(204, await cora.put(`/api/tickets/${ticketId}/read`, { seq: 2 }));
    await agent.hears('ticket:read', ({ userId, seq }) => userId === cora.id && seq === 2);
  });

  it('speak each side’s own numbers', async () => {
    await agent.say(ticketId, 'Among us', 'note');
    await agent.say(ticketId, 'Hello');
    await Promise.all([customer.follow(ticketId), agent.follow(ticketId)]);
    await read(customer, 2);
    await agent.hears('ticket:read', ({ userId, seq }) => userId === cora.id && seq === 3);
    await customer.hears('ticket:read', ({ userId, seq }) => userId === cora.id && seq === 2);
  });

  it('of all staff are one for customers, and the highest of them counts', async () => {
    const admin = await sockets.connect(adam);
    for (const n of dense(2, 5)) await customer.say(ticketId, `${n}`);
    await Promise.all([customer.follow(ticketId), agent.follow(ticketId)]);
    customer.forget();
    await read(agent, 4);
    await customer.hears('ticket:read', ({ seq }) => seq === 4);
    await read(admin, 3);
    await read(admin, 5);
    await customer.hears('ticket:read', ({ seq }) => seq === 5);
    expect(marks(customer)).toEqual([
      ['staff', 4],
      ['staff', 5],
    ]);
    expect(customer.everything).not.toContain(adam.id);
    await expect(readSeqs(cora)).resolves.toMatchObject({ staff: 5 });
  });

  it('on notes move nothing for customers', async () => {
    const admin = await sockets.connect(adam);
    await Promise.all([customer.follow(ticketId), admin.follow(ticketId)]);
    for (const device of [agent, admin]) await read(device, 1);
    await customer.hears('ticket:read');
    customer.forget();
    const { seq } = await agent.say(ticketId, 'Among us', 'note');
    await read(admin, seq);
    await admin.hears('ticket:read', (mark) => mark.userId === adam.id && mark.seq === seq);
    await sleep(50);
    expect(marks(customer)).toEqual([]);
  });

  it('of staff stay where they are for customers when a note is written, until somebody reads', async () => {
    const { seq: asked } = await customer.say(ticketId, 'Is anybody there?');
    await Promise.all([customer.follow(ticketId), agent.follow(ticketId)]);
    customer.forget();
    const { seq } = await agent.say(ticketId, 'Among us', 'note');
    await agent.hears('ticket:read', (mark) => mark.userId === ana.id && mark.seq === seq);
    await sleep(50);
    expect(marks(customer)).toEqual([]);
    await expect(readSeqs(cora)).resolves.toMatchObject({ staff: 0 });
    await read(agent, seq);
    await customer.hears('ticket:read', (mark) => mark.userId === 'staff' && mark.seq === asked);
    expect(marks(customer)).toEqual([['staff', asked]]);
  });

  it('move by sending, for everything up to the own message', async () => {
    for (const n of dense(2, 4)) await agent.say(ticketId, `${n}`);
    await agent.follow(ticketId);
    const { seq } = await customer.say(ticketId, 'Answer');
    await agent.hears('ticket:read', (mark) => mark.userId === cora.id && mark.seq === seq);
  });

  it('reach the other devices of the reader', async () => {
    const phone = await sockets.connect(await api.device(cora.account));
    await agent.say(ticketId, 'Hello');
    await read(customer, 2);
    await phone.hears('ticket:read', ({ userId, seq }) => userId === cora.id && seq === 2);
  });
});
