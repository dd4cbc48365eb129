import { newId } from '../src/common';
import { expectStatus, invalid, problem, testApi, type Answer, type Person } from './support/api-client';
import { until } from './support/until';

const api = testApi();

/** Tags that no other test uses begin with this. */
const fresh = (): string => `m${newId().slice(-8)}`;
const tagged = async (by: Person, ...tags: string[]): Promise<number> => (await api.given.ticket({ by, tags })).id;
const tagsOf = async (by: Person, id: number): Promise<string[]> => (await by.get(`/api/tickets/${id}`)).body.tags;
const known = async (by: Person, q: string): Promise<Answer['body'][]> =>
  expectStatus(200, await by.get(`/api/tags?q=${encodeURIComponent(q)}&sort=tag`)).body;
const idOf = async (by: Person, name: string): Promise<string> =>
  (await known(by, name)).find(({ tag }) => tag === name).id;
const names = async (by: Person, q: string): Promise<[string, number][]> =>
  (await known(by, q)).map(({ tag, uses }) => [tag, uses]);
const done = (by: Person, q: string): Promise<boolean> =>
  until('what was begun to be done', async () => (await known(by, q)).every(({ change }) => change === null));

describe('renaming a tag', () => {
  it('changes it on every ticket, in its place, and tells the timeline who did it', async () => {
    const [ada, start] = [await api.given.admin({ name: 'Ada' }), fresh()];
    const [first, second] = [await tagged(ada, 'a', `${start}-vpn`, 'z'), await tagged(ada, `${start}-vpn`)];
    const id = await idOf(ada, `${start}-vpn`);
    const answer = await ada.patch(`/api/tags/${id}`, { name: ` ${start}-VPN ` });
    expect(answer).toMatchObject({ status: 202, body: { id, tag: `${start}-VPN`, change: null } });
    await done(ada, start);
    expect(await known(ada, start)).toEqual([{ id, tag: `${start}-VPN`, uses: 2, change: null }]);
    expect(await tagsOf(ada, first)).toEqual(['a', `${start}-VPN`, 'z']);
    expect(await tagsOf(ada, second)).toEqual([`${start}-VPN`]);
    const events = (await ada.get(`/api/tickets/${second}/events`)).body;
    expect(events.at(-1)).toMatchObject({
      type: 'tags.changed',
      actor: { name: 'Ada' },
      data: { from: [`${start}-vpn`], to: [`${start}-VPN`] },
    });
    expect((await ada.get(`/api/tickets?tag=${start}-VPN`)).body).toHaveLength(2);
    expect((await ada.get(`/api/tickets?tag=${start}-vpn`)).body).toEqual([]);
  });

  it('is done once when it is asked for twice', async () => {
    const [ada, start] = [await api.given.admin(), fresh()];
    const ticket = await tagged(ada, `${start}-a`);
    const id = await idOf(ada, `${start}-a`);
    expectStatus(202, await ada.patch(`/api/tags/${id}`, { name: `${start}-b` }));
    expectStatus(202, await ada.patch(`/api/tags/${id}`, { name: `${start}-b` }));
    await until('the ticket to follow', async () => (await tagsOf(ada, ticket))[0] === `${start}-b`);
    const { body } = await ada.get(`/api/audit?object=tag:${id}`);
    expect(body).toMatchObject([
      {
        action: 'tag.changed',
        actor: { id: ada.id },
        object: { type: 'tag', id, name: `${start}-b` },
        data: { change: 'renamed', from: `${start}-a`, to: `${start}-b`, tickets: 1 },
      },
    ]);
  });

  it('reaches deleted tickets, which can be restored, and saved views', async () => {
    const [ada, start] = [await api.given.admin(), fresh()];
    const ticket = await tagged(ada, `${start}_a`);
    const filter = { tag: [`${start}_a`, 'other'], status: ['open'] };
    const view = expectStatus(201, await ada.post('/api/views', { name: start, filter })).body;
    const id = await idOf(ada, `${start}_a`);
    expectStatus(204, await ada.delete(`/api/tickets/${ticket}`));
    expectStatus(202, await ada.patch(`/api/tags/${id}`, { name: `${start}_b` }));
    await until('the tags to settle', async () => (await names(ada, start))[0]?.[0] === `${start}_b`);
    await done(ada, start);
    expect(expectStatus(200, await ada.post(`/api/tickets/${ticket}/restore`)).body.tags).toEqual([`${start}_b`]);
    const shown = (await ada.get('/api/views')).body.find((each: { id: string }) => each.id === view.id);
    expect(shown.filter).toEqual({ ...filter, tag: [`${start}_b`, 'other'] });
  });

  it('into one that tickets have already is refused', async () => {
    const [ada, start] = [await api.given.admin(), fresh()];
    await tagged(ada, `${start}-a`, `${start}-b`);
    const id = await idOf(ada, `${start}-a`);
    const answer = await ada.patch(`/api/tags/${id}`, { name: `${start}-b` });
    expect(answer).toMatchObject(problem(409, 'name-taken'));
    expect(await names(ada, start)).toEqual([
      [`${start}-a`, 1],
      [`${start}-b`, 1],
    ]);
  });

  it.each([
    ['name', { name: ' ' }],
    ['name', { name: 'x'.repeat(41) }],
    ['name', {}],
    ['tag', { name: 'a', tag: 'b' }],
  ])('is refused for its %s: %j', async (path, body) => {
    const [ada, start] = [await api.given.admin(), fresh()];
    await tagged(ada, start);
    expect(await ada.patch(`/api/tags/${await idOf(ada, start)}`, body)).toMatchObject(invalid(path));
  });
});

