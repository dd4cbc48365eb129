import { newId } from '../src/common';
import { aMessage, expectStatus, invalid, problem, testApi, type Answer } from './support/api-client';
import { form, pdf, png } from './support/files';
import { MINUTE } from './support/moved-clock';

const api = testApi();

interface Seen {
  seq: number;
  type: string;
  kind: string;
  body?: string;
}
const seqs = ({ body }: Answer): number[] => (body as Seen[]).map(({ seq }) => seq);

async function conversation() {
  const [cora, agent] = [await api.given.customer(), await api.given.agent()];
  const { id } = await api.given.ticket({ by: cora });
  return { cora, agent, id, path: `/api/tickets/${id}` };
}

describe('a message', () => {
  it('is stored as typed and numbered in the timeline', async () => {
    const { cora, id, path } = await conversation();
    const message = aMessage({ body: '  *Hello*\n<b>you</b> 👋  ' });
    const sent = await cora.post(`${path}/messages`, message);
    expect(sent).toMatchObject({
      status: 201,
      body: {
        seq: 2,
        duplicate: false,
        message: { ...message, ticketId: id, seq: 2, attachments: [], editedAt: null, removedAt: null },
      },
    });
    expect(sent.body.message.author).toEqual({ id: cora.id, name: cora.account.name, role: 'customer', online: false });
    expect((await cora.get(`${path}/messages`)).body).toEqual([sent.body.message]);
  });

  it('is stored once, however often it is sent', async () => {
    const { cora, path } = await conversation();
    const message = aMessage();
    const first = expectStatus(201, await cora.post(`${path}/messages`, message));
    for (let repeat = 0; repeat < 3; repeat += 1) {
      const again = await cora.post(`${path}/messages`, message);
      expect(again).toMatchObject({ status: 200, body: { seq: first.body.seq, duplicate: true } });
      expect(again.body.message).toEqual(first.body.message);
    }
    expect((await cora.get(`${path}/messages`)).body).toHaveLength(1);
  });

  it('keeps its clientMsgId for itself: another text, kind or ticket is a conflict', async () => {
    const { agent, path } = await conversation();
    const elsewhere = await api.given.ticket();
    const message = aMessage();
    expectStatus(201, await agent.post(`${path}/messages`, message));
    const others = [
      await agent.post(`${path}/messages`, { ...message, body: 'Another text' }),
      await agent.post(`${path}/messages`, { ...message, kind: 'comment' }),
      await agent.post(`/api/tickets/${elsewhere.id}/messages`, message),
    ];
    for (const answer of others) expect(answer).toMatchObject(problem(409, 'conflict'));
    expect((await agent.get(`${path}/messages`)).body).toHaveLength(1);
    expect((await agent.get(`/api/tickets/${elsewhere.id}/messages`)).body).toHaveLength(0);
  });

  it('of another person may have the same clientMsgId', async () => {
    const { cora, agent, path } = await conversation();
    const message = aMessage();
    expectStatus(201, await cora.post(`${path}/messages`, message));
    expectStatus(201, await agent.post(`${path}/messages`, message));
  });

  it.each([
    ['body', ''],
    ['body', ' \n\t'],
    ['body', '\u200b\u2060'],
    ['body', 'a\0b'],
    ['body', 'x'.repeat(10_001)],
    ['body', '🖨'.repeat(5_001)],
    ['body', 5],
    ['body', ['x']],
    ['kind', 'shout'],
    ['kind', undefined],
    ['clientMsgId', undefined],
    ['clientMsgId', 'one'],
    ['clientMsgId', newId().toUpperCase()],
    ['attachmentIds', 'x'],
    ['attachmentIds', null],
    ['attachmentIds', ['x']],
    ['attachmentIds', [newId()]],
    ['attachmentIds', Array.from({ length: 6 }, newId)],
    ['authorId', newId()],
    ['createdAt', '2000-01-01T00:00:00.000Z'],
    ['seq', 1],
  ])('is refused for %s: %j', async (field, value) => {
    const { agent, path } = await conversation();
    expect(await agent.post(`${path}/messages`, aMessage({ [field]: value }))).toMatchObject(invalid(field));
    expect((await agent.get(`${path}/messages`)).body).toHaveLength(0);
  });

  it('may have 10,000 characters', async () => {
    const { cora, path } = await conversation();
    expectStatus(201, await cora.post(`${path}/messages`, aMessage({ body: 'x'.repeat(10_000) })));
  });

  it('for staff only cannot be written by a customer', async () => {
    const { cora, agent, path } = await conversation();
    const note = aMessage({ kind: 'note', body: 'I am staff now' });
    expect(await cora.post(`${path}/messages`, note)).toMatchObject(problem(403, 'forbidden'));
    expect((await agent.get(`${path}/messages`)).body).toHaveLength(0);
  });
});

