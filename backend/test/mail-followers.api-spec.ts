import { DigestWorker } from '../src/notifications/mails/digest.worker';
import { expectStatus, testApi, type Api, type Person } from './support/api-client';
import { ENGINE } from './support/databases';
import { MINUTE } from './support/moved-clock';
import { until } from './support/until';
import { testSockets } from './sockets/support/device';

const settled = (api: Api): Promise<unknown> =>
  until(
    'nothing waits that could become a mail',
    async () => !(await api.rows(`SELECT id FROM outbox WHERE kind IN ('ticket.mail', 'notices')`)).length,
    10_000,
  );

interface Row {
  subject: string;
  text: string;
  html: string;
  setting: string;
}

async function mailsTo(api: Api, { id }: Person): Promise<Row[]> {
  await settled(api);
  const rows = await api.rows('SELECT subject, text, html, setting FROM mails WHERE userId = ? ORDER BY id', [id]);
  return rows as unknown as Row[];
}

/** As if so many seconds had passed since something happened, or since the person was last seen. */
async function pass(api: Api, seconds: number): Promise<void> {
  await settled(api);
  const earlier =
    ENGINE === 'mysql'
      ? `dueAt - INTERVAL ${seconds} SECOND`
      : `strftime('%Y-%m-%d %H:%M:%f', dueAt, '-${seconds} seconds')`;
  await api.rows(`UPDATE mail_digests SET dueAt = ${earlier}`);
  await api.part(DigestWorker).turn();
}

const prefer = async (person: Person, preferences: object): Promise<void> => {
  expectStatus(200, await person.patch('/api/me', { preferences }));
};

/** A customer's ticket that Ana holds and Ben follows, without mails so far. Zoe has nothing to do with it. */
async function followed(api: Api) {
  const cora = await api.given.customer({ name: 'Cora' });
  const [ana, ben, zoe] = [
    await api.given.agent({ name: 'Ana' }),
    await api.given.agent({ name: 'Ben' }),
    await api.given.agent({ name: 'Zoe' }),
  ];
  const id = (await api.given.ticket({ by: cora, subject: 'Blank pages', description: 'Since Monday.' })).id as number;
  expectStatus(200, await ana.put(`/api/tickets/${id}/assignee`, { agentId: ana.id }));
  expectStatus(204, await ben.put(`/api/tickets/${id}/followers/me`));
  await settled(api);
  for (const table of ['mails', 'mail_digests']) await api.rows(`DELETE FROM ${table}`);
  return { cora, ana, ben, zoe, id };
}