describe('merging two tags', () => {
  it('leaves one of them, once on each ticket', async () => {
    const [ada, start] = [await api.given.admin(), fresh()];
    const both = await tagged(ada, `${start}-net`, 'x', `${start}-network`);
    const one = await tagged(ada, `${start}-net`);
    const [id, into] = [await idOf(ada, `${start}-net`), await idOf(ada, `${start}-network`)];
    const answer = await ada.post(`/api/tags/${id}/merge`, { into });
    expect(answer).toMatchObject({ status: 202, body: { id: into, tag: `${start}-network` } });
    await until('the tags to settle', async () => (await known(ada, start)).length === 1);
    expect(await known(ada, start)).toEqual([{ id: into, tag: `${start}-network`, uses: 2, change: null }]);
    expect(await tagsOf(ada, both)).toEqual([`${start}-network`, 'x']);
    expect(await tagsOf(ada, one)).toEqual([`${start}-network`]);
    expect(await ada.patch(`/api/tags/${id}`, { name: 'gone' })).toMatchObject(problem(404, 'not-found'));
  });

  it('is refused with itself and with what does not exist', async () => {
    const [ada, start] = [await api.given.admin(), fresh()];
    await tagged(ada, start);
    const id = await idOf(ada, start);
    for (const into of [id, newId()])
      expect(await ada.post(`/api/tags/${id}/merge`, { into })).toMatchObject(invalid('into'));
    expect(await ada.post(`/api/tags/${newId()}/merge`, { into: id })).toMatchObject(problem(404, 'not-found'));
  });

  it('waits until what was begun before is done', async () => {
    const [ada, start] = [await api.given.admin(), fresh()];
    await tagged(ada, `${start}-a`, `${start}-b`, `${start}-c`);
    const [a, b, c] = (await known(ada, start)).map(({ id }) => id as string);
    // As if the tickets of the first were still on their way to the second.
    await api.rows('UPDATE tags SET isMoving = 1, movesTo = ? WHERE id = ?', [`${start}-b`, a]);
    expect((await known(ada, start))[0].change).toEqual({ to: `${start}-b` });
    const busy = problem(409, 'tag-busy');
    expect(await ada.post(`/api/tags/${b}/merge`, { into: c })).toMatchObject(busy);
    expect(await ada.post(`/api/tags/${c}/merge`, { into: a })).toMatchObject(busy);
    expect(await ada.patch(`/api/tags/${b}`, { name: `${start}-d` })).toMatchObject(busy);
    expect(await ada.delete(`/api/tags/${a}`)).toMatchObject(busy);
    expect(await ada.delete(`/api/tags/${b}`)).toMatchObject(busy);
    expectStatus(202, await ada.post(`/api/tags/${a}/merge`, { into: b }));
  });
});

describe('deleting a tag', () => {
  it('takes it from every ticket', async () => {
    const [ada, start] = [await api.given.admin(), fresh()];
    const ticket = await tagged(ada, 'kept', start);
    const id = await idOf(ada, start);
    expectStatus(202, await ada.delete(`/api/tags/${id}`));
    await until('the tags to settle', async () => (await known(ada, start)).length === 0);
    expect(await tagsOf(ada, ticket)).toEqual(['kept']);
    await until('the tag to be gone', async () => (await ada.delete(`/api/tags/${id}`)).status === 404);
  });

  it('misses none of more tickets than are looked at together', async () => {
    const [ada, start] = [await api.given.admin(), fresh()];
    const tickets = await Promise.all(Array.from({ length: 105 }, () => tagged(ada, start)));
    const id = await idOf(ada, start);
    expectStatus(202, await ada.delete(`/api/tags/${id}`));
    await until('the tags to settle', async () => (await known(ada, start)).length === 0, 30_000);
    expect(await tagsOf(ada, tickets[104])).toEqual([]);
    expect((await ada.get(`/api/tickets?tag=${start}`)).body).toEqual([]);
  }, 60_000);
});

it('tags are listed page by page in either order', async () => {
  const [ada, start] = [await api.given.admin(), fresh()];
  await tagged(ada, `${start}-b`, `${start}-a`, `${start}-c`);
  await tagged(ada, `${start}-b`, `${start}-c`);
  const walk = async (sort: string): Promise<string[]> => {
    const found: string[] = [];
    for (let next: string | undefined = `/api/tags?q=${start}&limit=1&sort=${sort}`; next;) {
      const answer: Answer = expectStatus(200, await ada.get(next));
      found.push(...answer.body.map(({ tag }: { tag: string }) => tag.slice(start.length)));
      next = /<(.+)>/.exec(String(answer.headers.link ?? ''))?.[1];
    }
    return found;
  };
  expect(await walk('tag')).toEqual(['-a', '-b', '-c']);
  expect(await walk('-uses')).toEqual(['-b', '-c', '-a']);
  expect(await ada.get('/api/tags?sort=uses')).toMatchObject(invalid('sort'));
});
