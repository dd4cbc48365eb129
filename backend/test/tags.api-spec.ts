import { newId } from '../src/common';
import { expectStatus, invalid, problem, testApi, type Person } from './support/api-client';

const api = testApi();

/** Tags that no other test uses begin with this. */
const fresh = (): string => `t${newId().slice(-8)}`;
const tagged = (by: Person, tags: string[]) => api.given.ticket({ by, tags });
const offered = async (by: Person, q: string, more = ''): Promise<[string, number][]> => {
  const { body } = expectStatus(200, await by.get(`/api/tags?q=${encodeURIComponent(q)}${more}`));
  return body.map(({ tag, uses }: { tag: string; uses: number }) => [tag, uses]);
};

describe('the tags that are offered', () => {
  it('begin as typed, in any case and width, most used first', async () => {
    const [ana, start] = [await api.given.agent(), fresh()];
    await tagged(ana, [`${start}-vpn`, `${start}-Mac`]);
    await tagged(ana, [`${start}-Mac`, 'elsewhere']);
    await tagged(ana, [`${start}-Mac`, `${start}-Äpfel`, `${start}-vpn`]);
    const all = [
      [`${start}-Mac`, 3],
      [`${start}-vpn`, 2],
      [`${start}-Äpfel`, 1],
    ];
    expect(await offered(ana, start)).toEqual(all);
    expect(await offered(ana, ` ${start.toUpperCase()}`)).toEqual(all);
    expect(await offered(ana, `${start}-ｍ`)).toEqual([all[0]]);
    expect(await offered(ana, `${start}-ä`)).toEqual([all[2]]);
    expect(await offered(ana, start, '&limit=2')).toEqual(all.slice(0, 2));
    expect(await offered(ana, `${start}-x`)).toEqual([]);
  });

  it('follow what tickets have', async () => {
    const [ana, start] = [await api.given.agent(), fresh()];
    const { id } = await tagged(ana, [`${start}-one`, `${start}-two`]);
    const set = async (tags: string[]) => expectStatus(200, await ana.patch(`/api/tickets/${id}`, { tags }));
    await set([`${start}-two`, `${start}-three`]);
    expect(await offered(ana, start)).toEqual([
      [`${start}-three`, 1],
      [`${start}-two`, 1],
    ]);
    await set([]);
    expect(await offered(ana, start)).toEqual([]);
  });

  it('count right when many tickets are tagged at once', async () => {
    const [ana, start] = [await api.given.agent(), fresh()];
    const tags = [`${start}-a`, `${start}-b`, `${start}-c`];
    const tickets = await Promise.all(Array.from({ length: 8 }, () => api.given.ticket()));
    const change = (next: string[]) =>
      Promise.all(tickets.map(({ id }) => ana.patch(`/api/tickets/${id}`, { tags: next })));
    for (const answer of [...(await change(tags)), ...(await change(tags.toReversed().slice(1)))])
      expectStatus(200, answer);
    expect(await offered(ana, start)).toEqual([
      [`${start}-a`, 8],
      [`${start}-b`, 8],
    ]);
  });

  it('are found literally', async () => {
    const [ana, start] = [await api.given.agent(), fresh()];
    await tagged(ana, [`${start}100%`, `${start}100_x`, `${start}1000`]);
    expect(await offered(ana, `${start}100%`)).toEqual([[`${start}100%`, 1]]);
    expect(await offered(ana, `${start}100_`)).toEqual([[`${start}100_x`, 1]]);
    expect(await offered(ana, `${start}'"!`)).toEqual([]);
  });

  it.each([
    ['q', 'x'.repeat(41)],
    ['q', 'a%00'],
    ['limit', '0'],
    ['limit', '101'],
    ['cursor', 'x'],
  ])('are not asked for by %s=%s', async (name, value) => {
    const ana = await api.given.agent();
    expect(await ana.get(`/api/tags?${name}=${value}`)).toMatchObject(invalid(name));
  });

  it('are not for customers', async () => {
    const cora = await api.given.customer();
    expect(await cora.get('/api/tags')).toMatchObject(problem(403, 'forbidden'));
  });
});
