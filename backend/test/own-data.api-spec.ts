import { newId } from '../src/common';
import { expectStatus, problem, testApi, type Answer, type Person } from './support/api-client';

const api = testApi();
const limited = testApi({ env: { RATE_LIMIT_SCALE: '1' } });

const exportOf = async (person: Person): Promise<Answer> => expectStatus(200, await person.get('/api/me/export'));

describe('taking along what is one’s own', () => {
  it('gives the account, the tickets with what was said in them, and nothing that only staff may see', async () => {
    const [cora, ben] = [await api.given.customer(), await api.given.agent()];
    const { id } = await api.given.ticket({ by: cora, subject: 'Blank pages' });
    expectStatus(200, await ben.patch(`/api/tickets/${id}`, { tags: ['secret-tag'] }));
    await api.given.message(ben, id, { body: 'Did you try another cartridge?' });
    await api.given.message(ben, id, { kind: 'note', body: 'A difficult customer' });
    await api.given.message(cora, id, { body: 'Yes, I did.' });
    await api.given.ticket({ subject: 'Of somebody else' });
    const answer = await exportOf(cora);
    expect(answer.headers).toMatchObject({
      'content-disposition': 'attachment; filename="my-data.json"',
      'cache-control': expect.stringContaining('no-store'),
    });
    expect(answer.body).toMatchObject({
      account: { id: cora.id, email: cora.account.email, preferences: expect.any(Object) },
      devices: [{ id: cora.signIn.id, current: true }],
      tickets: [
        {
          id,
          subject: 'Blank pages',
          messages: [{ body: 'Did you try another cartridge?' }, { body: 'Yes, I did.' }],
        },
      ],
      messages: [],
    });
    expect(answer.body.notifications.map(({ text }: { text: string }) => text)).toContain(
      'Did you try another cartridge?',
    );
    const text = JSON.stringify(answer.body);
    for (const hidden of ['difficult', 'secret-tag', 'Of somebody else', ben.account.email, 'signature='])
      expect(text).not.toContain(hidden);
  });

  it('gives staff what they wrote in tickets of others, their drafts and views, and no list of other people', async () => {
    const [ben, cora] = [await api.given.agent(), await api.given.customer()];
    const { id } = await api.given.ticket({ by: cora });
    await api.given.message(ben, id, { kind: 'note', body: 'My own note' });
    const draft = { body: 'Dear', clientMsgId: newId(), attachmentIds: [], baseSeq: 0 };
    expectStatus(200, await ben.put(`/api/tickets/${id}/drafts/chat`, draft));
    const view = { name: 'Mine', filter: { status: ['open'] }, sort: '-createdAt', shared: false };
    expectStatus(201, await ben.post('/api/views', view));
    expectStatus(201, await ben.post('/api/canned-replies', { key: 'bye', title: 'Goodbye', body: 'Bye.' }));
    const { body } = await exportOf(ben);
    expect(body).toMatchObject({
      tickets: [],
      messages: [{ ticketId: id, kind: 'note', body: 'My own note' }],
      drafts: [{ ticketId: id, body: 'Dear' }],
      views: [{ name: 'Mine' }],
      cannedReplies: [{ key: 'bye', body: 'Bye.' }],
    });
    expect(JSON.stringify(body)).not.toContain(cora.account.email);
  });

  it('leaves out what is deleted', async () => {
    const cora = await api.given.customer();
    const { id } = await api.given.ticket({ by: cora });
    await api.given.message(cora, id);
    expectStatus(204, await cora.delete(`/api/tickets/${id}`));
    expect((await exportOf(cora)).body).toMatchObject({ tickets: [], messages: [] });
  });

  it('gives every row of what is too long for one page, once', async () => {
    const cora = await api.given.customer();
    const { id } = await api.given.ticket({ by: cora });
    const bodies = Array.from({ length: 230 }, (_, count) => `Word ${count}`);
    for (const body of bodies) await api.given.message(cora, id, { body });
    const { body } = await exportOf(cora);
    expect(body.tickets[0].messages.map((message: { body: string }) => message.body)).toEqual(bodies);
  });

  it('is written down, and possible ten times in an hour', async () => {
    const cora = await limited.given.customer();
    for (let count = 0; count < 10; count += 1) await exportOf(cora);
    expect(await cora.get('/api/me/export')).toMatchObject(problem(429, 'rate-limited'));
    const entries = await limited.rows(`SELECT data FROM audit_entries WHERE action = 'export.made' AND objectId = ?`, [
      cora.id,
    ]);
    expect(entries).toHaveLength(10);
    expect(JSON.parse(String(entries[0].data))).toEqual({ of: 'own-data', format: 'json' });
  });
});
