import { expectStatus, testApi, type Person } from './support/api-client';

const api = testApi();

/** A ticket on which staff have done a lot that its customer must not notice. */
async function worked() {
  const [cora, agent] = [await api.given.customer(), await api.given.agent()];
  const { id } = await api.given.ticket({ by: cora });
  await api.given.message(agent, id, { body: 'We are on it' });
  return { cora, agent, id, path: `/api/tickets/${id}` };
}

async function backstage(agent: Person, id: number): Promise<void> {
  const { id: note } = await api.given.message(agent, id, { kind: 'note', body: 'A difficult customer' });
  await api.given.message(agent, id, { kind: 'note', body: 'Very difficult' });
  expectStatus(200, await agent.patch(`/api/tickets/${id}/messages/${note}`, { body: 'Quite difficult' }));
  expectStatus(200, await agent.delete(`/api/tickets/${id}/messages/${note}`));
  expectStatus(200, await agent.patch(`/api/tickets/${id}`, { tags: ['difficult'] }));
}

describe('what staff do among themselves', () => {
  it('changes nothing a customer can see', async () => {
    const { cora, agent, id, path } = await worked();
    const view = async () => ({
      ticket: await cora.get(path),
      list: (await cora.get('/api/tickets')).body,
      counts: (await cora.get('/api/tickets/counts')).body,
      events: await cora.get(`${path}/events`),
      messages: (await cora.get(`${path}/messages`)).body,
      comments: (await cora.get(`${path}/comments`)).body,
      notifications: (await cora.get('/api/notifications')).body,
    });
    const essence = ({ ticket, events, ...rest }: Awaited<ReturnType<typeof view>>) => ({
      ...rest,
      ticket: [ticket.body, ticket.headers.etag],
      events: [events.body, events.headers['parley-head'], events.headers['parley-stream']],
    });
    const before = essence(await view());
    await backstage(agent, id);
    expect(essence(await view())).toEqual(before);
    expect((await agent.get(path)).body).toMatchObject({
      tags: ['difficult'],
      version: 2,
      lastMessage: { excerpt: 'Very difficult' },
    });
  });

  it('does not move a ticket in the order of a customer’s list', async () => {
    const { cora, agent, id } = await worked();
    const newer = await api.given.ticket({ by: cora });
    await backstage(agent, id);
    const order = async (person: Person) =>
      (await person.get('/api/tickets?sort=-updatedAt')).body
        .map((ticket: { id: number }) => ticket.id)
        .filter((one: number) => [id, newer.id].includes(one));
    expect(await order(cora)).toEqual([newer.id, id]);
    expect(await order(agent)).toEqual([id, newer.id]);
    const since = (await cora.get(`/api/tickets/${newer.id}`)).body.createdAt;
    expect((await cora.get(`/api/tickets?updatedAfter=${since}`)).body).toEqual([]);
  });

  it('is not found by a customer’s search', async () => {
    const { cora, agent, id } = await worked();
    await backstage(agent, id);
    for (const word of ['difficult', 'Very', 'Quite'])
      expect((await cora.get(`/api/tickets?q=${word}`)).body).toEqual([]);
    expect((await agent.get(`/api/tickets?q=Very%20difficult&requester=${cora.id}`)).body).toHaveLength(1);
    expect((await cora.get('/api/tickets?q=on%20it')).body).toHaveLength(1);
  });

  it('leaves no gap in the customer’s numbers', async () => {
    const { cora, agent, id, path } = await worked();
    await backstage(agent, id);
    const said = await api.given.message(cora, id, { body: 'Any news?' });
    expect(said.seq).toBe(3);
    const { body: events } = await cora.get(`${path}/events`);
    expect(events.map(({ seq }: { seq: number }) => seq)).toEqual([1, 2, 3]);
    expect((await cora.put(`${path}/read`, { seq: 3 })).status).toBe(204);
  });
});

