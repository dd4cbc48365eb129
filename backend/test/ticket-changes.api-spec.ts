import type { Role } from '../src/access';
import { newId } from '../src/common';
import { expectStatus, invalid, problem, testApi, type Person } from './support/api-client';

const api = testApi();

describe('opening a ticket', () => {
  const input = { subject: 'Blank pages', description: 'Since Monday.' };

  it.each([
    ['subject', 1, 200],
    ['description', 1, 10_000],
  ])('takes a %s of %d to %d characters', async (field, min, max) => {
    const cora = await api.given.customer();
    for (const length of [min, max]) {
      const text = 'x'.repeat(length);
      const answer = await cora.post('/api/tickets', { ...input, [field]: text });
      expect(answer).toMatchObject({ status: 201, body: { [field]: text } });
    }
    const before = (await cora.get('/api/tickets/counts')).body.all;
    for (const text of ['', 'x'.repeat(max + 1), ' \u200b\n', 'a\0b', '\ud800', 5, null, ['x'], { a: 1 }])
      expect(await cora.post('/api/tickets', { ...input, [field]: text })).toMatchObject(invalid(field));
    expect((await cora.get('/api/tickets/counts')).body.all).toBe(before);
  });

  it('counts lengths in UTF-16 units', async () => {
    const cora = await api.given.customer();
    expectStatus(201, await cora.post('/api/tickets', { ...input, subject: '🖨'.repeat(100) }));
    expect(await cora.post('/api/tickets', { ...input, subject: '🖨'.repeat(101) })).toMatchObject(invalid('subject'));
  });

  it.each([
    ['priority', 'critical'],
    ['priority', 3],
    ['categoryId', 'Billing'],
    ['categoryId', newId()],
    ['status', 'closed'],
    ['id', 7],
    ['requester', newId()],
    ['createdAt', '2000-01-01T00:00:00.000Z'],
    ['version', 9],
    ['assigneeId', newId()],
  ])('refuses %s: %j', async (field, value) => {
    const cora = await api.given.customer();
    expect(await cora.post('/api/tickets', { ...input, [field]: value })).toMatchObject(invalid(field));
  });

  it.each(['low', 'medium', 'high', 'urgent'])('takes the priority %s from its customer', async (priority) => {
    const cora = await api.given.customer();
    expect((await api.given.ticket({ by: cora, priority })).priority).toBe(priority);
  });

  it('for somebody, and with tags, is for staff', async () => {
    const [agent, cora] = [await api.given.agent(), await api.given.customer()];
    const made = await agent.post('/api/tickets', {
      ...input,
      requesterId: cora.id,
      tags: [' vip ', 'vip', 'printer'],
    });
    expect(made).toMatchObject({ status: 201, body: { requester: { id: cora.id }, tags: ['vip', 'printer'] } });
    expect((await cora.get(`/api/tickets/${made.body.id}`)).status).toBe(200);
    expect(await cora.post('/api/tickets', { ...input, tags: ['vip'] })).toMatchObject(invalid('tags'));
    expect(await cora.post('/api/tickets', { ...input, requesterId: cora.id })).toMatchObject(invalid('requesterId'));
    expect(await agent.post('/api/tickets', { ...input, requesterId: newId() })).toMatchObject(invalid('requesterId'));
  });

  it('takes at most 20 tags of 40 characters', async () => {
    const agent = await api.given.agent();
    const tags = Array.from({ length: 21 }, (_, index) => `tag ${index}`);
    expectStatus(201, await agent.post('/api/tickets', { ...input, tags: tags.slice(0, 20) }));
    expect(await agent.post('/api/tickets', { ...input, tags })).toMatchObject(invalid('tags'));
    expectStatus(201, await agent.post('/api/tickets', { ...input, tags: ['x'.repeat(40)] }));
    expect(await agent.post('/api/tickets', { ...input, tags: ['x'.repeat(41)] })).toMatchObject(invalid('tags'));
    expect(await agent.post('/api/tickets', { ...input, tags: [' '] })).toMatchObject(invalid('tags'));
  });

  it('does not offer an archived category', async () => {
    const [admin, cora] = [await api.given.admin(), await api.given.customer()];
    const { body: category } = await admin.post('/api/categories', { name: `Old ${newId()}` });
    expectStatus(200, await admin.patch(`/api/categories/${category.id}`, { archived: true }));
    const answer = await cora.post('/api/tickets', { ...input, categoryId: category.id });
    expect(answer).toMatchObject(invalid('categoryId'));
  });
});

