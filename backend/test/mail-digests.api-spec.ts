import { newId } from '../src/common';
import { databaseNow } from '../src/database';
import { DigestWorker } from '../src/notifications/mails/digest.worker';
import { testSockets } from './sockets/support/device';
import { expectStatus, testApi, type Api, type Person } from './support/api-client';
import { ENGINE } from './support/databases';
import { until } from './support/until';

interface Row {
  subject: string;
  text: string;
}

const mailsTo = async (api: Api, person: Person): Promise<string[]> => {
  await until(
    'all mails are written',
    async () => !(await api.rows(`SELECT id FROM outbox WHERE kind = 'ticket.mail'`)).length,
    10_000,
  );
  const rows = await api.rows('SELECT subject, text FROM mails WHERE userId = ? ORDER BY id', [person.id]);
  return (rows as unknown as Row[]).map(({ text }) => text);
};

/** As if so many seconds had passed since the last word, or since the person was last seen. */
const pass = (api: Api, seconds: number): Promise<unknown> => {
  const earlier =
    ENGINE === 'mysql'
      ? `dueAt - INTERVAL ${seconds} SECOND`
      : `strftime('%Y-%m-%d %H:%M:%f', dueAt, '-${seconds} seconds')`;
  return api.rows(`UPDATE mail_digests SET dueAt = ${earlier}`);
};
const look = (api: Api): Promise<void> => api.part(DigestWorker).turn();
const waiting = (api: Api, person: Person): Promise<Record<string, unknown>[]> =>
  api.rows('SELECT ticketNumber, fromSeq, held FROM mail_digests WHERE userId = ?', [person.id]);

/** A ticket of a customer that an agent holds, without mails so far. */
async function chatOf(api: Api) {
  const [cora, ana] = [await api.given.customer({ name: 'Cora' }), await api.given.agent({ name: 'Ana' })];
  const id = (await api.given.ticket({ by: cora, subject: 'Blank pages' })).id as number;
  expectStatus(200, await ana.put(`/api/tickets/${id}/assignee`, { agentId: ana.id }));
  await mailsTo(api, cora);
  await api.rows('DELETE FROM mails');
  await api.rows('DELETE FROM mail_digests');
  return { cora, ana, id };
}

