import { aMessage, expectStatus, problem, testApi, type Answer, type Person } from './support/api-client';

const api = testApi();
const ROUNDS = 10;

const rounds = async (round: () => Promise<void>): Promise<void> => {
  for (let count = 0; count < ROUNDS; count += 1) await round();
};
const statusOf = ({ status }: Answer): number => status;

/** What a ticket is now, and that its timeline and version tell the same story. */
async function settled(by: Person, id: number): Promise<Answer['body']> {
  const { body: ticket } = expectStatus(200, await by.get(`/api/tickets/${id}`));
  const { body: events } = await by.get(`/api/tickets/${id}/events?limit=100`);
  expect(events.map(({ seq }: { seq: number }) => seq)).toEqual(events.map((_: unknown, index: number) => index + 1));
  const last = (type: string) =>
    events.findLast((event: { type: string }) => event.type === type)?.data as { to: unknown } | undefined;
  if (last('status.changed')) expect(last('status.changed')?.to).toBe(ticket.status);
  if (last('assignee.changed'))
    expect((last('assignee.changed')?.to as { id: string } | null)?.id).toBe(ticket.assignee?.id);
  return ticket;
}

describe('at the same moment', () => {
  it('an agent claims and the ticket is assigned to another: one of them has it, and both know', async () => {
    const [ana, ben, lea] = [await api.given.agent(), await api.given.agent(), await api.given.agent()];
    await rounds(async () => {
      const { id } = await api.given.ticket();
      const [claimed, assigned] = await Promise.all([
        ana.post(`/api/tickets/${id}/claim`),
        lea.put(`/api/tickets/${id}/assignee`, { agentId: ben.id }),
      ]);
      expectStatus(200, assigned);
      const ticket = await settled(ana, id);
      expect(ticket.assignee.id).toBe(ben.id);
      if (claimed.status === 200) expect(ticket).toMatchObject({ status: 'in_progress', version: 3 });
      else {
        expect(claimed).toMatchObject(problem(409, 'already-claimed', { assignee: { id: ben.id } }));
        expect(ticket).toMatchObject({ status: 'open', version: 2 });
      }
    });
  });

  it('an agent resolves and the customer writes: the word opens the ticket again, or came before', async () => {
    const ana = await api.given.agent();
    await rounds(async () => {
      const cora = await api.given.customer();
      const { id } = await api.given.ticket({ by: cora });
      const [said, resolved] = await Promise.all([
        cora.post(`/api/tickets/${id}/messages`, aMessage()),
        ana.put(`/api/tickets/${id}/status`, { status: 'resolved' }),
      ]);
      expect([statusOf(said), statusOf(resolved)]).toEqual([201, 200]);
      const ticket = await settled(ana, id);
      const { body: events } = await ana.get(`/api/tickets/${id}/events`);
      const types = events.map(({ type }: { type: string }) => type).slice(1);
      if (ticket.status === 'open') {
        expect(types).toEqual(['status.changed', 'message.created', 'status.changed']);
        expect(ticket).toMatchObject({ needsReply: true, reopenCount: 1, resolvedAt: null, version: 3 });
      } else {
        expect(types).toEqual(['message.created', 'status.changed']);
        expect(ticket).toMatchObject({ status: 'resolved', needsReply: false, reopenCount: 0, version: 2 });
      }
    });
  });

  it('many tickets and one of them are changed: every change is whole, and none is lost', async () => {
    const [ana, ben] = [await api.given.agent(), await api.given.agent()];
    await rounds(async () => {
      const ids = [(await api.given.ticket()).id, (await api.given.ticket()).id] as number[];
      const [bulk, single] = await Promise.all([
        ana.post('/api/tickets/bulk', { ids, action: { status: 'resolved', priority: 'high', addTags: ['bulk'] } }),
        ben.patch(`/api/tickets/${ids[1]}`, { tags: ['single'], subject: 'Changed by Ben' }),
      ]);
      expect([statusOf(bulk), statusOf(single)]).toEqual([200, 200]);
      expect(bulk.body.results.map(({ ok }: { ok: boolean }) => ok)).toEqual([true, true]);
      const ticket = await settled(ana, ids[1]);
      expect(ticket).toMatchObject({ status: 'resolved', priority: 'high', subject: 'Changed by Ben', version: 3 });
      expect([['single'], ['single', 'bulk']]).toContainEqual(ticket.tags);
    });
  });

  it('many tickets are closed and one of them is moved on: the steps follow each other, or the later is refused', async () => {
    const [ana, ben] = [await api.given.agent(), await api.given.agent()];
    await rounds(async () => {
      const ids = [(await api.given.ticket()).id, (await api.given.ticket()).id] as number[];
      const [bulk, single] = await Promise.all([
        ana.post('/api/tickets/bulk', { ids, action: { status: 'closed' } }),
        ben.put(`/api/tickets/${ids[0]}/status`, { status: 'in_progress' }),
      ]);
      expectStatus(200, bulk);
      expect(bulk.body.results.map(({ ok }: { ok: boolean }) => ok)).toEqual([true, true]);
      const ticket = await settled(ana, ids[0]);
      expect(ticket.status).toBe('closed');
      if (single.status === 200) expect(ticket.version).toBe(3);
      else {
        expect(single).toMatchObject(problem(409, 'invalid-transition', { allowed: ['open'] }));
        expect(ticket.version).toBe(2);
      }
    });
  });

  it('two people set the tags of a ticket: one of the sets stays, and both are counted rightly', async () => {
    const [ana, ben] = [await api.given.agent(), await api.given.agent()];
    await rounds(async () => {
      const { id } = await api.given.ticket();
      const [mine, yours] = [`a-${id}`, `b-${id}`];
      const sets = [
        [mine, 'shared'],
        [yours, 'shared'],
      ];
      const answers = await Promise.all(
        [ana, ben].map((by, index) => by.patch(`/api/tickets/${id}`, { tags: sets[index] })),
      );
      expect(answers.map(statusOf)).toEqual([200, 200]);
      const ticket = await settled(ana, id);
      expect(sets).toContainEqual(ticket.tags);
      expect(ticket.version).toBe(3);
      const kept = await api.rows('SELECT tag FROM ticket_tags WHERE ticketNumber = ? ORDER BY tag', [id]);
      expect(kept.map(({ tag }) => tag)).toEqual(ticket.tags);
      const uses = await api.rows('SELECT tag, uses FROM tags WHERE tag IN (?, ?) AND uses > 0', [mine, yours]);
      expect(uses).toEqual([{ tag: ticket.tags[0], uses: 1 }]);
    });
  });

  it('two people set the tags from one ETag: the later is told that the ticket was changed', async () => {
    const [ana, ben] = [await api.given.agent(), await api.given.agent()];
    await rounds(async () => {
      const { id } = await api.given.ticket();
      const answers = await Promise.all(
        [ana, ben].map((by) => by.patch(`/api/tickets/${id}`, { tags: [by.id] }, { 'if-match': '"1"' })),
      );
      const [won, lost] = answers.toSorted((a, b) => statusOf(a) - statusOf(b));
      expectStatus(200, won);
      expect(lost).toMatchObject(problem(412, 'stale', { version: 2 }));
      expect((await settled(ana, id)).tags).toEqual(won.body.tags);
    });
  });

  it('two people add tags to many tickets: none is lost', async () => {
    const people = await Promise.all(Array.from({ length: 4 }, () => api.given.agent()));
    await rounds(async () => {
      const { id } = await api.given.ticket();
      const answers = await Promise.all(
        people.map((by, index) => by.post('/api/tickets/bulk', { ids: [id], action: { addTags: [`tag-${index}`] } })),
      );
      for (const { body } of answers) expect(body.results).toMatchObject([{ ok: true }]);
      expect((await settled(people[0], id)).tags.toSorted()).toEqual(['tag-0', 'tag-1', 'tag-2', 'tag-3']);
    });
  });

  it('an agent releases the ticket and another claims it: it has the one, or waits for nobody else', async () => {
    const [ana, ben] = [await api.given.agent(), await api.given.agent()];
    await rounds(async () => {
      const { id } = await api.given.ticket();
      expectStatus(200, await ana.post(`/api/tickets/${id}/claim`));
      const [released, claimed] = await Promise.all([
        ana.delete(`/api/tickets/${id}/assignee`),
        ben.post(`/api/tickets/${id}/claim`),
      ]);
      expectStatus(200, released);
      const ticket = await settled(ana, id);
      if (claimed.status === 200) expect(ticket.assignee.id).toBe(ben.id);
      else {
        expect(claimed).toMatchObject(problem(409, 'already-claimed', { assignee: { id: ana.id } }));
        expect(ticket.assignee).toBeNull();
      }
    });
  });

  it('a message is changed and removed: it is gone, and nothing of it is left in the timeline', async () => {
    const ana = await api.given.agent();
    await rounds(async () => {
      const cora = await api.given.customer();
      const { id } = await api.given.ticket({ by: cora });
      const { id: messageId } = await api.given.message(cora, id, { body: 'Secret' });
      const path = `/api/tickets/${id}/messages/${messageId}`;
      const [edited, removed] = await Promise.all([cora.patch(path, { body: 'Secret too' }), ana.delete(path)]);
      expectStatus(200, removed);
      expect([200, 409]).toContain(edited.status);
      await settled(ana, id);
      const { body: events } = await cora.get(`/api/tickets/${id}/events`);
      expect(events.at(-1).type).toBe('message.removed');
      expect(JSON.stringify(events)).not.toContain('Secret');
    });
  });

  it('two bulk changes overlap: each ticket has one of them last, in all its fields', async () => {
    const [ana, ben] = [await api.given.agent(), await api.given.agent()];
    const ids = await Promise.all(Array.from({ length: 6 }, async () => (await api.given.ticket()).id as number));
    const send = (by: Person, order: number[], priority: string, tag: string) =>
      by.post('/api/tickets/bulk', { ids: order, action: { priority, addTags: [tag], agentId: by.id } });
    const answers = await Promise.all([send(ana, ids, 'high', 'of-ana'), send(ben, ids.toReversed(), 'low', 'of-ben')]);
    for (const { body } of answers) expect(body.results.every(({ ok }: { ok: boolean }) => ok)).toBe(true);
    for (const id of ids) {
      const ticket = await settled(ana, id);
      expect(ticket.tags.toSorted()).toEqual(['of-ana', 'of-ben']);
      expect([
        ['high', ana.id],
        ['low', ben.id],
      ]).toContainEqual([ticket.priority, ticket.assignee.id]);
      expect(ticket.version).toBe(3);
    }
  });

  it('a bulk change is undone and the ticket changed: nobody is overwritten unseen', async () => {
    const [ana, ben] = [await api.given.agent(), await api.given.agent()];
    await rounds(async () => {
      const { id } = await api.given.ticket();
      const { body } = await ana.post('/api/tickets/bulk', { ids: [id], action: { priority: 'low' } });
      const [{ ticketId, version, before }] = body.results;
      const [undone, changed] = await Promise.all([
        ana.post('/api/tickets/bulk', { undo: [{ ticketId, version, before }] }),
        ben.put(`/api/tickets/${id}/priority`, { priority: 'urgent' }, { 'if-match': '"2"' }),
      ]);
      const [line] = undone.body.results;
      expect([line.ok, changed.status === 200].filter(Boolean)).toHaveLength(1);
      expect((await settled(ana, id)).priority).toBe(line.ok ? 'medium' : 'urgent');
    });
  });

  it('a ticket is deleted and written in: no word comes after the end', async () => {
    const ana = await api.given.agent();
    const admin = await api.given.admin();
    await rounds(async () => {
      const cora = await api.given.customer();
      const { id } = await api.given.ticket({ by: cora });
      const [said, deleted] = await Promise.all([
        ana.post(`/api/tickets/${id}/messages`, aMessage()),
        cora.delete(`/api/tickets/${id}`),
      ]);
      expectStatus(204, deleted);
      expectStatus(200, await admin.post(`/api/tickets/${id}/restore`));
      const { body: events } = await ana.get(`/api/tickets/${id}/events`);
      const types = events.map(({ type }: { type: string }) => type);
      if (said.status === 201)
        expect(types).toEqual(['ticket.created', 'message.created', 'ticket.deleted', 'ticket.restored']);
      else {
        expect(said).toMatchObject(problem(404, 'not-found'));
        expect(types).toEqual(['ticket.created', 'ticket.deleted', 'ticket.restored']);
      }
      expect((await settled(ana, id)).needsReply).toBe(said.status !== 201);
    });
  });

  it('a ticket is restored and deleted again: it ends as the timeline says', async () => {
    const admin = await api.given.admin();
    await rounds(async () => {
      const cora = await api.given.customer();
      const { id } = await api.given.ticket({ by: cora });
      expectStatus(204, await cora.delete(`/api/tickets/${id}`));
      const [restored, deleted] = await Promise.all([
        admin.post(`/api/tickets/${id}/restore`),
        cora.delete(`/api/tickets/${id}`),
      ]);
      expectStatus(200, restored);
      expect([204, 404]).toContain(deleted.status);
      expect((await cora.get(`/api/tickets/${id}`)).status).toBe(deleted.status === 204 ? 404 : 200);
      const [{ deletions }] = await api.rows(
        `SELECT COUNT(*) AS deletions FROM timeline_events WHERE ticketNumber = ? AND type = 'ticket.deleted'`,
        [id],
      );
      expect(Number(deletions)).toBe(deleted.status === 204 ? 2 : 1);
    });
  });

  it('several restore one ticket: it is one restoring', async () => {
    const [cora, admin] = [await api.given.customer(), await api.given.admin()];
    const { id } = await api.given.ticket({ by: cora });
    expectStatus(204, await cora.delete(`/api/tickets/${id}`));
    const answers = await Promise.all([1, 2, 3, 4].map(() => admin.post(`/api/tickets/${id}/restore`)));
    expect(answers.map(statusOf)).toEqual([200, 200, 200, 200]);
    const { body: events } = await cora.get(`/api/tickets/${id}/events`);
    expect(events.map(({ type }: { type: string }) => type)).toEqual([
      'ticket.created',
      'ticket.deleted',
      'ticket.restored',
    ]);
  });

  it('staff say that no reply is needed and the customer writes: a later word is not lost sight of', async () => {
    const ana = await api.given.agent();
    await rounds(async () => {
      const cora = await api.given.customer();
      const { id } = await api.given.ticket({ by: cora });
      const [settledAnswer, said] = await Promise.all([
        ana.put(`/api/tickets/${id}/needs-reply`, { needsReply: false }),
        cora.post(`/api/tickets/${id}/messages`, aMessage()),
      ]);
      expect([statusOf(settledAnswer), statusOf(said)]).toEqual([200, 201]);
      const ticket = await settled(ana, id);
      const { body: events } = await ana.get(`/api/tickets/${id}/events`);
      expect(ticket.needsReply).toBe(events.at(-1).type === 'message.created');
    });
  });
});