describe('changing a ticket', () => {
  it('moves the version once and leaves one event for each changed field', async () => {
    const [cora, agent] = [await api.given.customer(), await api.given.agent()];
    const { id } = await api.given.ticket({ by: cora });
    const { body: categories } = await cora.get('/api/categories');
    const change = { subject: ' New subject ', description: 'New text', categoryId: categories[0].id };
    const answer = await cora.patch(`/api/tickets/${id}`, change);
    expect(answer).toMatchObject({
      status: 200,
      headers: { etag: '"2"' },
      body: { subject: 'New subject', description: 'New text', category: { id: categories[0].id }, version: 2 },
    });
    const { body: events } = await agent.get(`/api/tickets/${id}/events?after=1`);
    expect(events).toMatchObject([
      { type: 'subject.changed', data: { to: 'New subject' } },
      { type: 'description.changed', data: {} },
      { type: 'category.changed', data: { from: null, to: { id: categories[0].id, name: categories[0].name } } },
    ]);
    expect(events[1].data).toEqual({});
    const cleared = await cora.patch(`/api/tickets/${id}`, { categoryId: null });
    expect(cleared.body).toMatchObject({ category: null, version: 3 });
  });

  it('to what it is already changes nothing', async () => {
    const agent = await api.given.agent();
    const { id, subject } = await api.given.ticket();
    const path = `/api/tickets/${id}`;
    expect(await agent.patch(path, { subject })).toMatchObject({ status: 200, body: { version: 1 } });
    expect(await agent.patch(path, {})).toMatchObject({ status: 200, body: { version: 1 } });
    expect(await agent.put(`${path}/priority`, { priority: 'medium' })).toMatchObject({
      status: 200,
      body: { version: 1 },
    });
    expect(await agent.put(`${path}/status`, { status: 'open' })).toMatchObject({ status: 200, body: { version: 1 } });
    expect(await agent.delete(`${path}/assignee`)).toMatchObject({ status: 200, body: { version: 1 } });
    expect((await agent.get(`${path}/events`)).body).toHaveLength(1);
  });

  it.each([
    ['subject', ''],
    ['subject', 'x'.repeat(201)],
    ['description', '\u200b'],
    ['description', 'x'.repeat(10_001)],
    ['categoryId', newId()],
    ['tags', 'x'.repeat(41)],
    ['subject', null],
    ['description', null],
    ['tags', null],
    ['status', 'closed'],
    ['priority', 'high'],
    ['assigneeId', newId()],
    ['requesterId', newId()],
    ['version', 3],
  ])('refuses %s: %j', async (field, value) => {
    const agent = await api.given.agent();
    const { id } = await api.given.ticket();
    expect(await agent.patch(`/api/tickets/${id}`, { [field]: value })).toMatchObject(invalid(field));
    expect((await agent.get(`/api/tickets/${id}`)).body.version).toBe(1);
  });

  it('is done with tags by staff only, and tags alone do not move what the customer sees', async () => {
    const [cora, agent] = [await api.given.customer(), await api.given.agent()];
    const { id } = await api.given.ticket({ by: cora });
    expect(await cora.patch(`/api/tickets/${id}`, { tags: ['vip'] })).toMatchObject(invalid('tags'));
    const before = (await cora.get(`/api/tickets/${id}`)).body;
    const tagged = await agent.patch(`/api/tickets/${id}`, { tags: ['vip'] });
    expect(tagged.body).toMatchObject({ tags: ['vip'], version: 2 });
    const after = await cora.get(`/api/tickets/${id}`);
    expect(after.body).toEqual(before);
    expect(after.headers.etag).toBe('"1"');
    expect((await cora.get(`/api/tickets/${id}/events`)).body).toHaveLength(1);
    expect(await cora.patch(`/api/tickets/${id}`, { subject: 'Mine' }, { 'if-match': '"1"' })).toMatchObject({
      status: 200,
      headers: { etag: '"2"' },
    });
  });
});

describe('If-Match', () => {
  it.each([
    ['PATCH', '', { subject: 'Another' }],
    ['PUT', '/status', { status: 'in_progress' }],
    ['PUT', '/priority', { priority: 'low' }],
    ['DELETE', '/assignee', undefined],
  ])('guards %s %s', async (method, route, body) => {
    const agent = await api.given.agent();
    const { id } = await api.given.ticket();
    expectStatus(200, await agent.post(`/api/tickets/${id}/claim`));
    const path = `/api/tickets/${id}${route}`;
    for (const stale of ['"1"', '"99"', 'W/"2"', '"x"', '2'])
      expect(await agent.send(method, path, body, { 'if-match': stale })).toMatchObject(
        problem(412, 'stale', { version: 2 }),
      );
    expect((await agent.get(`/api/tickets/${id}`)).body.version).toBe(2);
    expectStatus(200, await agent.send(method, path, body, { 'if-match': '"2"' }));
    expectStatus(200, await agent.send(method, path, body, { 'if-match': '*' }));
  });

  it('takes a list of tags, of which one strong one must be the version', async () => {
    const agent = await api.given.agent();
    const { id } = await api.given.ticket();
    const change = (subject: string, tags: string) =>
      agent.patch(`/api/tickets/${id}`, { subject }, { 'if-match': tags });
    for (const tags of ['"7", "8"', 'W/"1"', 'W/"1", "x,y"', '"01"', '"1 "', ''.padEnd(200, '"9",')])
      expect(await change('Never', tags)).toMatchObject(problem(412, 'stale', { version: 1 }));
    expect(await change('One', '"7", "1"')).toMatchObject({ status: 200, headers: { etag: '"2"' } });
    expect(await change('Two', 'W/"9" ,"a,b","2"')).toMatchObject({ status: 200, headers: { etag: '"3"' } });
  });

  it('guards the assignee', async () => {
    const [agent, colleague] = [await api.given.agent(), await api.given.agent()];
    const { id } = await api.given.ticket();
    const assign = (version: string) =>
      agent.put(`/api/tickets/${id}/assignee`, { agentId: colleague.id }, { 'if-match': version });
    expect(await assign('"7"')).toMatchObject(problem(412, 'stale', { version: 1 }));
    expect(await assign('"1"')).toMatchObject({ status: 200, headers: { etag: '"2"' } });
  });
});

