import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '../src/common';
import { aMessage, expectStatus, invalid, problem, testApi, type Answer, type Person } from './support/api-client';
import { form, png } from './support/files';
import { testSockets } from './sockets/support/device';

const api = testApi();
const sockets = testSockets(api);

async function conversation() {
  const [cora, ana] = [await api.given.customer(), await api.given.agent()];
  const { id } = await api.given.ticket({ by: cora });
  return { cora, ana, id };
}

const aDraft = (fields: Record<string, unknown> = {}) => ({
  clientMsgId: newId(),
  body: 'Did you try',
  baseSeq: 1,
  ...fields,
});

const pathOf = (id: number, kind = 'chat'): string => `/api/tickets/${id}/drafts/${kind}`;
const save = (by: Person, id: number, draft: object, kind = 'chat'): Promise<Answer> => by.put(pathOf(id, kind), draft);

async function staged(by: Person, id: number): Promise<string> {
  const picture = { bytes: await png(), name: 'blank.png', type: 'image/png' };
  return expectStatus(201, await by.post(`/api/tickets/${id}/attachments`, form({}, [picture], 'file'))).body.id;
}

describe('a draft', () => {
  it('is kept as typed, with its files in their order', async () => {
    const { cora, id } = await conversation();
    const attachmentIds = [await staged(cora, id), await staged(cora, id)].reverse();
    const draft = aDraft({ body: '  Hello\n\n', attachmentIds });
    const saved = expectStatus(200, await save(cora, id, draft)).body;
    expect(saved).toEqual({
      ticketId: id,
      kind: 'chat',
      body: '  Hello\n\n',
      clientMsgId: draft.clientMsgId,
      baseSeq: 1,
      attachments: attachmentIds.map((attachmentId) => expect.objectContaining({ id: attachmentId })),
      updatedAt: expect.stringMatching(/Z$/),
    });
    expect((await cora.get(pathOf(id))).body).toMatchObject({ body: draft.body, clientMsgId: draft.clientMsgId });
    const [{ url }] = (await cora.get(pathOf(id))).body.attachments;
    expectStatus(200, await api.anyone.get(url));
  });

  it('is one for each kind, and the last write wins', async () => {
    const { ana, id } = await conversation();
    expectStatus(200, await save(ana, id, aDraft({ body: 'first' })));
    expectStatus(200, await save(ana, id, aDraft({ body: 'for colleagues' }), 'note'));
    const later = aDraft({ body: 'second' });
    expectStatus(200, await save(ana, id, later));
    expect((await ana.get(pathOf(id))).body).toMatchObject({ body: 'second', clientMsgId: later.clientMsgId });
    expect((await ana.get(pathOf(id, 'note'))).body.body).toBe('for colleagues');
    expect(await ana.get(pathOf(id, 'comment'))).toMatchObject(problem(404, 'not-found'));
  });

  it('is its author’s alone', async () => {
    const { cora, ana, id } = await conversation();
    const colleague = await api.given.agent();
    expectStatus(200, await save(ana, id, aDraft()));
    expect(await cora.get(pathOf(id))).toMatchObject(problem(404, 'not-found'));
    expect(await colleague.get(pathOf(id))).toMatchObject(problem(404, 'not-found'));
    expectStatus(204, await colleague.delete(pathOf(id)));
    expectStatus(200, await ana.get(pathOf(id)));
  });

  it('is no note for customers, and nothing in tickets of others', async () => {
    const { cora, id } = await conversation();
    const stranger = await api.given.customer();
    for (const [who, kind] of [
      [cora, 'note'],
      [stranger, 'chat'],
    ] as const) {
      expect(await save(who, id, aDraft(), kind)).toMatchObject(problem(403, 'forbidden'));
      expect(await who.get(pathOf(id, kind))).toMatchObject(problem(403, 'forbidden'));
      expect(await who.delete(pathOf(id, kind))).toMatchObject(problem(403, 'forbidden'));
    }
  });

  it('can be kept and read when the ticket is closed', async () => {
    const cora = await api.given.customer();
    const { id } = await api.given.ticketIn('closed', { by: cora });
    expectStatus(200, await save(cora, id, aDraft()));
    expectStatus(200, await cora.get(pathOf(id)));
  });

  it('is out of reach while its ticket is deleted', async () => {
    const { cora, id } = await conversation();
    const admin = await api.given.admin();
    expectStatus(200, await save(cora, id, aDraft()));
    expectStatus(204, await admin.delete(`/api/tickets/${id}`));
    expect(await cora.get(pathOf(id))).toMatchObject(problem(404, 'not-found'));
    expect(await save(cora, id, aDraft())).toMatchObject(problem(404, 'not-found'));
    expect((await cora.get('/api/me/drafts')).body).toEqual([]);
    expectStatus(200, await admin.post(`/api/tickets/${id}/restore`));
    expect((await cora.get('/api/me/drafts')).body).toMatchObject([{ ticketId: id }]);
  });

  it.each([
    ['body', aDraft({ body: '' })],
    ['body', aDraft({ body: 'x'.repeat(10_001) })],
    ['body', aDraft({ body: 'a\0b' })],
    ['body', aDraft({ body: null })],
    ['clientMsgId', aDraft({ clientMsgId: 'nothing' })],
    ['clientMsgId', aDraft({ clientMsgId: undefined })],
    ['baseSeq', aDraft({ baseSeq: -1 })],
    ['attachmentIds', aDraft({ attachmentIds: Array.from({ length: 6 }, newId) })],
    ['attachmentIds', aDraft({ attachmentIds: [newId()] })],
    ['attachmentIds', aDraft({ attachmentIds: null })],
  ])('is refused for its %s', async (field, draft) => {
    const { cora, id } = await conversation();
    expect(await save(cora, id, draft)).toMatchObject(invalid(field));
  });

  it('names only files that its author staged for this ticket', async () => {
    const { cora, ana, id } = await conversation();
    const elsewhere = await staged(cora, (await api.given.ticket({ by: cora })).id);
    for (const attachmentId of [await staged(ana, id), elsewhere])
      expect(await save(cora, id, aDraft({ attachmentIds: [attachmentId] }))).toMatchObject(invalid('attachmentIds'));
  });

  it('has only a kind that exists', async () => {
    const { ana, id } = await conversation();
    expect(await save(ana, id, aDraft(), 'mail')).toMatchObject(invalid('kind'));
  });
});

