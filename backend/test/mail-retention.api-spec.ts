import { DataSource } from 'typeorm';
import { newId } from '../src/common';
import { UnitOfWork } from '../src/database';
import { Mailer, renderMail } from '../src/mail';
import { Mail } from '../src/mail/mail.entity';
import { OldMailsSweeper } from '../src/mail/old-mails.sweeper';
import { expectStatus, testApi, type Api, type Person } from './support/api-client';
import { DAY } from './support/moved-clock';
import { Postman } from './support/postman';
import { until } from './support/until';

const postman = new Postman();
const env = { SMTP_URL: '', MAIL_RETENTION_DAYS: '7' };
beforeAll(async () => {
  env.SMTP_URL = await postman.listen();
});
afterAll(() => postman.close());

async function send(api: Api): Promise<string> {
  const to = `${newId()}@example.com`;
  const mail = renderMail({ language: 'en', subject: 'a', greeting: 'Hello,', paragraphs: [], closing: 'b' });
  await api.part(UnitOfWork).run((tx) => api.part(Mailer).send(tx, to, mail));
  return to;
}

const statusOf = async (api: Api, to: string): Promise<string | undefined> => {
  const [row] = await api.rows('SELECT status FROM mails WHERE recipient = ?', [to]);
  return row && String(row.status);
};
const become = (api: Api, status: string, to: string): Promise<unknown> =>
  until(`the mail is ${status}`, async () => (await statusOf(api, to)) === status);
/** As if it had been written so many days earlier. */
const age = async (api: Api, to: string, days: number): Promise<void> => {
  const [{ createdAt }] = await api.part(DataSource).manager.findBy(Mail, { recipient: to });
  const earlier = new Date(createdAt.getTime() - days * DAY);
  await api.part(DataSource).manager.update(Mail, { recipient: to }, { createdAt: earlier });
};
const sweep = (api: Api): Promise<number> => api.part(OldMailsSweeper).sweep();

describe('mails that nobody needs any more', () => {
  const api = testApi({ env });
  afterEach(() => postman.behave('take'));

  it('are removed once they were sent, after as many days as the setting says', async () => {
    const to = await send(api);
    await become(api, 'sent', to);
    await age(api, to, 6.99);
    await sweep(api);
    expect(await statusOf(api, to)).toBe('sent');
    await age(api, to, 0.02);
    expect(await sweep(api)).toBeGreaterThan(0);
    expect(await statusOf(api, to)).toBeUndefined();
    expect(await sweep(api)).toBe(0);
  });

  it('stay for ninety days when they were given up, and leave no job behind', async () => {
    postman.behave('refuse', 1);
    const to = await send(api);
    await become(api, 'parked', to);
    await age(api, to, 89);
    await sweep(api);
    expect(await statusOf(api, to)).toBe('parked');
    expect(await api.rows(`SELECT id FROM outbox WHERE state = 'parked'`)).toHaveLength(1);
    await age(api, to, 2);
    await sweep(api);
    expect(await statusOf(api, to)).toBeUndefined();
    expect(await api.rows(`SELECT id FROM outbox WHERE state = 'parked'`)).toEqual([]);
  });

  it('stay while they wait to be sent, however long', async () => {
    postman.behave('refuse for now');
    const to = await send(api);
    await become(api, 'failed', to);
    await age(api, to, 400);
    await sweep(api);
    expect(await statusOf(api, to)).toBe('failed');
  });

  it('stay for an address that nobody confirmed, so that it is written to once and never again', async () => {
    const cora = await api.given.customer();
    await api.rows('UPDATE users SET confirmedAt = NULL WHERE id = ?', [cora.id]);
    await api.given.ticket({ by: cora });
    const to = cora.account.email;
    await become(api, 'sent', to);
    await age(api, to, 400);
    await sweep(api);
    expect(await statusOf(api, to)).toBe('sent');
  });
});

describe('without a mail server', () => {
  const api = testApi({ env: { MAIL_RETENTION_DAYS: '120' } });

  it('mails are kept as long as sent ones where that is longer than ninety days', async () => {
    const to = await send(api);
    await age(api, to, 119);
    await sweep(api);
    expect(await statusOf(api, to)).toBe('kept');
    await age(api, to, 2);
    await sweep(api);
    expect(await statusOf(api, to)).toBeUndefined();
  });
});

describe('a mail that an admin sends again', () => {
  const api = testApi({ env });
  let admin: Person;
  beforeAll(async () => {
    admin = await api.given.admin();
  });
  const retries = async (): Promise<unknown[]> =>
    expectStatus(200, await admin.get('/api/audit?action=mail.retried')).body as unknown[];

  it('stands in the log with who did it; a refused try does not', async () => {
    postman.behave('refuse', 1);
    const to = await send(api);
    await become(api, 'parked', to);
    const { body } = expectStatus(200, await admin.get(`/api/mails?to=${to}`));
    const { id } = (body as { id: string }[])[0];
    expectStatus(200, await admin.post(`/api/mails/${id}/retry`));
    expect(await retries()).toMatchObject([{ actor: { id: admin.id }, object: { type: 'mail', id } }]);
    await become(api, 'sent', to);
    expectStatus(409, await admin.post(`/api/mails/${id}/retry`));
    expect(await retries()).toHaveLength(1);
  });
});
