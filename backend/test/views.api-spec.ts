import { newId } from '../src/common';
import { expectStatus, invalid, problem, testApi, type Answer, type Person } from './support/api-client';

const api = testApi();

const aView = (fields: Record<string, unknown> = {}) => ({
  name: `View ${newId()}`,
  filter: { status: ['open'], needsReply: true },
  ...fields,
});
const save = (by: Person, fields?: Record<string, unknown>) => by.post('/api/views', aView(fields));
const saved = async (by: Person, fields?: Record<string, unknown>): Promise<Answer['body']> =>
  expectStatus(201, await save(by, fields)).body;
const names = async (by: Person): Promise<string[]> =>
  (await by.get('/api/views')).body.map(({ name }: { name: string }) => name);
const countOf = async (by: Person, id: string) =>
  (await by.get('/api/views/counts')).body.find((view: { id: string }) => view.id === id)?.count;

describe('a saved view', () => {
  it('keeps a filter by the names of the list, and an order', async () => {
    const ana = await api.given.agent({ name: 'Ana' });
    const filter = {
      status: 'open,in_progress',
      priority: ['urgent'],
      assignee: 'me',
      category: 'none',
      tag: 'vip',
      unread: false,
      createdAfter: '2026-01-01T01:00:00+01:00',
    };
    const made = expectStatus(201, await ana.post('/api/views', { name: ' Mine ', filter, sort: '-priority' }));
    expect(made.body).toEqual({
      id: expect.any(String),
      name: 'Mine',
      filter: {
        status: ['open', 'in_progress'],
        priority: ['urgent'],
        assignee: 'me',
        category: ['none'],
        tag: ['vip'],
        unread: false,
        createdAfter: '2026-01-01T00:00:00.000Z',
      },
      sort: '-priority',
      shared: false,
      owner: { id: ana.id, name: 'Ana', role: 'agent', online: false },
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
    expect((await ana.get('/api/views')).body).toEqual([made.body]);
  });

  it.each([
    ['name', { name: ' ' }],
    ['name', { name: 'x'.repeat(101) }],
    ['name', { name: null }],
    ['filter', { filter: null }],
    ['filter', { filter: undefined }],
    ['filter', { filter: 'status=open' }],
    ['filter', { filter: [] }],
    ['filter.status', { filter: { status: ['done'] } }],
    ['filter.createdAfter', { filter: { createdAfter: '2026-02-31T00:00:00Z' } }],
    ['filter.limit', { filter: { limit: 5 } }],
    ['filter.sort', { filter: { sort: 'status' } }],
    ['filter.tag', { filter: { tag: ['x'.repeat(41)] } }],
    ['sort', { sort: 'subject' }],
    ['shared', { shared: 'yes' }],
    ['userId', { userId: newId() }],
  ])('is refused for its %s: %j', async (path, fields) => {
    const ana = await api.given.agent();
    expect(await save(ana, fields)).toMatchObject(invalid(path));
    expect(await names(ana)).toEqual([]);
  });

  it('is changed in parts', async () => {
    const ana = await api.given.agent();
    const view = await saved(ana);
    const change = (fields: Record<string, unknown>) => ana.patch(`/api/views/${view.id}`, fields);
    expect((await change({ name: 'Renamed' })).body).toMatchObject({ name: 'Renamed', filter: view.filter });
    expect((await change({ filter: { unread: true } })).body).toMatchObject({
      name: 'Renamed',
      filter: { unread: true },
      sort: '-createdAt',
    });
    expect((await change({ sort: 'status' })).body).toMatchObject({ filter: { unread: true }, sort: 'status' });
    expect((await change({})).status).toBe(200);
    for (const wrong of [{ filter: null }, { name: '' }, { sort: null }, { filter: { done: true } }])
      expect((await change(wrong)).status).toBe(400);
    expectStatus(204, await ana.delete(`/api/views/${view.id}`));
    expect(await change({ name: 'Gone' })).toMatchObject(problem(404, 'not-found'));
    expect((await ana.delete(`/api/views/${view.id}`)).status).toBe(404);
  });

  it('is one’s own until it is shared', async () => {
    const [ana, ben, adam] = [await api.given.agent(), await api.given.agent(), await api.given.admin()];
    const view = await saved(ana, { name: `Ours ${newId()}` });
    const path = `/api/views/${view.id}`;
    expect(await names(ben)).not.toContain(view.name);
    for (const other of [ben, adam]) {
      expect((await other.patch(path, { name: 'Taken' })).status).toBe(404);
      expect((await other.delete(path)).status).toBe(404);
    }
    expectStatus(200, await ana.patch(path, { shared: true }));
    expect(await names(ben)).toContain(view.name);
    expect(await ben.patch(path, { name: 'Taken' })).toMatchObject(problem(403, 'forbidden'));
    expect(await ben.delete(path)).toMatchObject(problem(403, 'forbidden'));
    expect(await adam.patch(path, { name: `${view.name}!` })).toMatchObject({
      status: 200,
      body: { owner: { id: ana.id } },
    });
    expectStatus(200, await ana.patch(path, { shared: false }));
    expect(await names(adam)).not.toContain(`${view.name}!`);
    expectStatus(204, await ana.delete(path));
  });

  it('comes after one’s own in the list when it is another’s', async () => {
    const [ana, ben] = [await api.given.agent(), await api.given.agent()];
    const shared = await saved(ben, { name: `A ${newId()}`, shared: true });
    await saved(ana, { name: 'Zulu' });
    await saved(ana, { name: 'alpha', shared: false });
    const list = await names(ana);
    expect(list.slice(0, 2)).toEqual(['alpha', 'Zulu']);
    expect(list).toContain(shared.name);
  });

  it('has a name of its own among its owner’s, and among the shared', async () => {
    const [ana, ben] = [await api.given.agent(), await api.given.agent()];
    const name = `Queue ${newId()}`;
    const mine = await saved(ana, { name });
    expect(await save(ana, { name: name.toUpperCase() })).toMatchObject(problem(409, 'name-taken'));
    await saved(ben, { name });
    await saved(ben, { name, shared: true });
    expect(await save(ana, { name, shared: true })).toMatchObject(problem(409, 'name-taken'));
    expect(await ana.patch(`/api/views/${mine.id}`, { shared: true })).toMatchObject(problem(409, 'name-taken'));
    const answers = await Promise.all(Array.from({ length: 5 }, () => save(ana, { name: 'At once' })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(4);
  });

  it('is one of at most fifty', async () => {
    const ana = await api.given.agent();
    for (let count = 0; count < 48; count += 1) await saved(ana);
    const answers = await Promise.all([save(ana), save(ana), save(ana), save(ana)]);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(2);
    for (const answer of answers.filter(({ status }) => status !== 201))
      expect(answer).toMatchObject(problem(409, 'too-many-views'));
    expect(await names(ana)).toHaveLength(50 + (await sharedByOthers(ana)));
    const { body } = await ana.get('/api/views');
    expectStatus(204, await ana.delete(`/api/views/${body[0].id}`));
    expectStatus(201, await save(ana));
  });

  it('is shared as one of at most a hundred', async () => {
    const people = [await api.given.agent(), await api.given.agent(), await api.given.agent()];
    let shared = await sharedByOthers(people[2]);
    for (; shared < 100; shared += 1) await saved(people[shared % 3], { shared: true });
    const mine = await saved(people[0]);
    expect(await save(people[1], { shared: true })).toMatchObject(problem(409, 'too-many-views'));
    expect(await people[0].patch(`/api/views/${mine.id}`, { shared: true })).toMatchObject(
      problem(409, 'too-many-views'),
    );
    await api.rows('DELETE FROM ticket_views WHERE shared = ?', [1]);
  });

  it('is made once by a request that is repeated', async () => {
    const ana = await api.given.agent();
    const [view, key] = [aView(), { 'idempotency-key': newId() }];
    const first = expectStatus(201, await ana.post('/api/views', view, key));
    expect((await ana.post('/api/views', view, key)).body).toEqual(first.body);
    expect(await names(ana)).toContain(view.name);
  });
});

describe('the count of a view', () => {
  it('is that of the list it shows', async () => {
    const [ana, start] = [await api.given.agent(), `c${newId().slice(-8)}`];
    for (const tags of [[start], [start], [`${start}-other`]]) await api.given.ticket({ by: ana, tags });
    const view = await saved(ana, { filter: { tag: start, status: 'open' } });
    expect(await countOf(ana, view.id)).toBe(2);
    const list = await ana.get(`/api/tickets?tag=${start}&status=open`);
    expect(list.body).toHaveLength(2);
    expectStatus(200, await ana.put(`/api/tickets/${list.body[0].id}/status`, { status: 'resolved' }));
    expect(await countOf(ana, view.id)).toBe(1);
  });

  it('is the reader’s own: “me” is whoever asks', async () => {
    const [ana, ben] = [await api.given.agent(), await api.given.agent()];
    const view = await saved(ana, { filter: { assignee: 'me' }, shared: true });
    const { id } = await api.given.ticket();
    expectStatus(200, await ben.post(`/api/tickets/${id}/claim`));
    expect(await countOf(ben, view.id)).toBe(1);
    expect(await countOf(ana, view.id)).toBe(0);
  });

  it('is not made for exact words; a view of everything counts like the navigation', async () => {
    const ana = await api.given.agent();
    const words = await saved(ana, { filter: { q: '"blank pages"' } });
    const all = await saved(ana, { filter: {} });
    expect(await countOf(ana, words.id)).toBeNull();
    expect(await countOf(ana, all.id)).toBe((await ana.get('/api/tickets/counts')).body.all);
  });
});

it('views are not for customers', async () => {
  const cora = await api.given.customer();
  expect(await save(cora)).toMatchObject(problem(403, 'forbidden'));
  expect((await cora.get('/api/views')).status).toBe(403);
  expect((await cora.get('/api/views/counts')).status).toBe(403);
});

async function sharedByOthers(by: Person): Promise<number> {
  const { body } = await by.get('/api/views');
  return body.filter(({ owner }: { owner: { id: string } }) => owner.id !== by.id).length;
}