describe('a comment', () => {
  it('is a message on record, with its text', async () => {
    const { cora, agent, path } = await conversation();
    const made = await cora.post(`${path}/comments`, { text: ' As agreed. ' });
    expect(made).toMatchObject({ status: 201, body: { kind: 'comment', text: ' As agreed. ', body: ' As agreed. ' } });
    await api.given.message(agent, made.body.ticketId, { kind: 'chat' });
    expect((await agent.get(`${path}/comments`)).body).toEqual([made.body]);
  });

  it.each([
    ['text', ''],
    ['text', 'x'.repeat(10_001)],
    ['text', undefined],
    ['kind', 'note'],
    ['body', 'x'],
  ])('is refused for %s: %j', async (field, value) => {
    const { cora, path } = await conversation();
    expect(await cora.post(`${path}/comments`, { text: 'Hello', [field]: value })).toMatchObject(invalid(field));
  });
});

describe('an edit', () => {
  it('is made by the author within 15 minutes and leaves a trace', async () => {
    const { cora, agent, id, path } = await conversation();
    const { id: messageId } = await api.given.message(cora, id, { body: 'Helo' });
    const edited = await cora.patch(`${path}/messages/${messageId}`, { body: 'Hello' });
    expect(edited).toMatchObject({ status: 200, body: { seq: 3 } });
    const { body: events } = await agent.get(`${path}/events`);
    expect(events).toMatchObject([
      { type: 'ticket.created' },
      { type: 'message.created', data: { message: { body: 'Hello', seq: 2 } } },
      { type: 'message.edited', data: { message: { body: 'Hello', editedAt: expect.any(String) } } },
    ]);
    expect((await cora.get(path)).body.lastMessage.excerpt).toBe('Hello');
  });

  it('comes too late after 15 minutes', async () => {
    const { agent, id, path } = await conversation();
    const { id: messageId } = await api.given.message(agent, id);
    api.clock.forward(16 * MINUTE);
    expect(await agent.patch(`${path}/messages/${messageId}`, { body: 'New' })).toMatchObject(
      problem(409, 'edit-window-over'),
    );
  });

  it('is for the author alone', async () => {
    const { cora, agent, id, path } = await conversation();
    const admin = await api.given.admin();
    const { id: ofCora } = await api.given.message(cora, id);
    const { id: ofAgent } = await api.given.message(agent, id);
    for (const person of [agent, admin])
      expect(await person.patch(`${path}/messages/${ofCora}`, { body: 'x' })).toMatchObject(problem(403, 'forbidden'));
    expect(await cora.patch(`${path}/messages/${ofAgent}`, { body: 'x' })).toMatchObject(problem(403, 'forbidden'));
  });

  it('finds the message in its own ticket only, and no note for a customer', async () => {
    const { cora, agent, id, path } = await conversation();
    const elsewhere = await api.given.ticket({ by: cora });
    const { id: said } = await api.given.message(cora, id);
    const { id: note } = await api.given.message(agent, id, { kind: 'note' });
    const change = { body: 'x' };
    for (const wrong of [
      `/api/tickets/${elsewhere.id}/messages/${said}`,
      `${path}/messages/${newId()}`,
      `${path}/messages/${note}`,
    ]) {
      expect(await cora.patch(wrong, change)).toMatchObject(problem(404, 'not-found'));
      expect(await cora.delete(wrong)).toMatchObject(problem(404, 'not-found'));
    }
    expect((await cora.patch(`${path}/messages/nonsense`, change)).status).toBe(400);
  });

  it.each(['', '\u200b', 'x'.repeat(10_001), null])('to %j is refused', async (body) => {
    const { cora, id, path } = await conversation();
    const { id: messageId } = await api.given.message(cora, id);
    expect(await cora.patch(`${path}/messages/${messageId}`, { body })).toMatchObject(invalid('body'));
  });
});

