import { newId } from '../src/common';
import { TicketMailer } from '../src/notifications/mails/ticket-mailer';
import { expectStatus, testApi, type Person } from './support/api-client';
import { headerOf, Postman, type Delivered } from './support/postman';
import { until } from './support/until';

const PUBLIC_URL = 'https://help.example.com';
const postman = new Postman();
const env = { PUBLIC_URL, SMTP_URL: '' };
beforeAll(async () => {
  env.SMTP_URL = await postman.listen();
});
const api = testApi({ env });
afterAll(() => postman.close());

/** Until nothing is left that could still become a mail. */
const settled = (): Promise<unknown> =>
  until(
    'all mails are out',
    async () => !(await api.rows(`SELECT id FROM outbox WHERE kind IN ('ticket.mail', 'mail.send')`)).length,
    10_000,
  );

/** All mails to somebody, oldest first, once there are no more to come. */
async function mailsTo({ account: { email } }: Person): Promise<Delivered[]> {
  await settled();
  return postman.to(email);
}

/** The text part of a mail as it is read. */
function textOf({ source }: Delivered): string {
  const part = source.slice(source.indexOf('text/plain')).split(/\r\n----/)[0];
  const [headers, ...body] = part.split('\r\n\r\n');
  const coded = body.join('\r\n\r\n');
  if (headers.includes('base64')) return Buffer.from(coded, 'base64').toString().replaceAll('\r\n', '\n');
  const bytes = coded
    .replaceAll(/=\r\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
  return Buffer.from(bytes, 'latin1').toString().replaceAll('\r\n', '\n');
}

async function held(details: { subject?: string } = {}) {
  const [cora, ana] = [await api.given.customer({ name: 'Cora' }), await api.given.agent({ name: 'Ana' })];
  const ticket = await api.given.ticket({ by: cora, subject: 'Blank pages', ...details });
  expectStatus(200, await ana.put(`/api/tickets/${ticket.id}/assignee`, { agentId: ana.id }));
  await settled();
  postman.delivered.length = 0;
  return { cora, ana, id: ticket.id as number };
}

const prefer = async (person: Person, preferences: object): Promise<void> => {
  expectStatus(200, await person.patch('/api/me', { preferences }));
};

describe('a mail about a ticket', () => {
  it('tells the customer that it was received, with its number, once', async () => {
    const cora = await api.given.customer({ name: 'Cora' });
    const key = { 'idempotency-key': newId() };
    const input = { subject: 'Blank pages', description: 'Since this morning.' };
    const { body } = expectStatus(201, await cora.post('/api/tickets', input, key));
    await cora.post('/api/tickets', input, key);
    const [mail, ...more] = await mailsTo(cora);
    expect(more).toEqual([]);
    expect(headerOf(mail, 'Subject')).toBe(`[#${body.id}] Blank pages`);
    expect(textOf(mail)).toContain(`Hello Cora,\n\nWe have received your request. Its number is #${body.id}.`);
    expect(textOf(mail)).toContain(`${PUBLIC_URL}/tickets/${body.id}`);
    expect(textOf(mail)).toContain('You get this mail because it is about your own ticket.');
    expect(textOf(mail)).toContain(`Choose which mails you get:\n${PUBLIC_URL}/profile`);
  });

  it('says who opened it for the customer', async () => {
    const [cora, ana] = [await api.given.customer(), await api.given.agent({ name: 'Ana' })];
    expectStatus(201, await ana.post('/api/tickets', { subject: 'a', description: 'b', requesterId: cora.id }));
    expect(textOf((await mailsTo(cora))[0])).toContain('Ana opened a ticket for you.');
    expect(await mailsTo(ana)).toEqual([]);
  });

  it('brings a comment to the other side, and nothing to whoever wrote it', async () => {
    const { cora, ana, id } = await held();
    await api.given.message(ana, id, { kind: 'comment', body: 'Try **another**\ncartridge' });
    await api.given.message(cora, id, { kind: 'comment', body: 'It works.' });
    const [toCora, ...moreToCora] = await mailsTo(cora);
    const [toAna, ...moreToAna] = await mailsTo(ana);
    expect([moreToCora, moreToAna]).toEqual([[], []]);
    expect(textOf(toCora)).toContain('Ana wrote:\n\n> Try **another**\n> cartridge');
    expect(textOf(toAna)).toContain('Cora wrote:\n\n> It works.');
  });

  it('tells of a new status in the words of each side', async () => {
    const { cora, ana, id } = await held();
    const colleague = await api.given.agent();
    expectStatus(200, await colleague.put(`/api/tickets/${id}/status`, { status: 'resolved' }));
    expect((await mailsTo(cora)).map(textOf)).toEqual([expect.stringContaining('Status: Solved')]);
    expect((await mailsTo(ana)).map(textOf)).toEqual([expect.stringContaining('Status: Resolved')]);
    expect(await mailsTo(colleague)).toEqual([]);
  });

  it('tells of an assignment whom it was given to, and nobody who took it', async () => {
    const { ana, id } = await held();
    const colleague = await api.given.agent();
    expectStatus(200, await ana.put(`/api/tickets/${id}/assignee`, { agentId: colleague.id }));
    expect((await mailsTo(colleague)).map(textOf)).toEqual([
      expect.stringContaining('Ana assigned this ticket to you.'),
    ]);
    expect(await mailsTo(ana)).toEqual([]);
  });

  it('never tells anybody of a note', async () => {
    const { cora, ana, id } = await held();
    const colleague = await api.given.agent();
    await api.given.message(colleague, id, { kind: 'note', body: 'between us' });
    expect([...(await mailsTo(cora)), ...(await mailsTo(ana))]).toEqual([]);
    expect(await api.rows('SELECT userId FROM mail_digests WHERE ticketNumber = ?', [id])).toEqual([]);
    expect(await api.rows(`SELECT id FROM mails WHERE text LIKE '%between us%'`)).toEqual([]);
  });

  it('is written in German to whoever reads German', async () => {
    const { cora, ana, id } = await held();
    await prefer(cora, { language: 'de' });
    await api.given.message(ana, id, { kind: 'comment', body: 'Bitte schön.' });
    const [mail] = await mailsTo(cora);
    const text = textOf(mail);
    for (const part of ['Guten Tag Cora,', 'Ana schrieb:', '> Bitte schön.', 'Ticket öffnen:'])
      expect(text).toContain(part);
    for (const part of ['Hello', 'wrote', 'Open the ticket']) expect(mail.source).not.toContain(part);
    expect(mail.source).toContain('<html lang=3D"de">');
  });

  it.each([
    ['messages', 'comment'],
    ['status', 'status'],
    ['assignments', 'assignment'],
  ])('of the kind %s is not sent to whoever has switched it off', async (setting, event) => {
    const { cora, ana, id } = await held();
    const colleague = await api.given.agent();
    for (const person of [cora, ana, colleague]) await prefer(person, { email: { [setting]: false } });
    if (event === 'comment') await api.given.message(ana, id, { kind: 'comment' });
    else if (event === 'status')
      expectStatus(200, await colleague.put(`/api/tickets/${id}/status`, { status: 'closed' }));
    else expectStatus(200, await ana.put(`/api/tickets/${id}/assignee`, { agentId: colleague.id }));
    for (const person of [cora, ana, colleague]) expect(await mailsTo(person)).toEqual([]);
  });

  it('is not sent to people who are switched off, nor of a ticket that was deleted', async () => {
    const { cora, ana, id } = await held();
    const admin = await api.given.admin();
    expectStatus(200, await admin.patch(`/api/users/${cora.id}`, { active: false }));
    await api.given.message(ana, id, { kind: 'comment' });
    expect(await mailsTo(cora)).toEqual([]);
    const other = await held();
    await api.rows(`UPDATE tickets SET deletedAt = createdAt WHERE number = ?`, [other.id]);
    await other.ana.put(`/api/tickets/${other.id}/status`, { status: 'closed' });
    expect(await mailsTo(other.cora)).toEqual([]);
  });
});

describe('the worker that makes mails', () => {
  const commentJob = (id: number, ana: Person, cora: Person, messageId: string) => ({
    about: 'comment',
    ticketNumber: id,
    actorId: ana.id,
    messageId,
    to: [cora.id],
  });

  it('tells nobody twice when it was interrupted and begins again', async () => {
    const { cora, ana, id } = await held();
    const message = await api.given.message(ana, id, { kind: 'comment' });
    await settled();
    for (let count = 0; count < 2; count += 1)
      await api.part(TicketMailer).run(commentJob(id, ana, cora, message.id), newId());
    expect(await mailsTo(cora)).toHaveLength(1);
  });

  it('tells nobody of what was removed meanwhile, nor whoever may not read the ticket', async () => {
    const { cora, id } = await held();
    const stranger = await api.given.customer();
    const message = await api.given.message(cora, id, { kind: 'comment', body: 'a slip' });
    await api.part(TicketMailer).run(commentJob(id, cora, stranger, message.id), newId());
    await api.rows('UPDATE messages SET removedAt = createdAt WHERE id = ?', [message.id]);
    const colleague = await api.given.agent();
    await api.part(TicketMailer).run(commentJob(id, cora, colleague, message.id), newId());
    expect([...(await mailsTo(stranger)), ...(await mailsTo(colleague))]).toEqual([]);
  });
});

describe('the headers of a mail about a ticket', () => {
  it('keep all mails of a ticket together, and say that a machine wrote them', async () => {
    const { cora, ana, id } = await held();
    await api.given.message(ana, id, { kind: 'comment', body: 'One' });
    await api.given.message(ana, id, { kind: 'comment', body: 'Two' });
    const mails = await mailsTo(cora);
    expect(mails).toHaveLength(2);
    for (const mail of mails) {
      expect(headerOf(mail, 'References')).toBe(`<ticket-${id}@help.example.com>`);
      expect(headerOf(mail, 'In-Reply-To')).toBe(`<ticket-${id}@help.example.com>`);
      expect(headerOf(mail, 'Auto-Submitted')).toBe('auto-generated');
      expect(headerOf(mail, 'To')).toBe(cora.account.email);
      expect(mail.source).toContain('multipart/alternative');
    }
    expect(new Set(mails.map((mail) => headerOf(mail, 'Message-ID'))).size).toBe(2);
  });

  const NASTY = [
    'Hello\r\nBcc: x@evil.test',
    'Hello\nTo: x@evil.test\n\nBody',
    '"a" <x@evil.test>,',
    'Übel 😀 =?utf-8?q?x?= <x@evil.test>',
    '; x@evil.test',
  ];

  it.each(NASTY)('stay what they are when a person is called %j', async (name) => {
    const { cora, ana, id } = await held();
    await api.rows('UPDATE users SET name = ? WHERE id IN (?, ?)', [name, cora.id, ana.id]);
    await api.given.message(ana, id, { kind: 'comment' });
    const [mail, ...more] = await mailsTo(cora);
    expect(more).toEqual([]);
    expect(mail.recipients).toEqual([cora.account.email]);
    expect(headerOf(mail, 'To')).toBe(cora.account.email);
    expect(mail.headers).not.toMatch(/^(?:Bcc|Cc):|evil/im);
  });

  it.each(NASTY)('stay what they are when the subject is %j', async (subject) => {
    const { cora, ana, id } = await held();
    await api.rows('UPDATE tickets SET subject = ? WHERE number = ?', [subject, id]);
    await api.given.message(ana, id, { kind: 'comment' });
    const [mail] = await mailsTo(cora);
    expect(mail.recipients).toEqual([cora.account.email]);
    expect(mail.headers.match(/^Subject:/gim)).toHaveLength(1);
    expect(mail.headers.match(/^To:/gim)).toHaveLength(1);
    expect(mail.headers).not.toMatch(/^(?:Bcc|Cc):/im);
  });
});

describe('what somebody wrote', () => {
  it('is text in the mail, whatever it looks like', async () => {
    const { cora, ana, id } = await held();
    const body = '<img src="https://evil.test/p.png"><script>x</script> [a](javascript:alert(1)) https://evil.test/';
    await api.given.message(ana, id, { kind: 'comment', body });
    await settled();
    const [row] = await api.rows('SELECT html FROM mails WHERE userId = ? ORDER BY id DESC', [cora.id]);
    const html = String(row.html);
    expect(html).toContain('&lt;img src=&quot;https://evil.test/p.png&quot;&gt;&lt;script&gt;');
    expect(html).not.toMatch(/<(?:img|script)\b/);
    const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href);
    expect(links.filter((href) => !href.startsWith(`${PUBLIC_URL}/`))).toEqual([]);
    expect(links).toEqual([
      `${PUBLIC_URL}/tickets/${id}`,
      `${PUBLIC_URL}/profile#notify-message`,
      expect.stringMatching(/\/unsubscribe\?token=/),
    ]);
  });
});