const freshToken = async ({ account }: Person): Promise<{ accessToken: string }> => (await api.device(account)).signIn;

describe('sending', () => {
  it('clears exactly the draft that was sent', async () => {
    const { ana, id } = await conversation();
    const [sent, note] = [aDraft(), aDraft()];
    expectStatus(200, await save(ana, id, sent));
    expectStatus(200, await save(ana, id, note, 'note'));
    await api.given.message(ana, id, { clientMsgId: sent.clientMsgId });
    expectStatus(404, await ana.get(pathOf(id)));
    expectStatus(200, await ana.get(pathOf(id, 'note')));
  });

  it('leaves alone what was begun since', async () => {
    const { ana, id } = await conversation();
    const [sent, begun] = [aDraft(), aDraft({ body: 'And one more' })];
    expectStatus(200, await save(ana, id, sent));
    expectStatus(200, await save(ana, id, begun));
    await api.given.message(ana, id, { clientMsgId: sent.clientMsgId });
    expect((await ana.get(pathOf(id))).body.clientMsgId).toBe(begun.clientMsgId);
  });

  it('leaves it alone when it is refused', async () => {
    const ana = await api.given.agent();
    const { id } = await api.given.ticketIn('closed');
    const draft = aDraft();
    expectStatus(200, await save(ana, id, draft));
    const refusal = await ana.post(`/api/tickets/${id}/messages`, aMessage({ clientMsgId: draft.clientMsgId }));
    expect(refusal).toMatchObject(problem(409, 'ticket-closed'));
    expectStatus(200, await ana.get(pathOf(id)));
  });

  it('is not undone by a save that comes late', async () => {
    const { ana, id } = await conversation();
    const draft = aDraft();
    await api.given.message(ana, id, { clientMsgId: draft.clientMsgId });
    expect(await save(ana, id, draft)).toMatchObject(problem(409, 'already-sent'));
    expectStatus(404, await ana.get(pathOf(id)));
  });

  it('is not undone by saves at the same moment', async () => {
    const { ana, id } = await conversation();
    for (let round = 0; round < 5; round += 1) {
      const draft = aDraft();
      const message = aMessage({ clientMsgId: draft.clientMsgId });
      const [, sent] = await Promise.all([
        save(ana, id, draft),
        ana.post(`/api/tickets/${id}/messages`, message),
        save(ana, id, draft),
      ]);
      expectStatus(201, sent);
      expectStatus(404, await ana.get(pathOf(id)));
    }
  });

  it('the same draft on two devices makes one message', async () => {
    const { ana, id } = await conversation();
    const other = await api.device(ana.account);
    const draft = aDraft();
    expectStatus(200, await save(ana, id, draft));
    const { clientMsgId, body } = (await other.get(pathOf(id))).body;
    const sends = [ana, other].map((device) =>
      device.post(`/api/tickets/${id}/messages`, aMessage({ clientMsgId, body })),
    );
    expect((await Promise.all(sends)).map(({ status }) => status).sort()).toEqual([200, 201]);
    expectStatus(404, await ana.get(pathOf(id)));
  });
});