describe('what is said in chat', () => {
  const api = testApi();
  const sockets = testSockets(api);

  it('is mailed to a customer who is away, once for a burst, after two minutes', async () => {
    const { cora, ana, id } = await chatOf(api);
    for (const body of ['Are you there?', 'I have **found** it.', 'Call me.'])
      await api.given.message(ana, id, { body });
    await pass(api, 110);
    await look(api);
    expect(await mailsTo(api, cora)).toEqual([]);
    await pass(api, 10);
    await look(api);
    const [text, ...more] = await mailsTo(api, cora);
    expect(more).toEqual([]);
    expect(text).toContain('You were away when these 3 messages were written.');
    expect(text).toMatch(/Ana wrote:\n\n> Are you there\?\n\n[^]*> I have \*\*found\*\* it\.[^]*> Call me\./);
    await pass(api, 1_000);
    await look(api);
    expect(await mailsTo(api, cora)).toHaveLength(1);
  });

  it('begins a new burst after a mail, which does not repeat what was mailed', async () => {
    const { cora, ana, id } = await chatOf(api);
    await api.given.message(ana, id, { body: 'First' });
    await pass(api, 120);
    await look(api);
    await api.given.message(ana, id, { body: 'Second' });
    await pass(api, 120);
    await look(api);
    const [first, second] = await mailsTo(api, cora);
    expect(first).toContain('> First');
    expect(second).toContain('> Second');
    expect(second).not.toContain('First');
  });

  it('is not mailed to whoever comes back and reads it in time', async () => {
    const { cora, ana, id } = await chatOf(api);
    const { seq } = expectStatus(201, await ana.post(`/api/tickets/${id}/messages`, chat('Hello'))).body;
    expectStatus(204, await cora.put(`/api/tickets/${id}/read`, { seq }));
    await pass(api, 300);
    await look(api);
    expect(await mailsTo(api, cora)).toEqual([]);
    expect(await waiting(api, cora)).toEqual([]);
  });

  it('is mailed without what was read of it', async () => {
    const { cora, ana, id } = await chatOf(api);
    const { seq } = expectStatus(201, await ana.post(`/api/tickets/${id}/messages`, chat('Read'))).body;
    expectStatus(204, await cora.put(`/api/tickets/${id}/read`, { seq }));
    await api.given.message(ana, id, { body: 'Unread' });
    await pass(api, 300);
    await look(api);
    const [text] = await mailsTo(api, cora);
    expect(text).toContain('> Unread');
    expect(text).not.toContain('> Read');
  });

  it('waits for two minutes from when the person was last seen', async () => {
    const { cora, ana, id } = await chatOf(api);
    const page = await sockets.connect(cora);
    await api.given.message(ana, id, { body: 'Hello' });
    await pass(api, 119);
    await look(api);
    await pass(api, 110);
    await look(api);
    expect(await mailsTo(api, cora)).toEqual([]);
    page.socket.disconnect();
    await until('she is offline', async () => !(await ana.get(`/api/tickets/${id}`)).body.requester.online, 10_000);
    await pass(api, 10);
    await look(api);
    expect(await mailsTo(api, cora)).toEqual([]);
    await pass(api, 120);
    await look(api);
    expect(await mailsTo(api, cora)).toHaveLength(1);
  }, 30_000);

  it('is mailed to whoever has left the page open and is away from it', async () => {
    const { cora, ana, id } = await chatOf(api);
    const page = await sockets.connect(cora);
    await page.ask('presence:set', { state: 'away' });
    await api.given.message(ana, id, { body: 'Hello' });
    await pass(api, 121);
    await look(api);
    expect(await mailsTo(api, cora)).toHaveLength(1);
  });

  it('goes to the assignee too, but not what is on the record, which they were mailed at once', async () => {
    const { cora, ana, id } = await chatOf(api);
    await api.given.message(cora, id, { body: 'In chat' });
    await api.given.message(cora, id, { kind: 'comment', body: 'On record' });
    expect(await mailsTo(api, ana)).toHaveLength(1);
    await pass(api, 121);
    await look(api);
    const texts = await mailsTo(api, ana);
    expect(texts).toHaveLength(2);
    expect(texts[0]).toContain('> On record');
    expect(texts[1]).toContain('You were away when this was written.');
    expect(texts[1]).not.toContain('On record');
    expect(await mailsTo(api, cora)).toEqual([]);
  });

  it('holds no note for anybody', async () => {
    const { cora, ana, id } = await chatOf(api);
    const colleague = await api.given.agent();
    await api.given.message(colleague, id, { body: 'Said' });
    await api.given.message(colleague, id, { kind: 'note', body: 'between us' });
    await pass(api, 121);
    await look(api);
    for (const person of [cora, ana]) {
      const [text, ...more] = await mailsTo(api, person);
      expect(more).toEqual([]);
      expect(text).toContain('> Said');
      expect(text).not.toContain('between us');
    }
  });

  it('is not mailed when it was removed, the mails are switched off, or the person is gone', async () => {
    const removed = await chatOf(api);
    const message = await api.given.message(removed.ana, removed.id, { body: 'a slip' });
    expectStatus(200, await removed.ana.delete(`/api/tickets/${removed.id}/messages/${message.id}`));
    const unwilling = await chatOf(api);
    expectStatus(200, await unwilling.cora.patch('/api/me', { preferences: { email: { messages: false } } }));
    await api.given.message(unwilling.ana, unwilling.id, {});
    const gone = await chatOf(api);
    await api.given.message(gone.ana, gone.id, {});
    const admin = await api.given.admin();
    expectStatus(204, await admin.delete(`/api/users/${gone.cora.id}`));
    await pass(api, 500);
    await look(api);
    for (const { cora } of [removed, unwilling, gone]) {
      expect(await mailsTo(api, cora)).toEqual([]);
      expect(await waiting(api, cora)).toEqual([]);
    }
  });

  it('shows the newest ten of many messages and says how many there are', async () => {
    const { cora, ana, id } = await chatOf(api);
    for (let count = 1; count <= 13; count += 1) await api.given.message(ana, id, { body: `Word ${count}.` });
    await pass(api, 121);
    await look(api);
    const [text] = await mailsTo(api, cora);
    expect(text).toContain('these 13 messages');
    expect(text).toContain('3 earlier messages are not shown.');
    expect(text).not.toContain('> Word 3.');
    expect(text).toContain('> Word 4.');
  });
});

