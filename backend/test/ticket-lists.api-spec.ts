import { io } from 'socket.io-client';
import { DataSource } from 'typeorm';
import { newId } from '../src/common';
import { Ticket } from '../src/tickets';
import { expectStatus, invalid, testApi, type Answer, type Person } from './support/api-client';
import { until } from './support/until';

const api = testApi();

const ids = ({ body }: Answer): number[] => (body as { id: number }[]).map(({ id }) => id);
const nextOf = ({ headers }: Answer): string | undefined => /^<([^>]+)>; rel="next"$/.exec(headers.link ?? '')?.[1];

/** All pages of a list; `between` happens after each of them. */
async function allPages(
  by: Person,
  path: string,
  between: () => Promise<unknown> = async () => undefined,
): Promise<number[]> {
  const seen: number[] = [];
  for (let next: string | undefined = path; next;) {
    const answer: Answer = expectStatus(200, await by.get(next));
    seen.push(...ids(answer));
    next = nextOf(answer);
    await between();
  }
  return seen;
}

/** A customer with tickets, oldest first. */
async function owner(inputs: Record<string, unknown>[]) {
  const cora = await api.given.customer();
  const tickets: { id: number; createdAt: string }[] = [];
  for (const input of inputs) tickets.push(await api.given.ticket({ by: cora, ...input }));
  return { cora, tickets, numbers: tickets.map(({ id }) => id) };
}

describe('the list of tickets', () => {
  it('shows customers their own and staff all, newest first, as summaries', async () => {
    const { cora, numbers } = await owner([{}, {}]);
    const { id: foreign } = await api.given.ticket();
    const agent = await api.given.agent();
    const list = await cora.get('/api/tickets');
    expect(ids(list)).toEqual(numbers.toReversed());
    expect(list.headers).not.toHaveProperty('link');
    expect(list.body[0]).not.toHaveProperty('description');
    expect(list.body[0]).not.toHaveProperty('attachments');
    expect(ids(await agent.get('/api/tickets?limit=3'))).toEqual([foreign, ...numbers.toReversed()]);
  });

  it('is read page by page without loss or repeat, also while tickets are opened', async () => {
    const { cora, numbers } = await owner([{}, {}, {}, {}, {}, {}, {}]);
    const first = await cora.get('/api/tickets?limit=3');
    expect(ids(first)).toHaveLength(3);
    expect(nextOf(first)).toMatch(/^\/api\/tickets\?limit=3&cursor=/);
    const opened: number[] = [];
    const meanwhile = async () => void opened.push((await api.given.ticket({ by: cora })).id);
    expect(await allPages(cora, '/api/tickets?limit=3', meanwhile)).toEqual(numbers.toReversed());
    expect(opened.length).toBeGreaterThan(1);
  });

  it('breaks ties of one moment by number, in both directions', async () => {
    const { cora, numbers } = await owner([
      { priority: 'low' },
      { priority: 'low' },
      { priority: 'low' },
      { priority: 'low' },
    ]);
    expect(await allPages(cora, '/api/tickets?limit=1&sort=priority')).toEqual(numbers);
    expect(await allPages(cora, '/api/tickets?limit=1&sort=-priority')).toEqual(numbers.toReversed());
  });

  it.each([
    ['priority', ['low', 'medium', 'high', 'urgent']],
    ['-priority', ['urgent', 'high', 'medium', 'low']],
  ])('sorted by %s reads %j', async (sort, expected) => {
    const { cora } = await owner(['high', 'low', 'urgent', 'medium'].map((priority) => ({ priority })));
    const { body } = await cora.get(`/api/tickets?sort=${sort}`);
    expect(body.map(({ priority }: { priority: string }) => priority)).toEqual(expected);
  });

  it('is sorted by status in the order of a ticket’s life, and by time', async () => {
    const { cora, numbers } = await owner([{}, {}, {}]);
    const agent = await api.given.agent();
    expectStatus(200, await agent.put(`/api/tickets/${numbers[0]}/status`, { status: 'closed' }));
    expectStatus(200, await agent.put(`/api/tickets/${numbers[1]}/status`, { status: 'in_progress' }));
    const [closed, inProgress, open] = numbers;
    expect(ids(await cora.get('/api/tickets?sort=status'))).toEqual([open, inProgress, closed]);
    expect(ids(await cora.get('/api/tickets?sort=-status'))).toEqual([closed, inProgress, open]);
    expect(ids(await cora.get('/api/tickets?sort=createdAt'))).toEqual(numbers);
    expect(ids(await cora.get('/api/tickets?sort=-updatedAt'))).toEqual([inProgress, closed, open]);
    expect(await allPages(cora, '/api/tickets?sort=updatedAt&limit=1')).toEqual([open, closed, inProgress]);
  });

  it.each([
    ['limit', '0'],
    ['limit', '101'],
    ['limit', '-1'],
    ['limit', '1e9'],
    ['limit', 'x'],
    ['limit', ''],
    ['sort', 'subject'],
    ['sort', '-requesterId'],
    ['status', 'open,done'],
    ['status', ''],
    ['priority', 'high,critical'],
    ['category', 'Billing'],
    ['assignee', 'ana'],
    ['requester', 'cora'],
    ['unread', 'maybe'],
    ['createdAfter', 'yesterday'],
    ['updatedAfter', '2026-13-01T00:00:00Z'],
    ['createdAfter', '2026-02-31T00:00:00Z'],
    ['updatedAfter', '9999-12-31T23:59:59-01:00'],
    ['createdAfter', '+012026-01-01T00:00:00Z'],
    ['q', 'x'.repeat(201)],
    ['q', 'a%00b'],
    ['offset', '3'],
    ['customerId', newId()],
    ['cursor', 'garbage'],
    ['cursor', 'WzFd.0000000000000000'],
    ['cursor', 'x'.repeat(1_001)],
  ])('refuses %s=%s', async (name, value) => {
    const agent = await api.given.agent();
    expect(await agent.get(`/api/tickets?${name}=${value}`)).toMatchObject(invalid(name));
  });

  it('refuses a cursor that was changed or belongs to another list', async () => {
    const { cora } = await owner([{}, {}]);
    const next = nextOf(await cora.get('/api/tickets?limit=1')) ?? '';
    const cursor = new URLSearchParams(next.split('?')[1]).get('cursor') ?? '';
    const changed = `${cursor[0] === 'a' ? 'b' : 'a'}${cursor.slice(1)}`;
    expect(await cora.get(`/api/tickets?cursor=${changed}`)).toMatchObject(invalid('cursor'));
    expect(await cora.get(`/api/tickets?cursor=${cursor}&sort=createdAt`)).toMatchObject(invalid('cursor'));
    expect(await cora.get(`/api/tickets?cursor=${cursor}&status=open`)).toMatchObject(invalid('cursor'));
    expect(await cora.get(`/api/notifications?cursor=${cursor}`)).toMatchObject(invalid('cursor'));
    expect((await cora.get(`/api/tickets?cursor=${cursor}&limit=50`)).status).toBe(200);
  });
});

