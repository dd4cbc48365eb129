import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '../src/common';
import { databaseNow, UnitOfWork } from '../src/database';
import { Mailer, renderMail } from '../src/mail';
import { Api, expectStatus, problem, testApi, type Person } from './support/api-client';
import { ENGINE, scratch } from './support/databases';
import { headerOf, Postman } from './support/postman';
import { until } from './support/until';

const postman = new Postman();
const env = { PUBLIC_URL: 'https://help.example.com', SMTP_URL: '' };
beforeAll(async () => {
  env.SMTP_URL = await postman.listen();
});
const api = testApi({ env });
afterAll(() => postman.close());
afterEach(() => {
  postman.behave('take');
  postman.release();
});

const aMail = () =>
  renderMail({
    language: 'en',
    subject: 'Choose a new password',
    greeting: 'Hello,',
    paragraphs: ['As you asked.'],
    action: { label: 'Go on', url: 'https://help.example.com/reset-password?token=AbC-_123' },
    closing: 'Not https://elsewhere.example.com/reset-password?token=theirs',
  });

/** Hands in a mail to somebody new. */
async function send(by = api): Promise<string> {
  const recipient = `${newId()}@example.com`;
  await by.part(UnitOfWork).run((tx) => by.part(Mailer).send(tx, recipient, aMail()));
  return recipient;
}

let admin: Person;
beforeAll(async () => {
  admin = await api.given.admin();
});

interface SeenMail {
  id: string;
  status: string;
  attempts: number;
  lastError: string | null;
  sentAt: string | null;
  text: string;
  html: string;
}
const seen = async (recipient: string): Promise<SeenMail> =>
  expectStatus(200, await admin.get(`/api/mails?to=${recipient}`)).body[0];
const isNow = (status: string, recipient: string): Promise<unknown> =>
  until(`the mail is ${status}`, async () => (await seen(recipient)).status === status);
const tryNow = (by = api): Promise<unknown> =>
  by.rows(`UPDATE outbox SET runAfter = ${databaseNow(ENGINE, -1)} WHERE kind = 'mail.send'`);

describe('a mail that the server does not take', () => {
  it.each(['refuse for now', 'drop'] as const)(
    'because it would %s is tried again, under the same name',
    async (manner) => {
      postman.behave(manner, 1);
      const recipient = await send();
      await isNow('failed', recipient);
      const { id, lastError, attempts } = await seen(recipient);
      expect(attempts).toBe(1);
      expect(lastError).toEqual(expect.stringMatching(manner === 'drop' ? /clos|hang up|socket/i : /Try again later/));
      await tryNow();
      const mail = await postman.mailTo(recipient);
      expect(headerOf(mail, 'Message-ID')).toBe(`<${id}@help.example.com>`);
      await isNow('sent', recipient);
      expect(await seen(recipient)).toMatchObject({ attempts: 2, lastError: null, sentAt: expect.any(String) });
    },
  );

  it.each(['refuse', 'refuse the recipient'] as const)('because it does %s it is given up at once', async (manner) => {
    postman.behave(manner, 1);
    const recipient = await send();
    await isNow('parked', recipient);
    expect(await seen(recipient)).toMatchObject({ attempts: 1, lastError: expect.stringMatching(/55[04]/) });
    await tryNow();
    await sleep(1_200);
    expect(postman.to(recipient)).toEqual([]);
  });

  it('is given up after many tries, and says so in the list', async () => {
    postman.behave('refuse for now');
    const recipient = await send();
    await isNow('failed', recipient);
    await api.rows(`UPDATE outbox SET attempts = 14, runAfter = ${databaseNow(ENGINE, -1)} WHERE kind = 'mail.send'`);
    await isNow('parked', recipient);
    const parked = expectStatus(200, await admin.get('/api/mails?status=parked&limit=100')).body as SeenMail[];
    expect(parked.map(({ id }) => id)).toContain((await seen(recipient)).id);
    expect(parked.every(({ status }) => status === 'parked')).toBe(true);
  });

  it('was taken all the same when the connection broke too early: the repeat has the same name', async () => {
    postman.behave('cut', 1);
    const recipient = await send();
    await isNow('failed', recipient);
    await tryNow();
    await until('it came twice', () => postman.to(recipient).length === 2);
    expect(new Set(postman.to(recipient).map((mail) => headerOf(mail, 'Message-ID'))).size).toBe(1);
  });
});