const chat = (body: string): Record<string, unknown> => ({ clientMsgId: newId(), kind: 'chat', body });

describe('more mails than a person may get in an hour', () => {
  const api = testApi({ env: { RATE_LIMIT_SCALE: '0.2' } });

  it('become one later mail, and nothing of them is lost', async () => {
    const { cora, ana, id } = await chatOf(api);
    for (let count = 1; count <= 7; count += 1)
      await api.given.message(ana, id, { kind: 'comment', body: `Comment ${count}.` });
    expectStatus(200, await ana.put(`/api/tickets/${id}/status`, { status: 'resolved' }));
    const atOnce = await mailsTo(api, cora);
    expect(atOnce).toHaveLength(4);
    expect(await waiting(api, cora)).toMatchObject([{ ticketNumber: id }]);
    await pass(api, 900);
    await look(api);
    expect(await mailsTo(api, cora)).toHaveLength(4);
    api.clock.forward(3_600_000);
    await pass(api, 900);
    await look(api);
    const later = (await mailsTo(api, cora)).slice(4);
    expect(later).toHaveLength(1);
    for (const part of ['> Comment 5.', '> Comment 6.', '> Comment 7.', 'Status: Solved'])
      expect(later[0]).toContain(part);
    expect(later[0]).not.toContain('> Comment 4.');
    expect(await waiting(api, cora)).toEqual([]);
  });
});

describe('an address that nobody has confirmed', () => {
  const unconfirm = async (api: Api, person: Person): Promise<void> => {
    await api.rows('UPDATE users SET confirmedAt = NULL WHERE id = ?', [person.id]);
  };

  describe('where that is not asked for', () => {
    const api = testApi();

    it('gets one neutral mail of fifty tickets, without a word that was typed', async () => {
      const cora = await api.given.customer({ name: 'Buy https://evil.test' });
      await unconfirm(api, cora);
      for (let count = 0; count < 50; count += 1)
        await api.given.ticket({ by: cora, subject: 'Win at evil.test', description: 'Go to https://evil.test' });
      const texts = await mailsTo(api, cora);
      expect(texts).toHaveLength(1);
      const rows = await api.rows('SELECT subject, text, html FROM mails WHERE userId = ?', [cora.id]);
      expect(JSON.stringify(rows)).not.toContain('evil.test');
      expect(String(rows[0].subject)).toMatch(/^\[#\d+\] Your request$/);
    }, 60_000);
  });

  describe('where it must be', () => {
    const api = testApi({ env: { EMAIL_CONFIRMATION: 'required' } });

    it('gets no word that anybody wrote until it is confirmed, and all of it then', async () => {
      const { cora, ana, id } = await chatOf(api);
      await unconfirm(api, cora);
      await api.given.ticket({ by: cora });
      await api.given.message(ana, id, { kind: 'comment', body: 'On record' });
      await api.given.message(ana, id, { body: 'In chat' });
      await pass(api, 1_000);
      await look(api);
      expect(await mailsTo(api, cora)).toEqual([]);
      await api.rows(`UPDATE users SET confirmedAt = ${databaseNow(ENGINE)} WHERE id = ?`, [cora.id]);
      await pass(api, 1_000);
      await look(api);
      const [text, ...more] = await mailsTo(api, cora);
      expect(more).toEqual([]);
      expect(text).toMatch(/> On record[^]*> In chat/);
    });
  });
});
