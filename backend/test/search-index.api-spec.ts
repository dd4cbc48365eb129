import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '../src/common';
import { TicketPurge } from '../src/tickets/removal/ticket-purge';
import { SearchRebuild, SearchWorker } from '../src/search';
import { SearchJobs } from '../src/search/search.jobs';
import { Indexer } from '../src/search/index/indexer';
import { Api, expectStatus, testApi, type Person } from './support/api-client';
import { scratch } from './support/databases';
import { DAY } from './support/moved-clock';
import { until } from './support/until';

const api = testApi();

const word = (): string => `w${newId().replaceAll('-', '')}`;

async function find(by: Person, q: string): Promise<number[]> {
  const { body } = expectStatus(200, await by.get(`/api/tickets?q=${encodeURIComponent(q)}&limit=100`));
  return (body as { id: number }[]).map(({ id }) => id);
}

/** Tickets that wait for their words to be looked at. */
const waiting = async (): Promise<number> => {
  const [{ count }] = await api.rows('SELECT COUNT(*) AS count FROM conversations WHERE unsearched = 1');
  return Number(count);
};

/** How often the index names a ticket: rows of its own, and rows of postings of a word. */
async function traces(id: number, looked: string): Promise<number> {
  let count = 0;
  for (const side of ['a', 'b']) {
    const own = await api.rows(`SELECT 1 FROM search_tickets_${side} WHERE ticketNumber = ?`, [id]);
    const postings = await api.rows(
      `SELECT 1 FROM search_postings_${side} p JOIN search_words_${side} w ON w.id = p.wordId WHERE w.word = ?`,
      [looked],
    );
    count += own.length + postings.length;
  }
  return count;
}

describe('the index', () => {
  it('is brought up to date within two seconds, also when nobody searches', async () => {
    const cora = await api.given.customer();
    const { id } = await api.given.ticket({ by: cora, subject: word() });
    await until('the words were looked at', async () => (await waiting()) === 0, 2_000);
    await api.given.message(cora, id, { body: word() });
    await until('the new words were looked at', async () => (await waiting()) === 0, 2_000);
  });

  it('is not asked for more by a message than by one without search: one flag in a row that is written anyway', async () => {
    const { id } = await api.given.ticket();
    await until('nothing waits', async () => (await waiting()) === 0);
    await api.part(SearchWorker).stop();
    await api.given.message(await api.given.agent(), id);
    expect(await api.rows('SELECT unsearched FROM conversations WHERE ticketNumber = ?', [id])).toEqual([
      { unsearched: 1 },
    ]);
    api.part(SearchWorker).onApplicationBootstrap();
  });

  it('takes a ticket with very many messages in pieces', async () => {
    const agent = await api.given.agent();
    const { id } = await api.given.ticket();
    const many = Array.from({ length: 12 }, () => Array.from({ length: 280 }, word));
    for (const words of many) await api.given.message(agent, id, { kind: 'note', body: words.join(' ') });
    for (const words of many) expect(await find(agent, `${words[0]} ${words[279]} `)).toEqual([id]);
    expect(await find(agent, `${many[0][5]} ${many[11][200]} `)).toEqual([id]);
  }, 60_000);

  it('may be written by several who look at the same tickets', async () => {
    const cora = await api.given.customer();
    const words = [word(), word(), word(), word()];
    const { id } = await api.given.ticket({ by: cora, subject: words[0] });
    const other = Object.create(api.part(Indexer), {
      running: { value: Promise.resolve(), writable: true },
    }) as Indexer;
    for (const body of words.slice(1)) {
      await api.given.message(cora, id, { body });
      await Promise.all([api.part(Indexer).some(), other.some(), api.part(Indexer).anew([id]), other.anew([id])]);
    }
    expect(await find(cora, words.join(' '))).toEqual([id]);
    const counted = await api.rows(
      `SELECT word, tickets FROM search_words_a WHERE word = ? UNION ALL SELECT word, tickets FROM search_words_b WHERE word = ?`,
      [words[3], words[3]],
    );
    expect(counted).toEqual([{ word: words[3], tickets: 1 }]);
  });

  it('follows the name and the address of a person', async () => {
    const agent = await api.given.agent();
    const [before, after] = [word(), word()];
    const cora = await api.given.customer({ name: before });
    const { id } = await api.given.ticket({ by: cora });
    expect(await find(agent, before)).toEqual([id]);
    expectStatus(200, await cora.patch('/api/me', { name: after }));
    await until('the new name is found', async () => (await find(agent, after)).length === 1);
    expect(await find(agent, before)).toEqual([]);
    expect(await find(agent, `from:${after}`)).toEqual([id]);
  });

  it('forgets a ticket that was purged', async () => {
    const cora = await api.given.customer();
    const secret = word();
    const { id } = await api.given.ticket({ by: cora, subject: secret });
    expect(await find(cora, secret)).toEqual([id]);
    expect(await traces(id, secret)).toBe(2);
    expectStatus(204, await cora.delete(`/api/tickets/${id}`));
    api.clock.forward(31 * DAY);
    await api.part(TicketPurge).run();
    api.clock.forward(-31 * DAY);
    await api.rows(`UPDATE outbox SET runAfter = '2020-01-01 00:00:00.000' WHERE kind = 'search'`);
    await until('its words are gone', async () => (await traces(id, secret)) === 0);
  });

  it('forgets nothing when a job is done twice', async () => {
    const cora = await api.given.customer();
    const subject = word();
    const { id } = await api.given.ticket({ by: cora, subject });
    for (let times = 0; times < 2; times += 1) await api.part(SearchJobs).run({ person: cora.id });
    expect(await find(cora, subject)).toEqual([id]);
  });
});

