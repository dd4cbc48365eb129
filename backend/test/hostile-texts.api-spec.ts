import { newId } from '../src/common';
import { HOSTILE_TEXTS } from './fuzz/support/hostile';
import { aMessage, invalid, testApi, type Answer, type Person } from './support/api-client';

const api = testApi();
let cora: Person;
let ana: Person;
let admin: Person;
let ticketId: number;
beforeAll(async () => {
  [cora, ana, admin] = [await api.given.customer(), await api.given.agent(), await api.given.admin()];
  ticketId = (await api.given.ticket({ by: cora })).id;
});

describe('a text that has broken other programs', () => {
  const places: [string, (text: string) => Promise<[Answer, unknown]>, ends: 'cut' | 'kept'][] = [
    [
      'a subject',
      async (subject) => after(await cora.post('/api/tickets', { subject, description: 'x' }), 'subject'),
      'cut',
    ],
    [
      'a description',
      async (description) => after(await cora.post('/api/tickets', { subject: 'x', description }), 'description'),
      'kept',
    ],
    [
      'a message',
      async (body) => {
        const answer = await cora.post(`/api/tickets/${ticketId}/messages`, aMessage({ body }));
        return [answer, answer.body.message?.body];
      },
      'kept',
    ],
    [
      'a comment',
      async (text) => after(await cora.post(`/api/tickets/${ticketId}/comments`, { text }), 'text'),
      'kept',
    ],
    ['a name', async (name) => after(await cora.patch('/api/me', { name }), 'name'), 'cut'],
    [
      'a category',
      async (hint) => {
        const answer = await admin.post('/api/categories', { name: `Shelf ${newId()}`, hint });
        return [answer, answer.body.hint ?? ''];
      },
      'cut',
    ],
  ];

  it.each(places)(
    'is stored as %s unchanged, or refused',
    async (_where, store, ends) => {
      for (const text of HOSTILE_TEXTS) {
        const [answer, stored] = await store(text);
        if (answer.status === 400) continue;
        expect([text, answer.status < 300, stored]).toEqual([text, true, ends === 'cut' ? text.trim() : text]);
      }
    },
    60_000,
  );

  const after = (answer: Answer, field: string): [Answer, unknown] => [answer, answer.body[field]];

  it('is searched for literally, in a moment, and says nothing about the inside', async () => {
    for (const q of [...HOSTILE_TEXTS, '*', '(', '%" OR 1=1', '_____', '\\%', '+a -b', 'a*b', 'x'.repeat(2_000)]) {
      if (!q.isWellFormed() || q.length > 2_000) continue;
      const started = performance.now();
      const answer = await ana.get(`/api/tickets?q=${encodeURIComponent(q)}`);
      expect([q, [200, 400].includes(answer.status)]).toEqual([q, true]);
      expect(performance.now() - started).toBeLessThan(2_000);
      expect(JSON.stringify(answer.body)).not.toMatch(/SQL|syntax|SQLITE|ER_/);
    }
  }, 60_000);
});

describe('a list', () => {
  it.each(['0', '101', '-1', '1e9', '1.5', 'abc', '', '1,2', '99999999999999999999'])(
    'has no page of %j rows',
    async (limit) => {
      expect(await ana.get(`/api/tickets?limit=${encodeURIComponent(limit)}`)).toMatchObject(invalid('limit'));
    },
  );

  it.each(['abc', 'W10.AAAAAAAAAAAAAAAA', '__proto__', 'null', 'x'.repeat(1_001), '.', '..', 'W10'])(
    'does not go on at a made-up place: %s',
    async (cursor) => {
      expect(await ana.get(`/api/tickets?cursor=${encodeURIComponent(cursor)}`)).toMatchObject(invalid('cursor'));
    },
  );

  it('does not go on at a place that was changed, or that belongs to another order', async () => {
    for (let count = 0; count < 3; count += 1) await api.given.ticket({ by: cora });
    const { headers } = await ana.get('/api/tickets?limit=1');
    const cursor = new URL(/<([^>]+)>/.exec(headers.link)?.[1] ?? '', api.url).searchParams.get('cursor') ?? '';
    expect((await ana.get(`/api/tickets?limit=1&cursor=${cursor}`)).status).toBe(200);
    for (const changed of [`${cursor}x`, `x${cursor}`, cursor.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))])
      expect(await ana.get(`/api/tickets?limit=1&cursor=${changed}`)).toMatchObject(invalid('cursor'));
    expect(await ana.get(`/api/tickets?limit=1&sort=updatedAt&cursor=${cursor}`)).toMatchObject(invalid('cursor'));
  });

  it.each([
    'sort=password',
    'sort=id;drop',
    'fields=passwordHash',
    'include=user.sessions',
    'page[$gt]=1',
    'status=open&status=x',
  ])('takes no questions that it does not know: %s', async (query) => {
    expect((await ana.get(`/api/tickets?${query}`)).status).toBe(400);
  });
});