describe('a mail server that hangs', () => {
  it('slows down nobody who works, and what waits goes out when it is back', async () => {
    postman.behave('hang');
    const recipients = await Promise.all(Array.from({ length: 12 }, () => send()));
    await until('all connections hang', () => postman.hangs === 5);
    const [cora, agent] = [await api.given.customer(), await api.given.agent()];
    const ticket = await api.given.ticket({ by: cora });
    const times: number[] = [];
    for (let count = 0; count < 20; count += 1) {
      const before = performance.now();
      await api.given.message(agent, ticket.id, { kind: 'comment', body: `Answer ${count}` });
      times.push(performance.now() - before);
    }
    expect(Math.max(...times)).toBeLessThan(1_000);
    expect((await admin.get('/api/mails/delivery')).body).toMatchObject({
      sending: true,
      waiting: expect.any(Number),
      waitingSince: expect.any(String),
    });
    postman.behave('take');
    postman.release();
    await until(
      'all are sent',
      async () => {
        await tryNow();
        return recipients.every((recipient) => postman.to(recipient).length > 0);
      },
      15_000,
    );
    await until('nothing waits', async () => (await admin.get('/api/mails/delivery')).body.waiting === 0, 15_000);
    expect(recipients.map((recipient) => postman.to(recipient).length)).toEqual(recipients.map(() => 1));
  }, 120_000);

  it('keeps nobody waiting who stops the server, and the mail is not lost', async () => {
    const database = await scratch();
    const stopping = new Api({ env, database });
    await stopping.start();
    const ofOthers = postman.connections;
    postman.behave('hang', 1);
    const recipient = await send(stopping);
    await until('a connection hangs', () => postman.hangs === 1);
    const before = performance.now();
    await stopping.stop();
    expect(performance.now() - before).toBeLessThan(12_000);
    await until('the connection that hung is closed', () => postman.connections <= ofOthers);
    expect(postman.to(recipient)).toEqual([]);
    const again = new Api({ env, database });
    await again.start();
    await until(
      'it is sent by the next one',
      async () => {
        await tryNow(again);
        return postman.to(recipient).length === 1;
      },
      15_000,
    );
    await again.stop();
    await database.drop();
  }, 120_000);
});

describe('many mails', () => {
  it('go over few connections that stay open', async () => {
    const recipients = await Promise.all(Array.from({ length: 40 }, () => send()));
    await until('all are sent', () => recipients.every((recipient) => postman.to(recipient).length), 15_000);
    const connections = new Set(recipients.map((recipient) => postman.to(recipient)[0].connection));
    expect(connections.size).toBeLessThanOrEqual(5);
  }, 30_000);
});

describe('a retry', () => {
  it('sends what was given up, at once', async () => {
    postman.behave('refuse', 1);
    const recipient = await send();
    await isNow('parked', recipient);
    const { id } = await seen(recipient);
    expect(await admin.post(`/api/mails/${id}/retry`)).toMatchObject({ status: 200, body: { id, status: 'queued' } });
    await postman.mailTo(recipient);
    await isNow('sent', recipient);
  });

  it('does not wait for the next try of what failed', async () => {
    postman.behave('refuse for now', 1);
    const recipient = await send();
    await isNow('failed', recipient);
    expectStatus(200, await admin.post(`/api/mails/${(await seen(recipient)).id}/retry`));
    await postman.mailTo(recipient);
  });

  it('sends what was kept while there was no mail server, once, however often it is asked for', async () => {
    const recipient = await send();
    await isNow('sent', recipient);
    const { id } = await seen(recipient);
    await api.rows(`UPDATE mails SET status = 'kept', sentAt = NULL WHERE id = ?`, [id]);
    const answers = await Promise.all(Array.from({ length: 4 }, () => admin.post(`/api/mails/${id}/retry`)));
    expect(answers.map(({ status }) => status).filter((status) => status !== 200 && status !== 409)).toEqual([]);
    await isNow('sent', recipient);
    await sleep(300);
    expect(postman.to(recipient)).toHaveLength(2);
  });

  it('of what was sent is refused, and so is one of nothing', async () => {
    const recipient = await send();
    await isNow('sent', recipient);
    const { id } = await seen(recipient);
    expect(await admin.post(`/api/mails/${id}/retry`)).toMatchObject(problem(409, 'already-sent'));
    expect(await admin.post(`/api/mails/${newId()}/retry`)).toMatchObject(problem(404, 'not-found'));
    expect(await admin.post('/api/mails/none/retry')).toMatchObject({ status: 400 });
  });
});

describe('the list of mails', () => {
  it('shows no key of a mail that is on its way, and leaves alone what leads elsewhere', async () => {
    postman.behave('refuse for now', 1);
    const recipient = await send();
    await isNow('failed', recipient);
    expect((await seen(recipient)).text).toContain('/reset-password?token=AbC-_123');
    await tryNow();
    const { source } = await postman.mailTo(recipient);
    expect(source).toContain('AbC-_123');
    await isNow('sent', recipient);
    const { text, html } = await seen(recipient);
    expect(`${text}${html}`).not.toContain('AbC-_123');
    expect(text).toContain('https://help.example.com/reset-password?token=…');
    expect(html).toContain('https://elsewhere.example.com/reset-password?token=theirs');
  });

  it('is filtered by status and by the beginning of the address, page after page', async () => {
    const recipients = [await send(), await send(), await send()];
    for (const recipient of recipients) await isNow('sent', recipient);
    const found = await admin.get(`/api/mails?to=${recipients[0].slice(0, 20)}&status=sent,parked`);
    expect(found.body).toMatchObject([{ to: recipients[0], status: 'sent' }]);
    const first = expectStatus(200, await admin.get('/api/mails?status=sent&limit=2'));
    const next = /<([^>]+)>/.exec(first.headers.link)?.[1] ?? '';
    const second = expectStatus(200, await admin.get(next));
    const ids = [...first.body, ...second.body].map(({ id }: SeenMail) => id);
    expect(ids).toEqual([...new Set(ids)].toSorted().reverse());
    expect(await admin.get('/api/mails?status=lost')).toMatchObject({ status: 400 });
    expect((await admin.get('/api/mails?to=%25')).body).toEqual([]);
  });
});
