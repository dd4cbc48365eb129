import { newId } from '../src/common';
import { expectStatus, invalid, problem, testApi, type Answer, type Person } from './support/api-client';

const api = testApi();

const aReply = (fields: Record<string, unknown> = {}) => ({
  key: `k${newId()}`,
  title: 'Restart the router',
  body: 'Hello {{customer.firstName}},\nplease restart it.',
  ...fields,
});
const write = (by: Person, fields?: Record<string, unknown>) => by.post('/api/canned-replies', aReply(fields));
const written = async (by: Person, fields?: Record<string, unknown>): Promise<Answer['body']> =>
  expectStatus(201, await write(by, fields)).body;
const listed = async (by: Person, query = ''): Promise<Answer['body'][]> =>
  expectStatus(200, await by.get(`/api/canned-replies?${query}`)).body;
const titles = async (by: Person, query: string): Promise<string[]> =>
  (await listed(by, query)).map(({ title }) => title);

describe('a canned reply', () => {
  it('keeps its text as typed, under a key, and says whose it is', async () => {
    const ana = await api.given.agent({ name: 'Ana' });
    const reply = await written(ana, { title: ' Router ', body: ' {{fill}} \n', inNote: false });
    expect(reply).toEqual({
      id: expect.any(String),
      key: expect.stringMatching(/^k/),
      title: 'Router',
      body: ' {{fill}} \n',
      inReply: true,
      inNote: false,
      shared: false,
      owner: { id: ana.id, name: 'Ana', role: 'agent', online: false },
      uses: 0,
      lastUsedAt: null,
      version: 1,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
    expect(await listed(ana, 'scope=own')).toEqual([reply]);
  });

  it.each([
    ['key', { key: 'Router' }],
    ['key', { key: 'a b' }],
    ['key', { key: '-a' }],
    ['key', { key: 'a'.repeat(41) }],
    ['title', { title: ' ' }],
    ['title', { title: 'x'.repeat(101) }],
    ['body', { body: '\u200b' }],
    ['body', { body: 'x'.repeat(10_001) }],
    ['inReply', { inReply: false, inNote: false }],
    ['inNote', { inNote: 'yes' }],
    ['owner', { owner: newId() }],
  ])('is refused for its %s: %j', async (path, fields) => {
    const ana = await api.given.agent();
    expect(await write(ana, fields)).toMatchObject(invalid(path));
    expect(await listed(ana, 'scope=own')).toEqual([]);
  });

  it('is made once when a request is repeated', async () => {
    const ana = await api.given.agent();
    const [reply, headers] = [aReply(), { 'Idempotency-Key': newId() }];
    const first = expectStatus(201, await ana.post('/api/canned-replies', reply, headers));
    expect((await ana.post('/api/canned-replies', reply, headers)).body).toEqual(first.body);
    expect(await listed(ana, 'scope=own')).toHaveLength(1);
  });

  it('has a key that is the only one among the own ones, or among the shared ones', async () => {
    const [ada, ana, ben] = [await api.given.admin(), await api.given.agent(), await api.given.agent()];
    const key = `k${newId()}`;
    await written(ana, { key });
    await written(ben, { key });
    await written(ada, { key, shared: true });
    await written(ada, { key });
    for (const [by, shared] of [
      [ana, false],
      [ada, true],
    ] as const)
      expect(await write(by, { key, shared })).toMatchObject(problem(409, 'key-taken'));
    const other = await written(ana);
    const renamed = await ana.patch(`/api/canned-replies/${other.id}`, { key });
    expect(renamed).toMatchObject(problem(409, 'key-taken'));
  });
});

describe('changing a canned reply', () => {
  it('moves its version, and against another one than the newest is refused', async () => {
    const ana = await api.given.agent();
    const { id } = await written(ana);
    const change = (fields: object, version?: number) =>
      ana.patch(`/api/canned-replies/${id}`, fields, version === undefined ? {} : { 'If-Match': `"${version}"` });
    expect(await change({ title: 'Two' }, 1)).toMatchObject({ status: 200, body: { title: 'Two', version: 2 } });
    expect(await change({ title: 'Three' }, 1)).toMatchObject(problem(412, 'stale', { version: 2 }));
    expect(await change({ title: 'Two' })).toMatchObject({ status: 200, body: { title: 'Two', version: 2 } });
    expect(await change({ inReply: false })).toMatchObject({ status: 200, body: { inReply: false, version: 3 } });
    expect(await change({ inNote: false })).toMatchObject(invalid('inReply'));
    const removal = await ana.delete(`/api/canned-replies/${id}`, undefined, { 'If-Match': '"2"' });
    expect(removal).toMatchObject(problem(412, 'stale', { version: 3 }));
  });

  it('remembers what it said and who wrote it, and brings that back', async () => {
    const [ada, eve] = [await api.given.admin({ name: 'Ada' }), await api.given.admin({ name: 'Eve' })];
    const { id, body } = await written(ada, { shared: true });
    expectStatus(200, await eve.patch(`/api/canned-replies/${id}`, { body: 'Something else' }));
    const versions = async () => expectStatus(200, await ada.get(`/api/canned-replies/${id}/versions`)).body;
    expect(await versions()).toMatchObject([
      { version: 2, author: { name: 'Eve' }, body: 'Something else' },
      { version: 1, author: { name: 'Ada' }, body },
    ]);
    const restored = await ada.post(`/api/canned-replies/${id}/versions/1/restore`);
    expect(restored).toMatchObject({ status: 200, body: { body, version: 3 } });
    expect((await versions()).map(({ version }: { version: number }) => version)).toEqual([3, 2, 1]);
    const unknown = await ada.post(`/api/canned-replies/${id}/versions/9/restore`);
    expect(unknown).toMatchObject(problem(404, 'not-found'));
  });

  it('of the shared ones is for admins, and stands in the audit log without the text', async () => {
    const [ada, ana] = [await api.given.admin(), await api.given.agent()];
    const { id, key } = await written(ada, { shared: true });
    expect(await write(ana, { shared: true })).toMatchObject(problem(403, 'forbidden'));
    const path = `/api/canned-replies/${id}`;
    expect(await ana.patch(path, { title: 'Mine' })).toMatchObject(problem(403, 'forbidden'));
    expect(await ana.delete(path)).toMatchObject(problem(403, 'forbidden'));
    expect(await ana.post(`${path}/versions/1/restore`)).toMatchObject(problem(403, 'forbidden'));
    expectStatus(204, await ada.delete(path));
    const { body } = await ada.get(`/api/audit?object=canned-reply:${id}`);
    expect(body.map(({ action, data }: Answer['body']) => [action, data])).toEqual([
      ['canned-reply.changed', { change: 'removed', name: 'Restart the router', key }],
      ['canned-reply.changed', { change: 'created', name: 'Restart the router', key }],
    ]);
  });

  it('of somebody else’s own ones is for nobody', async () => {
    const [ada, ana] = [await api.given.admin(), await api.given.agent()];
    const path = `/api/canned-replies/${(await written(ana)).id}`;
    const answers = [
      await ada.patch(path, { title: 'Mine' }),
      await ada.delete(path),
      await ada.post(`${path}/uses`),
      await ada.get(`${path}/versions`),
    ];
    for (const answer of answers) expect(answer).toMatchObject(problem(404, 'not-found'));
  });
});

describe('the canned replies that are offered', () => {
  it('are the own ones and the shared ones, found by words in key, title and text', async () => {
    const [ada, ana, ben] = [await api.given.admin(), await api.given.agent(), await api.given.agent()];
    const word = `w${newId().slice(-10)}`;
    await written(ada, { title: `B ${word}`, shared: true });
    await written(ana, { title: 'A', body: `An Übung about ${word.toUpperCase()}, 100%.` });
    await written(ben, { title: `C ${word}` });
    expect(await titles(ana, `q=${word}`)).toEqual(['A', `B ${word}`]);
    expect(await titles(ana, `q=${word}&scope=own`)).toEqual(['A']);
    expect(await titles(ana, `q=${word}&scope=shared`)).toEqual([`B ${word}`]);
    expect(await titles(ana, `q=${encodeURIComponent(`übung ${word}`)}`)).toEqual(['A']);
    expect(await titles(ana, `q=${encodeURIComponent('100%')}`)).toEqual(['A']);
    expect(await titles(ana, `q=${encodeURIComponent('1_0%')}`)).toEqual([]);
  });

  it('are those for a reply, or those for a note', async () => {
    const ana = await api.given.agent();
    await written(ana, { title: 'Note', inReply: false });
    await written(ana, { title: 'Reply', inNote: false });
    expect(await titles(ana, 'scope=own&in=note')).toEqual(['Note']);
    expect(await titles(ana, 'scope=own&in=reply')).toEqual(['Reply']);
  });

  it('count how often they are inserted, page by page in either order', async () => {
    const ana = await api.given.agent();
    const [b, a] = [await written(ana, { title: 'b' }), await written(ana, { title: 'A' })];
    await written(ana, { title: 'c' });
    for (const { id } of [b, b, a]) expectStatus(204, await ana.post(`/api/canned-replies/${id}/uses`));
    const walk = async (query: string): Promise<string[]> => {
      const found: string[] = [];
      for (let next: string | undefined = `/api/canned-replies?scope=own&limit=1&${query}`; next;) {
        const answer: Answer = expectStatus(200, await ana.get(next));
        found.push(...answer.body.map(({ title }: { title: string }) => title));
        next = /<(.+)>/.exec(String(answer.headers.link ?? ''))?.[1];
      }
      return found;
    };
    expect(await walk('sort=title')).toEqual(['A', 'b', 'c']);
    expect(await walk('sort=-uses')).toEqual(['b', 'A', 'c']);
    expect(await walk('used=false')).toEqual(['c']);
    const [first] = await listed(ana, 'scope=own&sort=-uses');
    expect(first).toMatchObject({ uses: 2, lastUsedAt: expect.any(String), version: 1 });
  });

  it.each(['scope=all', 'in=chat', 'sort=body', 'limit=0', 'cursor=x', `q=${'x'.repeat(101)}`])(
    'are not asked for by %s',
    async (query) => {
      const ana = await api.given.agent();
      expect(await ana.get(`/api/canned-replies?${query}`)).toMatchObject(invalid(query.split('=')[0]));
    },
  );

  it('go with whoever wrote them for themselves, and stay when all share them', async () => {
    const [ada, leaving, ana] = [await api.given.admin(), await api.given.admin(), await api.given.agent()];
    await api.given.admin();
    const [own, shared] = [await written(leaving), await written(leaving, { shared: true, title: newId() })];
    expectStatus(204, await ada.delete(`/api/users/${leaving.id}`));
    expect(await titles(ana, `q=${shared.title}`)).toEqual([shared.title]);
    expect(await api.rows('SELECT id FROM canned_replies WHERE id = ?', [own.id])).toEqual([]);
  });
});
