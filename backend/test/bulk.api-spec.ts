import { newId, Unavailable } from '../src/common';
import { TicketsService } from '../src/tickets';
import { expectStatus, invalid, problem, testApi, type Answer, type Person } from './support/api-client';
import { MINUTE } from './support/moved-clock';

const api = testApi();
const UNKNOWN = 2_000_000_000;

interface Line {
  ticketId: number;
  ok: boolean;
  code?: string;
  detail?: string;
  before?: Record<string, unknown>;
  version?: number;
}

const opened = (count: number, fields: Record<string, unknown> = {}): Promise<number[]> =>
  Promise.all(Array.from({ length: count }, async () => (await api.given.ticket(fields)).id as number)).then((ids) =>
    ids.toSorted((a, b) => a - b),
  );
const send = (by: Person, body: unknown, headers?: Record<string, string>): Promise<Answer> =>
  by.post('/api/tickets/bulk', body, headers);
const change = async (by: Person, body: unknown): Promise<Line[]> =>
  expectStatus(200, await send(by, body)).body.results;
const undoOf = (lines: Line[]) =>
  lines.filter(({ before }) => before).map(({ ticketId, version, before }) => ({ ticketId, version, before }));
const ticket = async (by: Person, id: number): Promise<Answer['body']> => (await by.get(`/api/tickets/${id}`)).body;

