import { expectStatus, invalid, testApi, type Person } from './support/api-client';

const api = testApi();

async function conversation() {
  const [cora, agent] = [await api.given.customer(), await api.given.agent()];
  const { id } = await api.given.ticket({ by: cora });
  return { cora, agent, id };
}

const unreadOf = async (person: Person, id: number): Promise<number> =>
  (await person.get(`/api/tickets/${id}`)).body.unread;
const markRead = (person: Person, id: number, seq: unknown) => person.put(`/api/tickets/${id}/read`, { seq });

describe('unread', () => {
  it('are the messages of others after the own mark', async () => {
    const { cora, agent, id } = await conversation();
    const first = await api.given.message(agent, id);
    await api.given.message(agent, id, { kind: 'comment' });
    await api.given.message(agent, id, { kind: 'note' });
    expect(await unreadOf(cora, id)).toBe(2);
    expect(await unreadOf(agent, id)).toBe(0);
    expectStatus(204, await markRead(cora, id, first.seq));
    expect(await unreadOf(cora, id)).toBe(1);
    expect((await cora.get('/api/tickets?unread=true')).body).toMatchObject([{ id, unread: 1 }]);
    expect((await cora.get('/api/tickets?unread=false')).body).toEqual([]);
    expect((await cora.get('/api/tickets/counts')).body.unread).toBe(1);
    await api.given.message(cora, id);
    expect(await unreadOf(cora, id)).toBe(0);
    expect(await unreadOf(agent, id)).toBe(1);
    expect((await cora.get('/api/tickets?unread=false')).body).toMatchObject([{ id }]);
  });

  it('is no other event than a message', async () => {
    const { cora, agent, id } = await conversation();
    expectStatus(200, await agent.post(`/api/tickets/${id}/claim`));
    expectStatus(200, await agent.put(`/api/tickets/${id}/priority`, { priority: 'high' }));
    expectStatus(200, await agent.patch(`/api/tickets/${id}`, { subject: 'New' }));
    expect(await unreadOf(cora, id)).toBe(0);
  });

  it('is for staff only where they hold the ticket or have written', async () => {
    const { cora, agent, id } = await conversation();
    const [holder, stranger] = [await api.given.agent(), await api.given.agent()];
    await api.given.message(agent, id, { kind: 'note' });
    expectStatus(200, await holder.post(`/api/tickets/${id}/claim`));
    await api.given.message(cora, id);
    expect(await unreadOf(stranger, id)).toBe(0);
    expect(await unreadOf(agent, id)).toBe(1);
    expect(await unreadOf(holder, id)).toBe(2);
    expect((await stranger.get('/api/tickets/counts')).body.unread).toBe(0);
    expect((await holder.get('/api/tickets?unread=true')).body).toMatchObject([{ id, unread: 2 }]);
    expectStatus(200, await holder.delete(`/api/tickets/${id}/assignee`));
    expect(await unreadOf(holder, id)).toBe(0);
  });

  it('counts notes for staff, never for customers', async () => {
    const { cora, agent, id } = await conversation();
    const colleague = await api.given.agent();
    expectStatus(200, await agent.post(`/api/tickets/${id}/claim`));
    await api.given.message(colleague, id, { kind: 'note' });
    expect([await unreadOf(agent, id), await unreadOf(cora, id)]).toEqual([1, 0]);
  });

  it('goes down when a message is removed', async () => {
    const { cora, agent, id } = await conversation();
    const said = await api.given.message(agent, id);
    await api.given.message(agent, id);
    expectStatus(200, await agent.delete(`/api/tickets/${id}/messages/${said.id}`));
    expect(await unreadOf(cora, id)).toBe(1);
  });
});

