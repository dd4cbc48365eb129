import { aMessage, expectStatus, invalid, problem, testApi, type Person } from './support/api-client';
import { MINUTE } from './support/moved-clock';

const api = testApi();

/** A customer's ticket, with somebody who answers. */
async function asked(): Promise<{ cora: Person; ana: Person; id: number; path: string }> {
  const [cora, ana] = [await api.given.customer(), await api.given.agent()];
  const { id } = await api.given.ticket({ by: cora });
  return { cora, ana, id, path: `/api/tickets/${id}` };
}

const waits = async (ana: Person, path: string): Promise<boolean> => (await ana.get(path)).body.needsReply;
const settle = (by: Person, path: string, needsReply: unknown = false) => by.put(`${path}/needs-reply`, { needsReply });
const step = async (by: Person, path: string, status: string) =>
  expectStatus(200, await by.put(`${path}/status`, { status }));

describe('a customer who waits for a word', () => {
  it('waits from the creation until staff answer in public', async () => {
    const { cora, ana, id, path } = await asked();
    expect(await waits(ana, path)).toBe(true);
    await api.given.message(ana, id, { kind: 'note' });
    expectStatus(200, await ana.post(`${path}/claim`));
    expect(await waits(ana, path)).toBe(true);
    await api.given.message(ana, id);
    expect(await waits(ana, path)).toBe(false);
    await api.given.message(cora, id, { kind: 'comment' });
    expect(await waits(ana, path)).toBe(true);
    await api.given.message(ana, id, { kind: 'comment' });
    expect(await waits(ana, path)).toBe(false);
  });

  it('waits no more once staff say that no reply is needed, until their next word', async () => {
    const { cora, ana, id, path } = await asked();
    expect(await settle(ana, path)).toMatchObject({ status: 200, body: { needsReply: false, version: 1 } });
    expect(await settle(ana, path)).toMatchObject({ status: 200, body: { needsReply: false } });
    const { body: events } = await ana.get(`${path}/events?after=1`);
    expect(events).toMatchObject([
      { type: 'needs-reply.changed', actor: { id: ana.id }, data: { from: true, to: false } },
    ]);
    expect(events).toHaveLength(1);
    await api.given.message(cora, id);
    expect(await waits(ana, path)).toBe(true);
    expectStatus(200, await settle(ana, path));
    expect(await settle(ana, path, true)).toMatchObject({ status: 200, body: { needsReply: true } });
  });

  it('notices nothing of it', async () => {
    const { cora, ana, path } = await asked();
    const before = (await cora.get(path)).body;
    api.clock.forward(MINUTE);
    expectStatus(200, await settle(ana, path));
    expect((await cora.get(path)).body).toEqual(before);
    expect((await cora.get(`${path}/events`)).body).toHaveLength(1);
    expect(await settle(cora, path)).toMatchObject(problem(403, 'forbidden'));
    expect(await cora.get('/api/tickets?needsReply=true')).toMatchObject(invalid('needsReply'));
  });

  it('does not wait on what is over, and waits again when it is opened again', async () => {
    const { cora, ana, id, path } = await asked();
    await step(ana, path, 'resolved');
    expect(await waits(ana, path)).toBe(false);
    expect(await settle(ana, path, true)).toMatchObject(
      problem(409, 'invalid-transition', { allowed: expect.any(Array) }),
    );
    await step(ana, path, 'open');
    expect(await waits(ana, path)).toBe(true);
    await api.given.message(ana, id);
    await step(ana, path, 'closed');
    await step(ana, path, 'open');
    expect(await waits(ana, path)).toBe(false);
    await step(ana, path, 'resolved');
    await step(cora, path, 'open');
    expect(await waits(ana, path)).toBe(true);
    await step(ana, path, 'resolved');
    await api.given.message(cora, id);
    expect((await ana.get(path)).body).toMatchObject({ status: 'open', needsReply: true });
  });

  it('waits again when the answer is taken back', async () => {
    const { cora, ana, id, path } = await asked();
    const answer = await api.given.message(ana, id);
    expectStatus(200, await ana.delete(`${path}/messages/${answer.id}`));
    expect(await waits(ana, path)).toBe(true);
    await api.given.message(ana, id);
    const question = await api.given.message(cora, id);
    expect(await waits(ana, path)).toBe(true);
    expectStatus(200, await cora.delete(`${path}/messages/${question.id}`));
    expect(await waits(ana, path)).toBe(false);
  });

  it('does not wait again because an older word was removed or a word edited', async () => {
    const { cora, ana, id, path } = await asked();
    const older = await api.given.message(ana, id);
    const question = await api.given.message(cora, id);
    await api.given.message(cora, id);
    expectStatus(200, await settle(ana, path));
    expectStatus(200, await ana.delete(`${path}/messages/${older.id}`));
    expect(await waits(ana, path)).toBe(false);
    expectStatus(200, await cora.patch(`${path}/messages/${question.id}`, { body: 'Again' }));
    expect(await waits(ana, path)).toBe(false);
    expectStatus(200, await cora.delete(`${path}/messages/${question.id}`));
    expect(await waits(ana, path)).toBe(false);
  });

  it('is found in lists and counts of staff', async () => {
    const { ana, id, path } = await asked();
    const { id: answered } = await api.given.ticket();
    await api.given.message(ana, answered);
    const listed = async (query: string) =>
      (await ana.get(`/api/tickets?limit=100&${query}`)).body.map((ticket: { id: number }) => ticket.id);
    expect(await listed('needsReply=true')).toContain(id);
    expect(await listed('needsReply=true')).not.toContain(answered);
    expect(await listed('needsReply=false')).toContain(answered);
    expect(await listed('needsReply=false')).not.toContain(id);
    const before = (await ana.get('/api/tickets/counts')).body.needsReply;
    expect(before).toBe((await listed('needsReply=true')).length);
    expectStatus(200, await settle(ana, path));
    expect((await ana.get('/api/tickets/counts')).body.needsReply).toBe(before - 1);
  });

  it.each([null, 'yes', 1, []])('is not told by %j', async (needsReply) => {
    const { ana, path } = await asked();
    expect(await settle(ana, path, needsReply)).toMatchObject(invalid('needsReply'));
  });
});