describe('a removal', () => {
  it('takes text and files away for everybody and leaves a trace', async () => {
    const { cora, agent, id, path } = await conversation();
    const file = form({}, [{ bytes: await png(), name: 'secret.png', type: 'image/png' }], 'file');
    const { body: staged } = expectStatus(201, await cora.post(`${path}/attachments`, file));
    const said = await api.given.message(cora, id, { body: 'my password is hunter2', attachmentIds: [staged.id] });
    expect(said.attachments).toMatchObject([{ id: staged.id, filename: 'secret.png' }]);
    expectStatus(200, await agent.get(`/api/attachments/${staged.id}`));

    expect(await agent.delete(`${path}/messages/${said.id}`)).toMatchObject({ status: 200, body: { seq: 3 } });
    for (const person of [cora, agent]) {
      const { body: messages } = await person.get(`${path}/messages`);
      expect(messages).toMatchObject([{ id: said.id, removedAt: expect.any(String) }]);
      expect(messages[0]).not.toHaveProperty('body');
      expect(messages[0]).not.toHaveProperty('attachments');
      const { body: events } = await person.get(`${path}/events`);
      expect(events[2]).toMatchObject({ type: 'message.removed', data: { message: { id: said.id } } });
      expect(JSON.stringify([events, messages, (await person.get(path)).body])).not.toContain('hunter2');
      expect(await person.get(`/api/attachments/${staged.id}`)).toMatchObject(problem(404, 'not-found'));
      expect(await person.get(`/api/attachments/${staged.id}/thumbnail`)).toMatchObject(problem(404, 'not-found'));
    }
    expect(await api.anyone.get(said.attachments[0].url)).toMatchObject(problem(404, 'not-found'));
    expect((await cora.get(path)).body.lastMessage).toBeNull();
    expect((await agent.get('/api/tickets?q=hunter2')).body).toEqual([]);
  });

  it('is the author’s for 15 minutes, and always of staff', async () => {
    const { cora, agent, id, path } = await conversation();
    const { id: ofAgent } = await api.given.message(agent, id);
    const { id: old } = await api.given.message(cora, id);
    expect(await cora.delete(`${path}/messages/${ofAgent}`)).toMatchObject(problem(403, 'forbidden'));
    const { id: young } = await api.given.message(cora, id);
    expectStatus(200, await cora.delete(`${path}/messages/${young}`));
    api.clock.forward(16 * MINUTE);
    expect(await cora.delete(`${path}/messages/${old}`)).toMatchObject(problem(409, 'edit-window-over'));
    expectStatus(200, await agent.delete(`${path}/messages/${old}`));
  });

  it('done twice changes nothing more; what is removed cannot be edited', async () => {
    const { agent, id, path } = await conversation();
    const { id: messageId } = await api.given.message(agent, id);
    expectStatus(200, await agent.delete(`${path}/messages/${messageId}`));
    const before = (await agent.get(`${path}/events`)).body.length;
    expectStatus(200, await agent.delete(`${path}/messages/${messageId}`));
    expect((await agent.get(`${path}/events`)).body).toHaveLength(before);
    expect(await agent.patch(`${path}/messages/${messageId}`, { body: 'x' })).toMatchObject(
      problem(409, 'message-removed'),
    );
  });
});