describe('whoever follows a ticket', () => {
  const api = testApi();
  const sockets = testSockets(api);

  it('is mailed all that was said, on record or not, once for a burst, after two minutes away', async () => {
    const { cora, ana, ben, id } = await followed(api);
    await api.given.message(cora, id, { body: 'Are you there?' });
    await api.given.message(ana, id, { kind: 'comment', body: 'It is the cartridge.' });
    await pass(api, 110);
    expect(await mailsTo(api, ben)).toEqual([]);
    await pass(api, 10);
    const [mail, ...more] = await mailsTo(api, ben);
    expect(more).toEqual([]);
    expect(mail.subject).toBe(`[#${id}] Blank pages`);
    expect(mail.text).toContain('You were away when these 2 messages were written.');
    expect(mail.text).toMatch(/Cora wrote:\n\n> Are you there\?[^]*Ana wrote:\n\n> It is the cartridge\./);
    await pass(api, 1_000);
    expect(await mailsTo(api, ben)).toHaveLength(1);
  });

  it('reads why they get it and where that is switched, in their language, also without HTML', async () => {
    const { cora, ben, id } = await followed(api);
    await prefer(ben, { language: 'de' });
    await api.given.message(cora, id, { body: 'Hello?' });
    await pass(api, 121);
    const [{ text, html, setting }] = await mailsTo(api, ben);
    expect(setting).toBe('messages');
    for (const part of [text, html]) {
      expect(part).toContain('Sie erhalten diese Mail, weil Sie diesem Ticket folgen.');
      expect(part).toContain('/profile#notify-message');
      expect(part).toContain('/unsubscribe?token=');
    }
  });

  it('is told of status and priority as they are in the end, with priority only where it is switched on', async () => {
    const { ana, ben, id } = await followed(api);
    await prefer(ben, { email: { priority: true } });
    for (const status of ['in_progress', 'resolved'])
      expectStatus(200, await ana.put(`/api/tickets/${id}/status`, { status }));
    expectStatus(200, await ana.put(`/api/tickets/${id}/priority`, { priority: 'urgent' }));
    await pass(api, 121);
    const [{ text }, ...more] = await mailsTo(api, ben);
    expect(more).toEqual([]);
    expect(text).toContain('This happened while you were away.\n\nStatus: Resolved\n\nPriority: Urgent');
    expect(text).not.toContain('In progress');
    await prefer(ben, { email: { priority: false } });
    expectStatus(200, await ana.put(`/api/tickets/${id}/priority`, { priority: 'low' }));
    await pass(api, 121);
    expect(await mailsTo(api, ben)).toHaveLength(1);
  });

  it('is mailed nothing of what they did themselves, read in time, or do not want', async () => {
    const { cora, ben, id } = await followed(api);
    await api.given.message(ben, id, { kind: 'comment', body: 'Mine' });
    expectStatus(200, await ben.put(`/api/tickets/${id}/priority`, { priority: 'urgent' }));
    await pass(api, 200);
    expect(await mailsTo(api, ben)).toEqual([]);

    await api.given.message(cora, id, { body: 'Read' });
    expectStatus(204, await ben.put(`/api/tickets/${id}/read`, { seq: 1_000 }));
    await pass(api, 200);
    expect(await mailsTo(api, ben)).toEqual([]);

    await prefer(ben, { email: { messages: false } });
    await api.given.message(cora, id, { body: 'Unwanted' });
    await pass(api, 200);
    await prefer(ben, { email: { messages: true }, notifications: { scope: 'mine' } });
    await api.given.message(cora, id, { body: 'Not theirs' });
    await pass(api, 200);
    expect(await mailsTo(api, ben)).toEqual([]);
  });

  it('is not mailed of a note, nor of a message that was taken back', async () => {
    const { ana, cora, ben, id } = await followed(api);
    await api.given.message(ana, id, { kind: 'note', body: 'between us' });
    const slip = await api.given.message(ana, id, { kind: 'comment', body: 'a slip' });
    expectStatus(200, await ana.delete(`/api/tickets/${id}/messages/${slip.id}`));
    await pass(api, 200);
    for (const person of [ben, cora])
      expect(JSON.stringify(await mailsTo(api, person))).not.toMatch(/between us|You were away/);
    expect(await mailsTo(api, ben)).toEqual([]);
  });

  it('waits for two minutes from when they were last seen', async () => {
    const { cora, ben, id } = await followed(api);
    const page = await sockets.connect(ben);
    await api.given.message(cora, id, { body: 'Hello' });
    await pass(api, 119);
    await pass(api, 110);
    expect(await mailsTo(api, ben)).toEqual([]);
    await page.ask('presence:set', { state: 'away' });
    await pass(api, 121);
    expect(await mailsTo(api, ben)).toHaveLength(1);
  });

  it('is told once when the worker tells many, however many follow', async () => {
    const { cora, ben, id } = await followed(api);
    const many: Person[] = [];
    for (let count = 0; count < 8; count += 1) {
      const agent = await api.given.agent();
      expectStatus(204, await agent.put(`/api/tickets/${id}/followers/me`));
      many.push(agent);
    }
    await api.given.message(cora, id, { body: 'To all of you' });
    await pass(api, 121);
    for (const person of [ben, ...many]) expect(await mailsTo(api, person)).toHaveLength(1);
  });

  it('leaves requester and assignee the mails they had: at once on record, and not once more', async () => {
    const { cora, ana, id } = await followed(api);
    const colleague = await api.given.agent();
    await api.given.message(colleague, id, { kind: 'comment', body: 'On record' });
    for (const person of [cora, ana]) expect(await mailsTo(api, person)).toHaveLength(1);
    await prefer(ana, { email: { priority: true } });
    expectStatus(200, await colleague.put(`/api/tickets/${id}/priority`, { priority: 'high' }));
    await pass(api, 200);
    expect(await mailsTo(api, cora)).toHaveLength(1);
    const [, digest, ...more] = await mailsTo(api, ana);
    expect(more).toEqual([]);
    expect(digest.text).toContain('Priority: High');
    expect(digest.text).toContain('because the ticket is assigned to you');
    expect(digest.text).not.toContain('On record');
  });
});