describe('a ticket that was opened again', () => {
  it('counts how often, and keeps its first response', async () => {
    const { cora, ana, id, path } = await asked();
    await api.given.message(ana, id);
    const { firstRespondedAt } = (await ana.get(path)).body;
    expect(firstRespondedAt).not.toBeNull();
    await step(ana, path, 'resolved');
    expect((await ana.get(path)).body).toMatchObject({
      reopenCount: 0,
      resolvedAt: expect.any(String),
      closedAt: null,
    });
    await step(cora, path, 'open');
    expect((await ana.get(path)).body).toMatchObject({ reopenCount: 1, resolvedAt: null, closedAt: null });
    await step(ana, path, 'resolved');
    const { resolvedAt } = (await ana.get(path)).body;
    api.clock.forward(MINUTE);
    await step(ana, path, 'closed');
    expect((await ana.get(path)).body).toMatchObject({ reopenCount: 1, resolvedAt, closedAt: expect.any(String) });
    await step(ana, path, 'open');
    expect((await ana.get(path)).body).toMatchObject({ reopenCount: 2, resolvedAt: null, closedAt: null });
    await step(ana, path, 'resolved');
    await api.given.message(cora, id);
    await api.given.message(ana, id);
    expect((await ana.get(path)).body).toMatchObject({ reopenCount: 3, firstRespondedAt });
    expect((await cora.get(path)).body).not.toHaveProperty('reopenCount');
    expect((await cora.get(path)).body).not.toHaveProperty('needsReply');
  });

  it('says to customers too which steps are possible', async () => {
    const { cora, ana, path } = await asked();
    await step(ana, path, 'resolved');
    const refused = await cora.put(`${path}/status`, { status: 'in_progress' });
    expect(refused).toMatchObject(problem(403, 'forbidden', { allowed: ['open', 'closed'] }));
  });
});

describe('followers', () => {
  it('are told of messages in tickets that they do not hold', async () => {
    const { cora, ana, id, path } = await asked();
    const ben = await api.given.agent({ name: 'Ben' });
    expectStatus(204, await ben.put(`${path}/followers/me`));
    expectStatus(204, await ben.put(`${path}/followers/me`));
    expect((await ana.get(`${path}/followers`)).body).toEqual([
      { id: ben.id, name: 'Ben', role: 'agent', online: false },
    ]);
    await api.given.message(cora, id);
    expect((await ben.get(path)).body.unread).toBe(1);
    expect((await ana.get(path)).body.unread).toBe(0);
    expectStatus(204, await ben.delete(`${path}/followers/me`));
    expect((await ben.get(path)).body.unread).toBe(0);
    expect((await ana.get(`${path}/followers`)).body).toEqual([]);
  });

  it('are staff, and customers never see them', async () => {
    const { cora, ana, path } = await asked();
    const before = (await cora.get(path)).body;
    expectStatus(204, await ana.put(`${path}/followers/me`));
    expect((await cora.get(path)).body).toEqual(before);
    expect((await cora.get(`${path}/followers`)).status).toBe(403);
    expect((await cora.put(`${path}/followers/me`)).status).toBe(403);
    expect((await ana.get(`${path}/followers`)).body).toMatchObject([{ id: ana.id }]);
  });

  it('follow no ticket that was deleted', async () => {
    const { cora, ana, path } = await asked();
    expectStatus(204, await cora.delete(path));
    expect(await ana.put(`${path}/followers/me`)).toMatchObject(problem(404, 'not-found'));
  });
});

it('what was said and taken back at once leaves the ticket waiting', async () => {
  const { ana, id, path } = await asked();
  const said = await Promise.all([1, 2, 3].map(() => ana.post(`${path}/messages`, aMessage())));
  await Promise.all(said.map(({ body }) => ana.delete(`${path}/messages/${body.message.id}`)));
  expect(await waits(ana, path)).toBe(true);
  expect((await ana.get(`/api/tickets/${id}`)).body.lastMessage).toBeNull();
});