describe('the timeline', () => {
  it('is read forwards from a number, backwards before one, and to its end', async () => {
    const { cora, id, path } = await conversation();
    for (let count = 0; count < 6; count += 1) await api.given.message(cora, id);
    expect(seqs(await cora.get(`${path}/events`))).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(seqs(await cora.get(`${path}/events?limit=2`))).toEqual([1, 2]);
    expect(seqs(await cora.get(`${path}/events?after=4`))).toEqual([5, 6, 7]);
    expect(seqs(await cora.get(`${path}/events?after=2&limit=3`))).toEqual([3, 4, 5]);
    expect(seqs(await cora.get(`${path}/events?before=5&limit=2`))).toEqual([3, 4]);
    expect(seqs(await cora.get(`${path}/events?before=2`))).toEqual([1]);
    expect(seqs(await cora.get(`${path}/events?after=7`))).toEqual([]);
    expect(seqs(await cora.get(`${path}/events?after=900`))).toEqual([]);
    expect(seqs(await cora.get(`${path}/messages?after=3&limit=2`))).toEqual([4, 5]);
    expect(seqs(await cora.get(`${path}/messages?before=7&limit=2`))).toEqual([5, 6]);
  });

  it('leads on by its Link, in both directions', async () => {
    const { cora, id, path } = await conversation();
    for (let count = 0; count < 4; count += 1) await api.given.message(cora, id);
    for (let count = 0; count < 2; count += 1) await api.given.message(cora, id, { kind: 'comment' });
    for (const [start, expected] of [
      [`${path}/events?limit=2`, [1, 2, 3, 4, 5, 6, 7]],
      [`${path}/events?before=6&limit=2`, [4, 5, 2, 3, 1]],
      [`${path}/messages?limit=3`, [2, 3, 4, 5, 6, 7]],
      [`${path}/messages?before=5&limit=2`, [3, 4, 2]],
      [`${path}/comments?limit=1`, [6, 7]],
    ] as const) {
      const seen: number[] = [];
      for (let next: string | undefined = start; next;) {
        const answer: Answer = expectStatus(200, await cora.get(next));
        seen.push(...seqs(answer));
        next = /^<([^>]+)>; rel="next"$/.exec(answer.headers.link ?? '')?.[1];
      }
      expect(seen).toEqual(expected);
    }
  });

  it('names its numbering, and starts anew for one that does not fit', async () => {
    const { cora, agent, id, path } = await conversation();
    await api.given.message(cora, id);
    const ofCora = await cora.get(`${path}/events`);
    const ofAgent = await agent.get(`${path}/events`);
    expect(ofCora.headers['parley-head']).toBe('2');
    expect(ofCora.headers['parley-stream']).not.toBe(ofAgent.headers['parley-stream']);
    const fits = await cora.get(`${path}/events?after=1&stream=${ofCora.headers['parley-stream']}`);
    expect(seqs(fits)).toEqual([2]);
    expect(fits.headers).not.toHaveProperty('parley-reset');
    const foreign = await cora.get(`${path}/events?after=1&stream=${ofAgent.headers['parley-stream']}`);
    expect(foreign.headers['parley-reset']).toBe('true');
    expect(seqs(foreign)).toEqual([1, 2]);
  });

  it.each([
    'after=-1',
    'after=x',
    'before=0',
    'limit=0',
    'limit=101',
    'limit=1e9',
    'limit=2.5',
    'after=1e99',
    'page=2',
  ])('refuses %s', async (query) => {
    const { cora, path } = await conversation();
    for (const route of ['events', 'messages', 'comments'])
      expect(await cora.get(`${path}/${route}?${query}`)).toMatchObject(invalid(query.split('=')[0]));
  });

  it('is asked in one direction at a time', async () => {
    const { cora, path } = await conversation();
    expect(await cora.get(`${path}/events?after=1&before=3`)).toMatchObject(invalid('before'));
  });
});

describe('files of a message', () => {
  const upload = async (name: string) =>
    form({}, [{ bytes: name.endsWith('pdf') ? pdf() : await png(), name }], 'file');

  it('are bound in the order given, five at most', async () => {
    const { cora, agent, path } = await conversation();
    const ids: string[] = [];
    for (const name of ['a.png', 'b.pdf', 'c.png', 'd.pdf', 'e.png'])
      ids.push(expectStatus(201, await cora.post(`${path}/attachments`, await upload(name))).body.id);
    const message = aMessage({ attachmentIds: ids.toReversed() });
    const sent = expectStatus(201, await cora.post(`${path}/messages`, message));
    const names = sent.body.message.attachments.map(({ filename }: { filename: string }) => filename);
    expect(names).toEqual(['e.png', 'd.pdf', 'c.png', 'b.pdf', 'a.png']);
    const repeat = await cora.post(`${path}/messages`, message);
    expect(repeat).toMatchObject({ status: 200, body: { duplicate: true } });
    expect(repeat.body.message.attachments).toHaveLength(5);
    const { body: seen } = await agent.get(`${path}/messages`);
    expect(seen[0].attachments).toMatchObject([{ filename: 'e.png', width: 40, height: 30 }, {}, {}, {}, {}]);
    expect((await cora.get(path)).body.attachments).toEqual([]);
    expect(await cora.post(`${path}/messages`, aMessage({ attachmentIds: [ids[0]] }))).toMatchObject(
      invalid('attachmentIds'),
    );
  });

  it('are bound all or none, and only by who staged them on this ticket', async () => {
    const { cora, agent, path } = await conversation();
    const other = await api.given.ticket({ by: cora });
    const own = expectStatus(201, await cora.post(`${path}/attachments`, await upload('a.png'))).body.id;
    const ofAgent = expectStatus(201, await agent.post(`${path}/attachments`, await upload('b.png'))).body.id;
    const elsewhere = expectStatus(201, await cora.post(`/api/tickets/${other.id}/attachments`, await upload('c.png')))
      .body.id;
    for (const attachmentIds of [
      [own, ofAgent],
      [own, elsewhere],
      [own, newId()],
      [own, own],
    ])
      expect(await cora.post(`${path}/messages`, aMessage({ attachmentIds }))).toMatchObject(invalid('attachmentIds'));
    expect((await cora.get(`${path}/messages`)).body).toHaveLength(0);
    expectStatus(201, await cora.post(`${path}/messages`, aMessage({ attachmentIds: [own] })));
  });
});
