import { newId } from '../src/common';
import { expectStatus, invalid, problem, testApi, type Person } from './support/api-client';

const api = testApi();

interface Seen {
  id: string;
  type: string;
  text: string;
  readAt: string | null;
  reason: string | null;
}
const noticesOf = async (person: Person, query = ''): Promise<Seen[]> =>
  expectStatus(200, await person.get(`/api/notifications${query}`)).body;
const typesOf = async (person: Person): Promise<string[]> => (await noticesOf(person)).map(({ type }) => type);

async function held() {
  const [cora, agent] = [await api.given.customer({ name: 'Cora' }), await api.given.agent({ name: 'Ana' })];
  const ticket = await api.given.ticket({ by: cora, subject: 'Blank pages' });
  expectStatus(200, await agent.put(`/api/tickets/${ticket.id}/assignee`, { agentId: agent.id }));
  return { cora, agent, id: ticket.id as number };
}

describe('a notice', () => {
  it('tells the assignee of what the customer says, and the customer of the answer', async () => {
    const { cora, agent, id } = await held();
    await api.given.message(cora, id, { body: 'Any *news*?' });
    expect(await noticesOf(agent)).toEqual([
      {
        id: expect.any(String),
        type: 'message.created',
        ticketId: id,
        title: `#${id} Blank pages`,
        text: 'Any *news*?',
        actor: { id: cora.id, name: 'Cora', role: 'customer', online: false },
        createdAt: expect.any(String),
        readAt: null,
        reason: 'assignee',
      },
    ]);
    await api.given.message(agent, id, { kind: 'comment', body: 'Tomorrow.' });
    expect(await noticesOf(cora)).toMatchObject([
      { type: 'message.created', text: 'Tomorrow.', actor: { name: 'Ana' } },
    ]);
  });

  it('of a note goes to the assignee alone', async () => {
    const { cora, agent, id } = await held();
    const colleague = await api.given.agent();
    await api.given.message(colleague, id, { kind: 'note', body: 'psst' });
    expect(await typesOf(cora)).toEqual([]);
    expect(await noticesOf(agent)).toMatchObject([{ type: 'message.created', text: 'psst' }]);
    expect(await typesOf(colleague)).toEqual([]);
  });

  it('of an assignment goes to whom it was given, and to nobody who took it', async () => {
    const { agent, id } = await held();
    expect(await typesOf(agent)).toEqual([]);
    const colleague = await api.given.agent();
    expectStatus(200, await agent.put(`/api/tickets/${id}/assignee`, { agentId: colleague.id }));
    expect(await noticesOf(colleague)).toMatchObject([{ type: 'ticket.assigned', actor: { id: agent.id } }]);
  });

  it('of status and priority goes to the other side', async () => {
    const { cora, agent, id } = await held();
    expectStatus(200, await agent.put(`/api/tickets/${id}/priority`, { priority: 'urgent' }));
    expectStatus(200, await agent.put(`/api/tickets/${id}/status`, { status: 'resolved' }));
    expect(await noticesOf(cora)).toMatchObject([
      { type: 'status.changed', text: 'Status: Solved' },
      { type: 'priority.changed', text: 'Priority: Urgent' },
    ]);
    expect(await typesOf(agent)).toEqual([]);
    expectStatus(200, await cora.put(`/api/tickets/${id}/status`, { status: 'closed' }));
    expect(await noticesOf(agent)).toMatchObject([{ type: 'status.changed', text: 'Status: Closed' }]);
  });

  it('is not made of edited fields, new tickets or what changes nothing', async () => {
    const { cora, agent, id } = await held();
    expectStatus(200, await agent.patch(`/api/tickets/${id}`, { subject: 'Better', tags: ['x'] }));
    expectStatus(200, await agent.put(`/api/tickets/${id}/priority`, { priority: 'medium' }));
    await api.given.ticket({ by: cora });
    expect([await typesOf(cora), await typesOf(agent)]).toEqual([[], []]);
  });

  it('does not go on showing what was taken back', async () => {
    const { cora, agent, id } = await held();
    const said = await api.given.message(cora, id, { body: 'my password is hunter2' });
    expectStatus(200, await cora.patch(`/api/tickets/${id}/messages/${said.id}`, { body: 'never mind' }));
    expect((await noticesOf(agent))[0].text).toBe('never mind');
    expectStatus(200, await cora.delete(`/api/tickets/${id}/messages/${said.id}`));
    expect((await noticesOf(agent))[0].text).toBe('This message was removed');
  });

  it('is read one by one, or all at once', async () => {
    const { cora, agent, id } = await held();
    for (const body of ['one', 'two', 'three']) await api.given.message(cora, id, { body });
    const [three, two] = await noticesOf(agent);
    expectStatus(204, await agent.put(`/api/notifications/${two.id}/read`));
    expectStatus(204, await agent.put(`/api/notifications/${two.id}/read`));
    expect((await noticesOf(agent, '?unread=true')).map(({ text }) => text)).toEqual(['three', 'one']);
    expect((await noticesOf(agent, '?unread=false')).map(({ text }) => text)).toEqual(['two']);
    expectStatus(204, await agent.post('/api/notifications/read-all'));
    expect(await noticesOf(agent, '?unread=true')).toEqual([]);
    expect((await noticesOf(agent)).map(({ text }) => text)).toEqual(['three', 'two', 'one']);
    expect(three.readAt).toBeNull();
  });

  it('is read once the ticket is', async () => {
    const { cora, agent, id } = await held();
    const elsewhere = await api.given.ticket({ by: cora });
    expectStatus(200, await agent.put(`/api/tickets/${elsewhere.id}/assignee`, { agentId: agent.id }));
    const said = await api.given.message(cora, id);
    await api.given.message(cora, elsewhere.id);
    expectStatus(204, await agent.put(`/api/tickets/${id}/read`, { seq: said.seq }));
    expect(await noticesOf(agent, '?unread=true')).toMatchObject([{ ticketId: elsewhere.id }]);
  });

  it('is read when its ticket is opened, and no other', async () => {
    const { cora, agent, id } = await held();
    const elsewhere = await api.given.ticket({ by: cora });
    expectStatus(200, await agent.put(`/api/tickets/${elsewhere.id}/assignee`, { agentId: agent.id }));
    for (const body of ['one', 'two']) await api.given.message(cora, id, { body });
    await api.given.message(cora, elsewhere.id, { body: 'three' });
    for (let repeat = 0; repeat < 2; repeat += 1)
      expectStatus(204, await agent.put(`/api/notifications/tickets/${id}/read`));
    expect(await noticesOf(agent, '?unread=true')).toMatchObject([{ ticketId: elsewhere.id }]);
    expect(await agent.put('/api/notifications/tickets/none/read')).toMatchObject({ status: 400 });
  });

  it('is found among mine, mentions and what the system tells', async () => {
    const [cora, ana, ben] = [
      await api.given.customer(),
      await api.given.agent({ name: 'Ana Filter' }),
      await api.given.agent(),
    ];
    const { id } = await api.given.ticket({ by: cora });
    expectStatus(204, await ana.put(`/api/tickets/${id}/followers/me`));
    await api.given.message(cora, id, { body: 'said' });
    await api.given.message(ben, id, { kind: 'note', body: '@Ana Filter, see this' });
    expectStatus(200, await ben.put(`/api/tickets/${id}/assignee`, { agentId: ana.id }));
    expectStatus(200, await ben.put(`/api/tickets/${id}/priority`, { priority: 'high' }));
    const found = async (filter: string): Promise<string[]> =>
      (await noticesOf(ana, `?filter=${filter}`)).map(({ type, reason }) => `${type} ${reason}`);
    expect(await found('mine')).toEqual(['priority.changed assignee', 'ticket.assigned assignee']);
    expect(await found('mentions')).toEqual(['mention mentioned']);
    expect(await found('system')).toEqual(['priority.changed assignee', 'ticket.assigned assignee']);
    expect(await noticesOf(ana)).toHaveLength(4);
  });

  it('leads nobody to a deleted ticket', async () => {
    const { cora, agent, id } = await held();
    await api.given.message(cora, id);
    expect(await noticesOf(agent, '?unread=true')).toMatchObject([{ ticketId: id }]);
    expectStatus(204, await cora.delete(`/api/tickets/${id}`));
    expect(await noticesOf(agent, '?unread=true')).toEqual([]);
  });

  it('belongs to one person', async () => {
    const { cora, agent, id } = await held();
    await api.given.message(cora, id);
    const [notice] = await noticesOf(agent);
    for (const person of [cora, await api.given.admin()]) {
      expect(await person.put(`/api/notifications/${notice.id}/read`)).toMatchObject(problem(404, 'not-found'));
      expectStatus(204, await person.post('/api/notifications/read-all'));
    }
    expect(await noticesOf(agent, '?unread=true')).toHaveLength(1);
  });

  it('is listed page by page', async () => {
    const { cora, agent, id } = await held();
    for (const body of ['1', '2', '3', '4', '5']) await api.given.message(cora, id, { body });
    const seen: string[] = [];
    for (let next: string | undefined = '/api/notifications?limit=2'; next;) {
      const answer: Awaited<ReturnType<Person['get']>> = await agent.get(next);
      seen.push(...answer.body.map(({ text }: Seen) => text));
      next = /^<([^>]+)>/.exec(answer.headers.link ?? '')?.[1];
    }
    expect(seen).toEqual(['5', '4', '3', '2', '1']);
  });

  it.each(['unread=x', 'limit=0', 'limit=101', 'cursor=x', 'type=mention', 'filter=all'])(
    'is not asked for with %s',
    async (query) => {
      const agent = await api.given.agent();
      expect(await agent.get(`/api/notifications?${query}`)).toMatchObject(invalid(query.split('=')[0]));
      expect((await agent.put(`/api/notifications/nonsense/read`)).status).toBe(400);
      expect((await agent.put(`/api/notifications/${newId()}/read`)).status).toBe(404);
    },
  );
});