describe('whoever is mentioned in a note', () => {
  const api = testApi();

  it('is mailed the note, with why, also without any tie to the ticket; the customer is not', async () => {
    const { cora, ana, zoe, id } = await followed(api);
    await api.given.message(ana, id, { kind: 'note', body: 'What do you say, @Zoe?' });
    await api.given.message(ana, id, { kind: 'note', body: 'And @Cora need not know.' });
    await pass(api, 121);
    const [mail, ...more] = await mailsTo(api, zoe);
    expect(more).toEqual([]);
    expect(mail.setting).toBe('mentions');
    expect(mail.text).toContain('> What do you say, @Zoe?');
    expect(mail.text).not.toContain('need not know');
    expect(mail.text).toContain('You get this mail because you were mentioned in a note.');
    expect(mail.text).toContain('/profile#notify-mention');
    expect(await mailsTo(api, cora)).toEqual([]);
  });

  it('is not, where they read it, switched that off, or lost the right to', async () => {
    const { ana, zoe, ben, id } = await followed(api);
    await prefer(ben, { email: { mentions: false } });
    const leaver = await api.given.agent({ name: 'Lea' });
    await api.given.message(ana, id, { kind: 'note', body: '@Zoe @Ben @Lea' });
    expectStatus(204, await zoe.put(`/api/tickets/${id}/read`, { seq: 1_000 }));
    const admin = await api.given.admin();
    expectStatus(200, await admin.patch(`/api/users/${leaver.id}`, { role: 'customer' }));
    await pass(api, 200);
    for (const person of [zoe, ben, leaver]) expect(await mailsTo(api, person)).toEqual([]);
  });

  it('reads what the note says in the end, and nothing when it does not mention them any more', async () => {
    const { ana, zoe, id } = await followed(api);
    const first = await api.given.message(ana, id, { kind: 'note', body: '@Zoe, call back' });
    const second = await api.given.message(ana, id, { kind: 'note', body: '@Zoe, or not' });
    expectStatus(200, await ana.patch(`/api/tickets/${id}/messages/${first.id}`, { body: '@Zoe, call Cora back' }));
    expectStatus(200, await ana.patch(`/api/tickets/${id}/messages/${second.id}`, { body: 'Never mind' }));
    await pass(api, 121);
    const [{ text }] = await mailsTo(api, zoe);
    expect(text).toContain('> @Zoe, call Cora back');
    expect(text).not.toMatch(/or not|Never mind/);
  });
});