describe('a rebuild', () => {
  it('finds all that was there and all that is written meanwhile, once, and nothing is missing while it runs', async () => {
    const cora = await api.given.customer();
    const agent = await api.given.agent();
    const common = word();
    const [first, gone] = [word(), word()];
    const { id } = await api.given.ticket({ by: cora, subject: `${common} ${first}` });
    const said = await api.given.message(cora, id, { body: gone });
    expect(await find(cora, `${common} ${gone}`)).toEqual([id]);
    let isOver = false;
    const rebuild = api
      .part(SearchRebuild)
      .run()
      .finally(() => (isOver = true));
    const written = [id];
    expectStatus(200, await agent.delete(`/api/tickets/${id}/messages/${said.id}`));
    while (!isOver) {
      const { id: next } = await api.given.ticket({ by: cora, description: common });
      written.push(next);
      expect((await find(cora, common)).toSorted()).toEqual(written);
      expect(await find(cora, gone)).toEqual([]);
    }
    expect(await rebuild).toBeGreaterThan(0);
    expect((await find(cora, common)).toSorted()).toEqual(written);
    expect(await find(cora, first)).toEqual([id]);
    expect(await find(cora, gone)).toEqual([]);
    await until('nothing waits', async () => (await waiting()) === 0);
  }, 60_000);

  it('mends what was damaged', async () => {
    const cora = await api.given.customer();
    const subject = word();
    const { id } = await api.given.ticket({ by: cora, subject });
    expect(await find(cora, subject)).toEqual([id]);
    for (const side of ['a', 'b']) await api.rows(`DELETE FROM search_postings_${side}`);
    expect(await find(cora, subject)).toEqual([]);
    await api.part(SearchRebuild).run();
    expect(await find(cora, subject)).toEqual([id]);
  }, 30_000);

  it('runs once at a time', async () => {
    const rebuild = api.part(SearchRebuild);
    const [one, other] = await Promise.allSettled([rebuild.run(), sleep(50).then(() => rebuild.run())]);
    expect(one.status).toBe('fulfilled');
    expect(other).toMatchObject({ status: 'rejected', reason: { code: 'rebuild-running' } });
  }, 30_000);
});

describe('a node that died before it looked', () => {
  it('leaves the words to the next one', async () => {
    const database = await scratch();
    const subject = word();
    const known = (node: Api): Promise<unknown[]> =>
      node.rows('SELECT 1 FROM search_words_a WHERE word = ?', [subject]);
    try {
      const dead = new Api({ database });
      await dead.start();
      await dead.part(SearchWorker).stop();
      await dead.given.ticket({ subject });
      expect(await known(dead)).toEqual([]);
      await dead.stop();
      const next = new Api({ database });
      await next.start();
      await until('the words were looked at', async () => (await known(next)).length === 1, 3_000);
      await next.stop();
    } finally {
      await database.drop();
    }
  }, 30_000);
});