describe('filters', () => {
  it('take lists with commas and narrow together', async () => {
    const { cora, numbers } = await owner([{ priority: 'low' }, { priority: 'high' }, { priority: 'high' }]);
    const agent = await api.given.agent();
    expectStatus(200, await agent.put(`/api/tickets/${numbers[2]}/status`, { status: 'resolved' }));
    const found = async (query: string) => ids(await cora.get(`/api/tickets?sort=createdAt&${query}`));
    expect(await found('status=open')).toEqual([numbers[0], numbers[1]]);
    expect(await found('status=open,resolved')).toEqual(numbers);
    expect(await found('status=closed')).toEqual([]);
    expect(await found('priority=high')).toEqual([numbers[1], numbers[2]]);
    expect(await found('priority=high&status=open')).toEqual([numbers[1]]);
    expect(await found('priority=low,high&status=resolved,closed')).toEqual([numbers[2]]);
  });

  it('know what is held by staff who are not connected, for staff only', async () => {
    const { cora, numbers } = await owner([{}, {}, {}]);
    const [held, byPresent] = numbers;
    const [absent, present] = [await api.given.agent(), await api.given.agent()];
    expectStatus(200, await absent.post(`/api/tickets/${held}/claim`));
    expectStatus(200, await present.post(`/api/tickets/${byPresent}/claim`));
    const page = io(api.url, { auth: { token: present.signIn.accessToken }, transports: ['websocket'] });
    try {
      const found = async () => ids(await present.get(`/api/tickets?assignee=absent&requester=${cora.id}`));
      await until('the connected agent is not absent', async () => !(await found()).includes(byPresent));
      expect(await found()).toEqual([held]);
    } finally {
      page.close();
    }
    expect(await cora.get('/api/tickets?assignee=absent')).toMatchObject(invalid('assignee'));
  });

  it('know categories, assignees, requesters and tags', async () => {
    const { cora } = await owner([]);
    const [agent, other] = [await api.given.agent(), await api.given.agent()];
    const { body: categories } = await agent.get('/api/categories');
    const tag = `tag-${newId().slice(-12)}`;
    const make = (fields: object) =>
      agent.post('/api/tickets', { subject: 's', description: 'd', requesterId: cora.id, ...fields });
    const one = expectStatus(201, await make({ categoryId: categories[0].id, tags: [tag, 'vip'] })).body.id;
    const two = expectStatus(201, await make({ categoryId: categories[1].id, tags: [`${tag}-2`] })).body.id;
    const three = expectStatus(201, await make({})).body.id;
    expectStatus(200, await agent.post(`/api/tickets/${one}/claim`));
    expectStatus(200, await other.post(`/api/tickets/${two}/claim`));
    const found = async (query: string) =>
      ids(await agent.get(`/api/tickets?sort=createdAt&requester=${cora.id}&${query}`));
    expect(await found('')).toEqual([one, two, three]);
    expect(await found(`category=${categories[0].id}`)).toEqual([one]);
    expect(await found(`category=${categories[0].id},none`)).toEqual([one, three]);
    expect(await found('category=none')).toEqual([three]);
    expect(await found('assignee=me')).toEqual([one]);
    expect(await found('assignee=none')).toEqual([three]);
    expect(await found(`assignee=${other.id}`)).toEqual([two]);
    expect(await found(`tag=${tag}`)).toEqual([one]);
    expect(await found(`tag=${tag},${tag}-2`)).toEqual([one, two]);
    expect(await found(`tag=${tag.toUpperCase()}-3`)).toEqual([]);
    expect(ids(await cora.get(`/api/tickets?assignee=${other.id}`))).toEqual([two]);
  });

  it('of staff are refused to customers', async () => {
    const cora = await api.given.customer();
    expect(await cora.get(`/api/tickets?requester=${cora.id}`)).toMatchObject(invalid('requester'));
    expect(await cora.get('/api/tickets?tag=vip')).toMatchObject(invalid('tag'));
  });

  it('know when a ticket was opened and when it moved last', async () => {
    const { cora, tickets, numbers } = await owner([{}, {}]);
    const after = encodeURIComponent(tickets[0].createdAt);
    expect(ids(await cora.get(`/api/tickets?createdAfter=${after}`))).toEqual([numbers[1]]);
    await api.given.message(cora, numbers[0]);
    const since = encodeURIComponent(tickets[1].createdAt);
    expect(ids(await cora.get(`/api/tickets?updatedAfter=${since}`))).toEqual([numbers[0]]);
    const east = encodeURIComponent('2020-01-01T00:00:00+02:00');
    expect(ids(await cora.get(`/api/tickets?createdAfter=${east}`))).toHaveLength(2);
  });
});