describe('unsubscribing', () => {
  async function unsubscribeLink(setting: 'messages' | 'status') {
    const { cora, ana, id } = await held();
    if (setting === 'messages') await api.given.message(ana, id, { kind: 'comment' });
    else expectStatus(200, await ana.put(`/api/tickets/${id}/status`, { status: 'resolved' }));
    const [mail] = await mailsTo(cora);
    expect(headerOf(mail, 'List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click');
    const url = /^<(.*)>$/.exec(headerOf(mail, 'List-Unsubscribe') ?? '')?.[1] ?? '';
    expect(url.startsWith(`${PUBLIC_URL}/api/mails/unsubscribe?token=`)).toBe(true);
    return { cora, ana, id, path: url.slice(PUBLIC_URL.length) };
  }
  const wishesOf = async (person: Person): Promise<unknown> => (await person.get('/api/me')).body.preferences.email;

  it('takes one click of a mail program, for this kind of mail alone, and can be repeated', async () => {
    const { cora, ana, id, path } = await unsubscribeLink('messages');
    for (let count = 0; count < 2; count += 1) {
      const answer = await fetch(`${api.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'List-Unsubscribe=One-Click',
      });
      expect(answer.status).toBe(204);
    }
    expect(await wishesOf(cora)).toMatchObject({ messages: false, status: true, assignments: true });
    postman.delivered.length = 0;
    await api.given.message(ana, id, { kind: 'comment' });
    expect(await mailsTo(cora)).toEqual([]);
  });

  it('changes nothing when the link is only looked at, but leads to a page', async () => {
    const { cora, path } = await unsubscribeLink('status');
    const answer = await fetch(`${api.url}${path}`, { redirect: 'manual' });
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toMatch(/^https:\/\/help\.example\.com\/unsubscribe\?token=[\w.-]+$/);
    expect(await wishesOf(cora)).toMatchObject({ messages: true, status: true, assignments: true });
  });

  it('needs a token that was made for it', async () => {
    const { cora, ana, path } = await unsubscribeLink('messages');
    const token = path.split('token=')[1];
    const [userId, setting, seal] = token.split('.');
    const wrong = [
      `${ana.id}.${setting}.${seal}`,
      `${userId}.status.${seal}`,
      `${userId}.sound.${seal}`,
      `${userId}.${setting}`,
      `${token}.x`,
      `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`,
      cora.signIn.accessToken,
    ];
    for (const bad of wrong) {
      const { status } = await api.anyone.post(`/api/mails/unsubscribe?token=${encodeURIComponent(bad)}`);
      expect(status).toBe(400);
    }
    expect(await wishesOf(cora)).toMatchObject({ messages: true, status: true, assignments: true });
    expect(await api.anyone.get('/api/me', { authorization: `Bearer ${token}` })).toMatchObject({ status: 401 });
  });

  it('is not offered by mails about an account', async () => {
    const cora = await api.given.customer();
    expectStatus(202, await api.anyone.post('/api/auth/password/forgot', { email: cora.account.email }));
    const mail = await postman.mailTo(cora.account.email);
    expect(headerOf(mail, 'List-Unsubscribe')).toBeUndefined();
    expect(headerOf(mail, 'References')).toBeUndefined();
  });
});