describe('throwing a draft away', () => {
  it('is fine when there is none', async () => {
    const { ana, id } = await conversation();
    expectStatus(204, await ana.delete(pathOf(id)));
  });

  it('spares another draft than the one that is named', async () => {
    const { ana, id } = await conversation();
    const draft = aDraft();
    expectStatus(200, await save(ana, id, draft));
    expectStatus(204, await ana.delete(`${pathOf(id)}?clientMsgId=${newId()}`));
    expectStatus(200, await ana.get(pathOf(id)));
    expectStatus(204, await ana.delete(`${pathOf(id)}?clientMsgId=${draft.clientMsgId}`));
    expectStatus(404, await ana.get(pathOf(id)));
    expect(await ana.delete(`${pathOf(id)}?clientMsgId=x`)).toMatchObject(invalid('clientMsgId'));
  });
});

describe('the list of drafts', () => {
  it('shows the first words of each, the newest first', async () => {
    const { ana, id } = await conversation();
    const other = (await api.given.ticket()).id;
    expectStatus(200, await save(ana, id, aDraft({ body: `Long\n\n${'word '.repeat(50)}` }), 'note'));
    await sleep(5);
    expectStatus(200, await save(ana, other, aDraft({ body: 'Short' })));
    const list = (await ana.get('/api/me/drafts')).body;
    expect(list).toEqual([
      { ticketId: other, kind: 'chat', excerpt: 'Short', updatedAt: expect.any(String) },
      { ticketId: id, kind: 'note', excerpt: expect.stringMatching(/^Long word .*…$/), updatedAt: expect.any(String) },
    ]);
    expect(list[1].excerpt.length).toBeLessThanOrEqual(120);
  });

  it('holds no notes of somebody who is a customer by now', async () => {
    const [ana, admin] = [await api.given.agent(), await api.given.admin()];
    const { id } = await api.given.ticket({ by: ana });
    expectStatus(200, await save(ana, id, aDraft(), 'note'));
    expectStatus(200, await save(ana, id, aDraft()));
    expectStatus(200, await admin.patch(`/api/users/${ana.id}`, { role: 'customer' }));
    const { accessToken } = await freshToken(ana);
    const answer = await api.anyone.get('/api/me/drafts', { authorization: `Bearer ${accessToken}` });
    expect(expectStatus(200, answer).body.map(({ kind }: { kind: string }) => kind)).toEqual(['chat']);
  });
});

describe('other pages of the same person', () => {
  it('are told of every change, and nobody else is', async () => {
    const { cora, ana, id } = await conversation();
    const [phone, customer] = [await sockets.connect(ana), await sockets.connect(cora)];
    await customer.follow(id);
    const attachmentId = await staged(ana, id);
    const draft = aDraft({ attachmentIds: [attachmentId] });
    expectStatus(200, await save(ana, id, draft));
    const told = await phone.hears('draft:changed');
    expect(told).toMatchObject({ ticketId: id, kind: 'chat', draft: { body: draft.body, baseSeq: 1 } });
    expect(told.draft?.attachments[0].url).toBe(`/api/attachments/${attachmentId}`);
    await api.given.message(ana, id, { clientMsgId: draft.clientMsgId });
    await phone.hears('draft:changed', ({ draft: kept }) => kept === null);
    expect(customer.names).not.toContain('draft:changed');
  });

  it('end with what was written last', async () => {
    const { ana, id } = await conversation();
    const phone = await sockets.connect(ana);
    for (let count = 1; count <= 10; count += 1)
      expectStatus(200, await save(ana, id, aDraft({ body: `Version ${count}` })));
    await phone.hears('draft:changed', ({ draft }) => draft?.body === 'Version 10');
    await sleep(100);
    expect(phone.heard('draft:changed').at(-1)?.draft?.body).toBe('Version 10');
  });
});