describe('search', () => {
  it('finds words in subjects, descriptions and messages, and numbers', async () => {
    const { cora, numbers } = await owner([{ subject: 'Zebra crossing' }, { description: 'about a zebra' }, {}, {}]);
    await api.given.message(cora, numbers[2], { body: 'It is a ZEBRA.' });
    const found = async (q: string) => ids(await cora.get(`/api/tickets?sort=createdAt&q=${encodeURIComponent(q)}`));
    expect(await found('zebra')).toEqual(numbers.slice(0, 3));
    expect(await found('zebra cross')).toEqual([numbers[0]]);
    expect(await found(String(numbers[3]))).toEqual([numbers[3]]);
    expect(await found(`#${numbers[3]}`)).toEqual([numbers[3]]);
    expect(await found(' ')).toEqual(numbers);
    expect(await found('giraffe')).toEqual([]);
  });

  it('takes every sign literally', async () => {
    const signs = [
      '100%',
      'a_b',
      'back\\slash',
      "it's",
      '"quoted"',
      'star*',
      '(bracket',
      'excl!am',
      '🖨 printer',
      '-minus',
    ];
    const { cora, numbers } = await owner([...signs.map((subject) => ({ subject })), { subject: '100 aXb backslash' }]);
    for (const [index, sign] of signs.entries())
      expect(ids(await cora.get(`/api/tickets?q=${encodeURIComponent(sign)}`))).toEqual([numbers[index]]);
    for (const sign of ['%%', '__', "' OR 1=1 --", '")'])
      expect(ids(await cora.get(`/api/tickets?q=${encodeURIComponent(sign)}`))).toEqual([]);
  });

  it('never reaches a foreign ticket', async () => {
    const word = `secret${newId().slice(-12)}`;
    const { numbers } = await owner([{ subject: word }]);
    const other = await api.given.customer();
    for (const q of [word, numbers[0], `%23${numbers[0]}`])
      expect((await other.get(`/api/tickets?q=${q}`)).body).toEqual([]);
    expect((await other.get(`/api/tickets/counts`)).body.all).toBe(0);
  });
});