describe('whoever asked to hear of more than their own tickets', () => {
  const api = testApi();

  it('is mailed of all of them with the scope all', async () => {
    const { cora, zoe, id } = await followed(api);
    await prefer(zoe, { notifications: { scope: 'all' } });
    await api.given.message(cora, id, { body: 'Anybody?' });
    await pass(api, 121);
    const [{ text }] = await mailsTo(api, zoe);
    expect(text).toContain('> Anybody?');
    expect(text).toContain('because you asked to hear of more than your own tickets');
    await prefer(zoe, { notifications: { scope: 'followed' } });
  });

  it('is mailed of new tickets once that is switched on, and it is off at first', async () => {
    const { zoe, ben, cora } = await followed(api);
    await prefer(zoe, { email: { created: true } });
    const { id } = await api.given.ticket({ by: cora, subject: 'No toner', description: 'It is *empty*.' });
    await pass(api, 121);
    const [{ text, subject, setting }, ...more] = await mailsTo(api, zoe);
    expect([subject, setting, more]).toEqual([`[#${id}] No toner`, 'created', []]);
    expect(text).toContain('This ticket was opened while you were away.');
    expect(text).toContain('Cora wrote:\n\n> It is *empty*.');
    expect(await mailsTo(api, ben)).toEqual([]);
    await prefer(zoe, { email: { created: false } });
  });

  it('stops that with one click in the mail', async () => {
    const { cora, zoe } = await followed(api);
    await prefer(zoe, { email: { created: true } });
    await api.given.ticket({ by: cora });
    await pass(api, 121);
    const token = /unsubscribe\?token=(\S+)/.exec((await mailsTo(api, zoe))[0].text)?.[1] ?? '';
    expectStatus(204, await api.anyone.post(`/api/mails/unsubscribe?token=${token}`));
    expect(expectStatus(200, await zoe.get('/api/me')).body.preferences.email).toMatchObject({
      created: false,
      messages: true,
    });
  });
});

describe('in quiet hours', () => {
  const api = testApi();

  /** Around the time that it is, by the clock on the person's wall. */
  const quietNow = (timeZone: string): object => {
    const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    const at = (minutes: number): string => clock.format(new Date(Date.now() + minutes * MINUTE));
    return { timeZone, notifications: { quietHours: { on: true, from: at(-20), to: at(20) } } };
  };

  it('no mail about a ticket goes out, and nothing is lost when they are over', async () => {
    const { cora, ana, ben, id } = await followed(api);
    for (const person of [ana, ben]) await prefer(person, quietNow('Pacific/Auckland'));
    await api.given.message(cora, id, { kind: 'comment', body: 'On record' });
    await api.given.message(cora, id, { body: 'In chat' });
    await pass(api, 1_000);
    for (const person of [ana, ben]) expect(await mailsTo(api, person)).toEqual([]);
    for (const person of [ana, ben]) await prefer(person, { notifications: { quietHours: { on: false } } });
    await pass(api, 1_000);
    for (const person of [ana, ben]) {
      const [{ text }, ...more] = await mailsTo(api, person);
      expect(more).toEqual([]);
      expect(text).toMatch(/> On record[^]*> In chat/);
    }
  });

  it('mails go out where it is another time of day', async () => {
    const { cora, ana, id } = await followed(api);
    await prefer(ana, { ...quietNow('Asia/Kolkata'), timeZone: 'UTC' });
    await api.given.message(cora, id, { kind: 'comment', body: 'On record' });
    expect(await mailsTo(api, ana)).toHaveLength(1);
  });

  it('what was read before they end is not mailed', async () => {
    const { cora, ana, id } = await followed(api);
    await prefer(ana, quietNow('Asia/Kolkata'));
    await api.given.message(cora, id, { kind: 'comment', body: 'On record' });
    await settled(api);
    expectStatus(204, await ana.put(`/api/tickets/${id}/read`, { seq: 1_000 }));
    await prefer(ana, { notifications: { quietHours: { on: false } } });
    await pass(api, 1_000);
    expect(await mailsTo(api, ana)).toEqual([]);
  });
});

describe('more than a person may be mailed in an hour', () => {
  const api = testApi({ env: { RATE_LIMIT_SCALE: '0.05' } });

  it('holds a follower’s digest back, and keeps what is in it', async () => {
    const { cora, ana, ben, id } = await followed(api);
    await api.given.message(cora, id, { body: 'First' });
    await pass(api, 121);
    expect(await mailsTo(api, ben)).toHaveLength(1);
    await api.given.message(ana, id, { kind: 'comment', body: 'Second' });
    await pass(api, 1_000);
    expect(await mailsTo(api, ben)).toHaveLength(1);
    api.clock.forward(61 * MINUTE);
    await pass(api, 1_000);
    const [, { text }] = await mailsTo(api, ben);
    expect(text).toContain('This is what has happened since our last mail about this ticket.');
    expect(text).toContain('> Second');
    expect(text).not.toContain('First');
  });
});