describe('many tickets at once', () => {
  it('get the same change, each told with what it had been, by number', async () => {
    const ana = await api.given.agent();
    const ids = await opened(3);
    expectStatus(200, await ana.put(`/api/tickets/${ids[1]}/priority`, { priority: 'high' }));
    expect(await change(ana, { ids: [...ids, ids[0]].toReversed(), action: { priority: 'high' } })).toEqual([
      { ticketId: ids[0], ok: true, before: { priority: 'medium' }, version: 2 },
      { ticketId: ids[1], ok: true, version: 2 },
      { ticketId: ids[2], ok: true, before: { priority: 'medium' }, version: 2 },
    ]);
    const { body: events } = await ana.get(`/api/tickets/${ids[1]}/events`);
    expect(events).toHaveLength(2);
  });

  it('are changed in several fields in one step', async () => {
    const [ana, ben] = [await api.given.agent(), await api.given.agent()];
    const { body: categories } = await ana.get('/api/categories');
    const [id] = await opened(1);
    expectStatus(200, await ana.patch(`/api/tickets/${id}`, { tags: ['old', 'kept'] }));
    const action = {
      status: 'in_progress',
      priority: 'urgent',
      agentId: ben.id,
      categoryId: categories[0].id,
      addTags: ['new', 'kept'],
      removeTags: ['old'],
    };
    expect(await change(ana, { ids: [id], action })).toEqual([
      {
        ticketId: id,
        ok: true,
        before: { status: 'open', priority: 'medium', agentId: null, categoryId: null, tags: ['old', 'kept'] },
        version: 3,
      },
    ]);
    expect(await ticket(ana, id)).toMatchObject({
      status: 'in_progress',
      priority: 'urgent',
      assignee: { id: ben.id },
      category: { id: categories[0].id },
      tags: ['kept', 'new'],
      version: 3,
    });
  });

  it('are refused one by one, as the single change would be, and the others get it', async () => {
    const ana = await api.given.agent();
    const [open, closed] = await opened(2);
    expectStatus(200, await ana.put(`/api/tickets/${closed}/status`, { status: 'closed' }));
    const lines = await change(ana, {
      ids: [open, closed, UNKNOWN],
      action: { status: 'resolved', addTags: ['done'] },
    });
    expect(lines).toEqual([
      { ticketId: open, ok: true, before: { status: 'open', tags: [] }, version: 2 },
      { ticketId: closed, ok: false, code: 'invalid-transition', detail: expect.stringContaining('open') },
      { ticketId: UNKNOWN, ok: false, code: 'not-found', detail: expect.any(String) },
    ]);
    expect(await ticket(ana, closed)).toMatchObject({ status: 'closed', tags: [], version: 2 });
  });

  it('are never given to somebody who cannot work on them, nor a category that is not offered', async () => {
    const [ana, cora] = [await api.given.agent(), await api.given.customer()];
    const [id] = await opened(1);
    for (const action of [{ agentId: cora.id }, { agentId: newId() }, { categoryId: newId() }])
      expect(await change(ana, { ids: [id], action: { ...action, priority: 'low' } })).toMatchObject([
        { ok: false, code: 'validation-failed' },
      ]);
    expect((await ticket(ana, id)).version).toBe(1);
  });

  it('have at most twenty tags each', async () => {
    const ana = await api.given.agent();
    const [full, empty] = await opened(2);
    const tags = Array.from({ length: 20 }, (_, index) => `tag ${index}`);
    expectStatus(200, await ana.patch(`/api/tickets/${full}`, { tags }));
    expect(await change(ana, { ids: [full, empty], action: { addTags: ['one more'] } })).toMatchObject([
      { ok: false, code: 'validation-failed', detail: expect.stringContaining('addTags') },
      { ok: true },
    ]);
  });

  it('are found by the filter of the list', async () => {
    const [ana, tag] = [await api.given.agent(), `b${newId().slice(-8)}`];
    const ids = await opened(3);
    expect(await change(ana, { ids, action: { addTags: [tag] } })).toHaveLength(3);
    expectStatus(200, await ana.put(`/api/tickets/${ids[2]}/status`, { status: 'closed' }));
    const lines = await change(ana, { filter: { tag, status: 'open' }, action: { status: 'resolved' } });
    expect(lines.map(({ ticketId }) => ticketId)).toEqual(ids.slice(0, 2));
    expect(await change(ana, { filter: { tag: 'of nobody' }, action: { status: 'resolved' } })).toEqual([]);
  });

  it('stop waiting when the database goes away', async () => {
    const ana = await api.given.agent();
    const ids = await opened(3);
    const service = api.part(TicketsService);
    const work = service.change.bind(service);
    const changes = jest
      .spyOn(service, 'change')
      .mockImplementation((...given) => (given[1] === ids[0] ? work(...given) : Promise.reject(new Unavailable())));
    const lines = await change(ana, { ids, action: { priority: 'low' } });
    expect(changes).toHaveBeenCalledTimes(2);
    changes.mockRestore();
    expect(lines).toMatchObject([
      { ticketId: ids[0], ok: true },
      { ticketId: ids[1], ok: false, code: 'unavailable' },
      { ticketId: ids[2], ok: false, code: 'unavailable' },
    ]);
  });

  it('are changed once by a request that is repeated, which is answered alike', async () => {
    const ana = await api.given.agent();
    const ids = await opened(2);
    const [body, key] = [{ ids, action: { status: 'resolved' } }, { 'idempotency-key': newId() }];
    const first = expectStatus(200, await send(ana, body, key));
    expectStatus(200, await ana.put(`/api/tickets/${ids[0]}/status`, { status: 'open' }));
    const again = expectStatus(200, await send(ana, body, key));
    expect(again.body).toEqual(first.body);
    expect((await ticket(ana, ids[0])).status).toBe('open');
    expect(await send(ana, { ...body, ids: [ids[0]] }, key)).toMatchObject(problem(422, 'idempotency-mismatch'));
  });

  it.each([
    ['ids', { action: { status: 'open' } }],
    ['ids', { ids: [], action: { status: 'open' } }],
    ['ids', { ids: [1001], filter: {}, action: { status: 'open' } }],
    ['ids', { ids: Array.from({ length: 1001 }, (_, index) => 1001 + index), action: { status: 'open' } }],
    ['ids', { ids: ['1001'], action: { status: 'open' } }],
    ['ids', { ids: [1001.5], action: { status: 'open' } }],
    ['ids', { ids: [0], action: { status: 'open' } }],
    ['ids', { ids: null, action: { status: 'open' } }],
    ['action', { ids: [1001] }],
    ['action', { ids: [1001], action: {} }],
    ['action', { ids: [1001], action: [] }],
    ['action.status', { ids: [1001], action: { status: 'done' } }],
    ['action.priority', { ids: [1001], action: { priority: null } }],
    ['action.agentId', { ids: [1001], action: { agentId: 'me' } }],
    ['action.addTags', { ids: [1001], action: { addTags: ['x'.repeat(41)] } }],
    ['action.subject', { ids: [1001], action: { subject: 'All the same' } }],
    ['filter.status', { filter: { status: 'done' }, action: { status: 'open' } }],
    ['filter.limit', { filter: { limit: 5 }, action: { status: 'open' } }],
    ['undo', { undo: [] }],
    ['action', { undo: [{ ticketId: 1001, version: 2, before: {} }], action: { status: 'open' } }],
    ['undo', { undo: [1, 1].map(() => ({ ticketId: 1001, version: 2, before: {} })) }],
    ['undo.0.version', { undo: [{ ticketId: 1001, before: {} }] }],
    ['undo.0.before', { undo: [{ ticketId: 1001, version: 2 }] }],
    ['undo.0.before.resolvedAt', { undo: [{ ticketId: 1001, version: 2, before: { resolvedAt: null } }] }],
  ])('are refused altogether for %s: %j', async (path, body) => {
    const ana = await api.given.agent();
    expect(await send(ana, body)).toMatchObject(invalid(path));
  });

  it('are no more than a thousand by filter, and are not for customers', async () => {
    const [ana, cora] = [await api.given.agent(), await api.given.customer()];
    const columns =
      'requesterId, subject, description, status, statusRank, priority, priorityRank, tags, version, publicVersion, createdAt, updatedAt, publicUpdatedAt, needsReply';
    await api.given.ticket({ by: cora });
    const rows = `SELECT ${columns} FROM tickets WHERE requesterId = ?`;
    for (let count = 1; count <= 512; count *= 2) await api.rows(`INSERT INTO tickets (${columns}) ${rows}`, [cora.id]);
    const answer = await send(ana, { filter: { requester: cora.id }, action: { priority: 'low' } });
    expect(answer).toMatchObject(invalid('filter'));
    expect(await send(cora, { filter: {}, action: { priority: 'low' } })).toMatchObject(problem(403, 'forbidden'));
    await api.rows(
      'DELETE FROM tickets WHERE requesterId = ? AND number NOT IN (SELECT ticketNumber FROM conversations)',
      [cora.id],
    );
  });
});