describe('the read mark', () => {
  it('never goes back', async () => {
    const { cora, agent, id } = await conversation();
    for (let count = 0; count < 3; count += 1) await api.given.message(agent, id);
    expectStatus(204, await markRead(cora, id, 3));
    expect(await unreadOf(cora, id)).toBe(1);
    expectStatus(204, await markRead(cora, id, 1));
    expect(await unreadOf(cora, id)).toBe(1);
    expectStatus(204, await markRead(cora, id, 0));
    expect(await unreadOf(cora, id)).toBe(1);
  });

  it('above the head is the head: what comes later is unread', async () => {
    const { cora, agent, id } = await conversation();
    await api.given.message(agent, id);
    expectStatus(204, await markRead(cora, id, 1_000));
    expect(await unreadOf(cora, id)).toBe(0);
    await api.given.message(agent, id);
    expect(await unreadOf(cora, id)).toBe(1);
  });

  it('is in the numbers of whoever sets it', async () => {
    const { cora, agent, id } = await conversation();
    for (let count = 0; count < 3; count += 1) await api.given.message(agent, id, { kind: 'note' });
    const said = await api.given.message(agent, id);
    expect(said.seq).toBe(5);
    expectStatus(204, await markRead(cora, id, 2));
    expect(await unreadOf(cora, id)).toBe(0);
    const answer = await api.given.message(cora, id);
    expect(answer.seq).toBe(3);
    expectStatus(204, await markRead(agent, id, 3));
    expect(await unreadOf(agent, id)).toBe(1);
    expectStatus(204, await markRead(agent, id, 6));
    expect(await unreadOf(agent, id)).toBe(0);
  });

  it.each([-1, 1.5, '3', null, undefined])('is not %j', async (seq) => {
    const { cora, id } = await conversation();
    expect(await markRead(cora, id, seq)).toMatchObject(invalid('seq'));
  });

  it('survives deletion and restoring', async () => {
    const { cora, agent, id } = await conversation();
    const admin = await api.given.admin();
    const first = await api.given.message(agent, id);
    await api.given.message(agent, id);
    expectStatus(204, await markRead(cora, id, first.seq));
    expectStatus(204, await admin.delete(`/api/tickets/${id}`));
    expectStatus(200, await admin.post(`/api/tickets/${id}/restore`));
    expect(await unreadOf(cora, id)).toBe(1);
  });
});

describe('a ticket that is kept unread', () => {
  const keepUnread = (person: Person, id: number, seq: unknown) => person.put(`/api/tickets/${id}/unread`, { seq });

  /** Three messages of the agent with the numbers 2, 3 and 4, all read by the customer. */
  async function readConversation() {
    const given = await conversation();
    for (let count = 0; count < 3; count += 1) await api.given.message(given.agent, given.id);
    expectStatus(204, await markRead(given.cora, given.id, 4));
    return given;
  }

  it('counts from the message that was named, for this person alone', async () => {
    const { cora, agent, id } = await readConversation();
    expectStatus(204, await keepUnread(cora, id, 3));
    expect([await unreadOf(cora, id), await unreadOf(agent, id)]).toEqual([2, 0]);
    expect((await cora.get('/api/tickets?unread=true')).body).toMatchObject([{ id, unread: 2 }]);
    await api.given.message(agent, id);
    expect(await unreadOf(cora, id)).toBe(3);
  });

  it('stays so until the end is marked as read', async () => {
    const { cora, id } = await readConversation();
    expectStatus(204, await keepUnread(cora, id, 2));
    expectStatus(204, await markRead(cora, id, 3));
    expect(await unreadOf(cora, id)).toBe(3);
    expectStatus(204, await markRead(cora, id, 4));
    expect(await unreadOf(cora, id)).toBe(0);
    await api.given.message(cora, id);
    expect(await unreadOf(cora, id)).toBe(0);
  });

  it('stays so while new messages are read but for the last', async () => {
    const { cora, agent, id } = await readConversation();
    expectStatus(204, await keepUnread(cora, id, 4));
    await api.given.message(agent, id);
    await api.given.message(agent, id);
    expectStatus(204, await markRead(cora, id, 5));
    expect(await unreadOf(cora, id)).toBe(3);
    expectStatus(204, await markRead(cora, id, 6));
    expect(await unreadOf(cora, id)).toBe(0);
  });

  it('is read once the person writes', async () => {
    const { cora, agent, id } = await readConversation();
    expectStatus(204, await keepUnread(cora, id, 2));
    await api.given.message(cora, id);
    expect(await unreadOf(cora, id)).toBe(0);
    await api.given.message(agent, id);
    expect(await unreadOf(cora, id)).toBe(1);
  });

  it('counts for staff in their own numbers, notes included, and without another tie to the ticket', async () => {
    const { agent, id } = await readConversation();
    const colleague = await api.given.agent();
    await api.given.message(agent, id, { kind: 'note' });
    expectStatus(204, await keepUnread(colleague, id, 4));
    expect(await unreadOf(colleague, id)).toBe(2);
    await api.given.message(agent, id, { kind: 'note' });
    expect(await unreadOf(colleague, id)).toBe(3);
    expectStatus(204, await markRead(colleague, id, 6));
    await api.given.message(agent, id);
    expect(await unreadOf(colleague, id)).toBe(0);
  });

  it('counts nothing where there is nothing of others', async () => {
    const { agent, id } = await readConversation();
    expectStatus(204, await keepUnread(agent, id, 999));
    expect(await unreadOf(agent, id)).toBe(0);
  });

  it.each([0, -1, 1.5, '3', null, undefined])('is not kept so from %j', async (seq) => {
    const { cora, id } = await conversation();
    expect(await keepUnread(cora, id, seq)).toMatchObject(invalid('seq'));
  });
});