describe('an answer to a customer', () => {
  it('holds no field of staff', async () => {
    const { cora, agent, id, path } = await worked();
    expectStatus(200, await agent.post(`${path}/claim`));
    await backstage(agent, id);
    const answers = [
      (await cora.get(path)).body,
      (await cora.get('/api/tickets')).body,
      (await cora.get('/api/tickets/counts')).body,
      (await cora.get(`${path}/events`)).body,
      (await cora.get(`${path}/messages`)).body,
      (await cora.get('/api/notifications')).body,
      (await cora.patch(path, { subject: 'New' })).body,
    ];
    const keys = new Set<string>();
    JSON.stringify(answers, (key, value: unknown) => {
      keys.add(key);
      return value;
    });
    for (const field of [
      'tags',
      'needsReply',
      'mine',
      'unassigned',
      'load',
      'email',
      'passwordHash',
      'original',
      'staffSeq',
    ])
      expect([...keys]).not.toContain(field);
    expect(JSON.stringify(answers)).not.toContain(agent.account.email);
    expect(JSON.stringify(answers)).not.toMatch(/difficult/);
  });

  it('is complete for staff', async () => {
    const { agent, id } = await worked();
    const { body } = await agent.get(`/api/tickets/${id}`);
    expect(Object.keys(body).sort()).toEqual(
      [
        'id',
        'subject',
        'description',
        'category',
        'priority',
        'status',
        'requester',
        'assignee',
        'tags',
        'needsReply',
        'reopenCount',
        'attachments',
        'unread',
      ]
        .concat(['lastMessage', 'createdAt', 'updatedAt', 'firstRespondedAt', 'resolvedAt', 'closedAt', 'version'])
        .sort(),
    );
    expect(Object.keys((await agent.get('/api/tickets/counts')).body).sort()).toEqual([
      'all',
      'byStatus',
      'mine',
      'needsReply',
      'unassigned',
      'unread',
    ]);
    expect(JSON.stringify(body)).not.toContain('@example.com');
  });

  it('about somebody else’s ticket is the same whether it exists or not', async () => {
    const [cora, other] = [await api.given.customer(), await api.given.customer()];
    const { id } = await api.given.ticket({ by: cora });
    const said = await api.given.message(cora, id);
    expectStatus(204, await cora.delete(`/api/tickets/${(await api.given.ticket({ by: cora })).id}`));
    const asks = [
      (path: string) => other.get(path),
      (path: string) => other.patch(path, { subject: 'x' }),
      (path: string) => other.delete(path),
      (path: string) => other.put(`${path}/status`, { status: 'closed' }),
      (path: string) => other.put(`${path}/priority`, { priority: 'low' }),
      (path: string) => other.get(`${path}/events`),
      (path: string) => other.get(`${path}/messages`),
      (path: string) => other.post(`${path}/comments`, { text: 'x' }),
      (path: string) => other.patch(`${path}/messages/${said.id}`, { body: 'x' }),
      (path: string) => other.delete(`${path}/messages/${said.id}`),
      (path: string) => other.put(`${path}/read`, { seq: 1 }),
      (path: string) => other.post(`${path}/claim`),
      (path: string) => other.post(`${path}/restore`),
    ];
    for (const ask of asks) {
      const [foreign, unknown, deleted] = [
        await ask(`/api/tickets/${id}`),
        await ask('/api/tickets/999999'),
        await ask(`/api/tickets/${id + 1}`),
      ];
      expect(foreign).toMatchObject({ status: 403, body: { code: 'forbidden' } });
      const plain = ({ status, type, body }: typeof foreign) => ({ status, type, body: { ...body, requestId: '' } });
      expect(plain(unknown)).toEqual(plain(foreign));
      expect(plain(deleted)).toEqual(plain(foreign));
    }
    expect((await cora.get(`/api/tickets/${id}`)).body).toMatchObject({ version: 1, status: 'open' });
    expect((await cora.get(`/api/tickets/${id}/messages`)).body).toHaveLength(1);
  });
});