describe('undo', () => {
  it('gives every ticket back what it had', async () => {
    const [ana, ben] = [await api.given.agent(), await api.given.agent()];
    const { body: categories } = await ana.get('/api/categories');
    const ids = await opened(2);
    expectStatus(200, await ana.post(`/api/tickets/${ids[1]}/claim`));
    expectStatus(200, await ana.patch(`/api/tickets/${ids[1]}`, { tags: ['b', 'a'], categoryId: categories[1].id }));
    const before = [await ticket(ana, ids[0]), await ticket(ana, ids[1])];
    const action = {
      status: 'closed',
      priority: 'low',
      agentId: ben.id,
      categoryId: categories[0].id,
      addTags: ['c'],
      removeTags: ['a'],
    };
    const done = await change(ana, { ids, action });
    expect(done.every(({ ok }) => ok)).toBe(true);
    const undone = await change(ana, { undo: undoOf(done) });
    expect(undone.every(({ ok }) => ok)).toBe(true);
    for (const [index, id] of ids.entries()) {
      const { status, priority, assignee, category, tags, needsReply, reopenCount, resolvedAt, closedAt } =
        before[index];
      const same = { status, priority, assignee, category, tags, needsReply, reopenCount, resolvedAt, closedAt };
      expect(await ticket(ana, id)).toMatchObject(same);
    }
    const redone = await change(ana, { undo: undoOf(undone) });
    expect(redone.every(({ ok }) => ok)).toBe(true);
    expect(await ticket(ana, ids[0])).toMatchObject({ status: 'closed', priority: 'low', reopenCount: 0 });
  });

  it('leaves alone what was changed since, and what was not changed', async () => {
    const [ana, ben] = [await api.given.agent(), await api.given.agent()];
    const ids = await opened(3);
    expectStatus(200, await ana.put(`/api/tickets/${ids[2]}/status`, { status: 'resolved' }));
    const done = await change(ana, { ids, action: { status: 'resolved' } });
    expect(undoOf(done).map(({ ticketId }) => ticketId)).toEqual(ids.slice(0, 2));
    expectStatus(200, await ben.put(`/api/tickets/${ids[0]}/priority`, { priority: 'urgent' }));
    await api.given.message(ben, ids[1], { kind: 'note' });
    expect(await change(ana, { undo: undoOf(done) })).toEqual([
      { ticketId: ids[0], ok: false, code: 'stale', detail: expect.any(String), version: 3 },
      { ticketId: ids[1], ok: true, before: { status: 'resolved' }, version: 3 },
    ]);
    expect(await ticket(ana, ids[0])).toMatchObject({ status: 'resolved', priority: 'urgent' });
  });

  it('takes back one’s own steps for ten minutes, and nobody else’s', async () => {
    const [ana, ben] = [await api.given.agent(), await api.given.agent()];
    const ids = await opened(1);
    expectStatus(200, await ana.post(`/api/tickets/${ids[0]}/claim`));
    const done = await change(ana, { ids, action: { status: 'closed' } });
    expect(await change(ben, { undo: undoOf(done) })).toMatchObject([{ ok: false, code: 'invalid-transition' }]);
    api.clock.forward(11 * MINUTE);
    expect(await change(ana, { undo: undoOf(done) })).toMatchObject([{ ok: false, code: 'invalid-transition' }]);
    expect((await ticket(ana, ids[0])).status).toBe('closed');
    const again = await change(ana, { ids, action: { status: 'open' } });
    expect(await change(ana, { undo: undoOf(again) })).toMatchObject([{ ok: true, before: { status: 'open' } }]);
    expect(await ticket(ana, ids[0])).toMatchObject({ status: 'closed', reopenCount: 0 });
  });

  it('of an undo counts what was opened again, again', async () => {
    const ana = await api.given.agent();
    const ids = await opened(1);
    expectStatus(200, await ana.put(`/api/tickets/${ids[0]}/status`, { status: 'closed' }));
    let lines = await change(ana, { ids, action: { status: 'open' } });
    for (const [status, reopenCount] of [
      ['closed', 0],
      ['open', 1],
      ['closed', 0],
    ] as const) {
      lines = await change(ana, { undo: undoOf(lines) });
      expect(await ticket(ana, ids[0])).toMatchObject({ status, reopenCount });
    }
  });

  it('does not let anybody make up a step', async () => {
    const ana = await api.given.agent();
    const [id] = await opened(1);
    expectStatus(200, await ana.put(`/api/tickets/${id}/status`, { status: 'closed' }));
    const forged = [{ ticketId: id, version: 2, before: { status: 'resolved' } }];
    expect(await change(ana, { undo: forged })).toMatchObject([{ ok: false, code: 'invalid-transition' }]);
  });
});