describe('whose turn it is', () => {
  it("is the customer's while a ticket runs and staff wrote last, whatever is noted", async () => {
    const { cora, numbers } = await owner([{}, {}, {}, {}, {}]);
    const [answered, back, noted, solved] = numbers;
    const agent = await api.given.agent();
    for (const number of [answered, back, solved]) await api.given.message(agent, number);
    await api.given.message(cora, back);
    await api.given.message(agent, noted, { kind: 'note' });
    await api.given.message(agent, back, { kind: 'note' });
    expectStatus(200, await agent.put(`/api/tickets/${solved}/status`, { status: 'resolved' }));
    expect(ids(await cora.get('/api/tickets?turn=mine'))).toEqual([answered]);
    expect(ids(await cora.get('/api/tickets?turn=mine&sort=-updatedAt&status=open,resolved'))).toEqual([answered]);
    expect(ids(await cora.get('/api/tickets?turn=mine&status=closed'))).toEqual([]);
    expect((await cora.get('/api/tickets/counts')).body).toMatchObject({ turn: 1 });
  });

  it("is nobody else's business", async () => {
    const agent = await api.given.agent();
    expect(await agent.get('/api/tickets?turn=mine')).toMatchObject(invalid('turn'));
    const { cora } = await owner([{}]);
    expect(await cora.get('/api/tickets?turn=theirs')).toMatchObject(invalid('turn'));
  });
});

describe('counts', () => {
  it('agree with the lists', async () => {
    const { cora, numbers } = await owner([{}, {}, {}, {}, {}]);
    const agent = await api.given.agent();
    expectStatus(200, await agent.post(`/api/tickets/${numbers[0]}/claim`));
    expectStatus(200, await agent.put(`/api/tickets/${numbers[1]}/status`, { status: 'resolved' }));
    expectStatus(200, await agent.put(`/api/tickets/${numbers[2]}/status`, { status: 'closed' }));
    expectStatus(204, await cora.delete(`/api/tickets/${numbers[3]}`));
    await api.given.message(agent, numbers[4]);
    for (const person of [cora, agent]) {
      const { body: counts } = await person.get('/api/tickets/counts');
      const length = async (query: string) => (await allPages(person, `/api/tickets?limit=100&${query}`)).length;
      expect(counts).toMatchObject({
        all: await length(''),
        byStatus: {
          open: await length('status=open'),
          in_progress: await length('status=in_progress'),
          resolved: await length('status=resolved'),
          closed: await length('status=closed'),
        },
        unread: await length('unread=true'),
      });
    }
    expect((await cora.get('/api/tickets/counts')).body).toEqual({
      all: 4,
      byStatus: { open: 1, in_progress: 1, resolved: 1, closed: 1 },
      unread: 1,
      turn: 1,
    });
  });

  it('of staff say what is theirs and what waits, among active tickets', async () => {
    const agent = await api.given.agent();
    const before = (await agent.get('/api/tickets/counts')).body;
    const { numbers } = await owner([{}, {}, {}, {}]);
    expectStatus(200, await agent.post(`/api/tickets/${numbers[0]}/claim`));
    expectStatus(200, await agent.post(`/api/tickets/${numbers[1]}/claim`));
    expectStatus(200, await agent.put(`/api/tickets/${numbers[1]}/status`, { status: 'resolved' }));
    expectStatus(200, await agent.put(`/api/tickets/${numbers[2]}/status`, { status: 'closed' }));
    const { body: after } = await agent.get('/api/tickets/counts');
    expect(after).toMatchObject({ mine: 1, unassigned: before.unassigned + 1, all: before.all + 4 });
  });

  it('go no further than a thousand, and pages go to the end', async () => {
    const { cora } = await owner([{}]);
    const columns = api
      .part(DataSource)
      .getMetadata(Ticket)
      .columns.map(({ databaseName }) => databaseName)
      .filter((name) => name !== 'number')
      .join(', ');
    for (let round = 0; round < 10; round += 1)
      await api.rows(`INSERT INTO tickets (${columns}) SELECT ${columns} FROM tickets WHERE requesterId = ?`, [
        cora.id,
      ]);
    const { body } = await cora.get('/api/tickets/counts');
    expect(body).toMatchObject({ all: '1000+', byStatus: { open: '1000+', closed: 0 }, unread: 0 });
    const numbers = await allPages(cora, '/api/tickets?limit=100');
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => b - a));
    expect(numbers).toHaveLength(1024);
  });
});