describe('the steps of a ticket', () => {
  type Step = [role: Role, from: string, to: string, status: number, code?: string];
  const STEPS: Step[] = [
    ['agent', 'open', 'in_progress', 200],
    ['agent', 'open', 'resolved', 200],
    ['agent', 'open', 'closed', 200],
    ['agent', 'in_progress', 'open', 409, 'invalid-transition'],
    ['agent', 'in_progress', 'resolved', 200],
    ['agent', 'in_progress', 'closed', 200],
    ['agent', 'resolved', 'open', 200],
    ['agent', 'resolved', 'in_progress', 200],
    ['agent', 'resolved', 'closed', 200],
    ['agent', 'closed', 'open', 200],
    ['agent', 'closed', 'in_progress', 409, 'invalid-transition'],
    ['agent', 'closed', 'resolved', 409, 'invalid-transition'],
    ['admin', 'closed', 'resolved', 409, 'invalid-transition'],
    ['admin', 'open', 'resolved', 200],
    ['customer', 'open', 'in_progress', 403, 'forbidden'],
    ['customer', 'open', 'resolved', 200],
    ['customer', 'open', 'closed', 200],
    ['customer', 'in_progress', 'open', 409, 'invalid-transition'],
    ['customer', 'in_progress', 'resolved', 200],
    ['customer', 'in_progress', 'closed', 200],
    ['customer', 'resolved', 'open', 200],
    ['customer', 'resolved', 'in_progress', 403, 'forbidden'],
    ['customer', 'resolved', 'closed', 200],
    ['customer', 'closed', 'open', 409, 'ticket-closed'],
    ['customer', 'closed', 'resolved', 409, 'ticket-closed'],
    ['customer', 'closed', 'in_progress', 409, 'ticket-closed'],
  ];

  const NAMED = STEPS.map(([role, from, to, status, code]) => ({ role, from, to, status, code }));

  it.each(NAMED)('$role: $from to $to is answered with $status', async ({ role, from, to, status, code }) => {
    const cora = await api.given.customer();
    const { id } = await api.given.ticketIn(from, { by: cora });
    const actor: Person = role === 'customer' ? cora : await api.person(role);
    const answer = await actor.put(`/api/tickets/${id}/status`, { status: to });
    expect(answer).toMatchObject(code ? problem(status, code) : { status, body: { status: to } });
    expect((await cora.get(`/api/tickets/${id}`)).body.status).toBe(status === 200 ? to : from);
  });

  it('say which are possible when one is refused', async () => {
    const agent = await api.given.agent();
    const { id } = await api.given.ticketIn('closed');
    const answer = await agent.put(`/api/tickets/${id}/status`, { status: 'resolved' });
    expect(answer.body.allowed).toEqual(['open']);
  });

  it.each(['', 'done', 'OPEN', null, 1, ['open'], undefined])('do not lead to %j', async (status) => {
    const agent = await api.given.agent();
    const { id } = await api.given.ticket();
    expect(await agent.put(`/api/tickets/${id}/status`, { status })).toMatchObject(invalid('status'));
  });
});

describe('the priority', () => {
  it('is the customer’s to change while nobody holds the ticket', async () => {
    const [cora, agent] = [await api.given.customer(), await api.given.agent()];
    const { id } = await api.given.ticket({ by: cora });
    const path = `/api/tickets/${id}/priority`;
    expect((await cora.put(path, { priority: 'urgent' })).body).toMatchObject({ priority: 'urgent', version: 2 });
    expectStatus(200, await agent.post(`/api/tickets/${id}/claim`));
    expect(await cora.put(path, { priority: 'low' })).toMatchObject(problem(403, 'forbidden'));
    expectStatus(200, await agent.put(path, { priority: 'low' }));
    expectStatus(200, await agent.delete(`/api/tickets/${id}/assignee`));
    expectStatus(200, await cora.put(path, { priority: 'high' }));
  });

  it.each(['', 'critical', null, 2])('is never %j', async (priority) => {
    const agent = await api.given.agent();
    const { id } = await api.given.ticket();
    expect(await agent.put(`/api/tickets/${id}/priority`, { priority })).toMatchObject(invalid('priority'));
  });
});
