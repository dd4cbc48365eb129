import { databaseNow, UnitOfWork } from '../../src/database';
import { Mailer, renderMail } from '../../src/mail';
import { testApi, type Api } from '../support/api-client';
import { ENGINE } from '../support/databases';
import { Postman } from '../support/postman';
import { until } from '../support/until';

const aMail = (subject = 'Your ticket') =>
  renderMail({
    language: 'en',
    subject,
    greeting: 'Hello Cora,',
    paragraphs: ['We <answered>.'],
    closing: 'Your help desk',
  });

const stored = async (api: Api, recipient: string): Promise<Record<string, unknown>> => {
  const [row] = await api.rows('SELECT id, subject, status, sentAt FROM mails WHERE recipient = ?', [recipient]);
  return row;
};

describe('a mail', () => {
  describe('with a mail server', () => {
    const postman = new Postman();
    const env = { PUBLIC_URL: 'https://help.example.com', MAIL_FROM: 'Help <help@example.com>', SMTP_URL: '' };
    beforeAll(async () => {
      env.SMTP_URL = await postman.listen();
    });
    const api = testApi({ env });
    afterAll(() => postman.close());

    const send = (recipient: string, subject?: string): Promise<void> =>
      api.part(UnitOfWork).run((tx) => api.part(Mailer).send(tx, recipient, aMail(subject)));
    const isSent = (recipient: string) => async (): Promise<boolean> =>
      (await stored(api, recipient)).status === 'sent' && !(await api.rows('SELECT id FROM outbox')).length;

    it('is sent once, soon after commit, and marked as sent', async () => {
      await send('cora@example.com');
      await until('it is sent', isSent('cora@example.com'));
      const mail = await stored(api, 'cora@example.com');
      expect(mail.sentAt).not.toBeNull();
      const [delivered, ...more] = postman.to('cora@example.com');
      expect(more).toEqual([]);
      expect(delivered.recipients).toEqual(['cora@example.com']);
      expect(delivered.headers).toContain(`Message-ID: <${String(mail.id)}@help.example.com>`);
      expect(delivered.headers).toContain('Auto-Submitted: auto-generated');
      expect(delivered.headers).toMatch(/^From: Help <help@example\.com>$/m);
      expect(delivered.headers).toMatch(/^Subject: Your ticket$/m);
      expect(delivered.source).toContain('We <answered>.');
      expect(delivered.source).toContain('We &lt;answered&gt;.');
    });

    it('is not sent for work that was rolled back', async () => {
      const failing = api.part(UnitOfWork).run(async (tx) => {
        await api.part(Mailer).send(tx, 'nobody@example.com', aMail());
        throw new Error('rolled back');
      });
      await expect(failing).rejects.toThrow('rolled back');
      await send('somebody@example.com');
      await until('the next one is sent', isSent('somebody@example.com'));
      expect(postman.to('nobody@example.com')).toEqual([]);
      await expect(stored(api, 'nobody@example.com')).resolves.toBeUndefined();
    });

    it('is tried again when it was not taken, and is still the same mail', async () => {
      postman.behave('refuse for now', 1);
      await send('later@example.com');
      await until('it failed', async () => (await stored(api, 'later@example.com')).status === 'failed');
      expect(postman.to('later@example.com')).toEqual([]);
      await api.rows(`UPDATE outbox SET runAfter = ${databaseNow(ENGINE, -1)}`);
      await until('it is sent', isSent('later@example.com'));
      const { id } = await stored(api, 'later@example.com');
      const [delivered, ...more] = postman.to('later@example.com');
      expect(more).toEqual([]);
      expect(delivered.headers).toContain(`Message-ID: <${String(id)}@help.example.com>`);
    });

    it('that was sent just before a crash is repeated under the same name, so that mail programs show it once', async () => {
      await send('twice@example.com');
      await until('it is sent', isSent('twice@example.com'));
      const { id } = await stored(api, 'twice@example.com');
      await api.rows(`UPDATE mails SET status = 'queued' WHERE id = ?`, [id]);
      await api.part(Mailer).run({ mailId: id });
      const names = postman.to('twice@example.com').map(({ headers }) => /^Message-ID: .*$/m.exec(headers)?.[0]);
      expect(names).toHaveLength(2);
      expect(new Set(names).size).toBe(1);
    });

    it('that is marked as sent is not sent again', async () => {
      await send('once@example.com');
      await until('it is sent', isSent('once@example.com'));
      const { id } = await stored(api, 'once@example.com');
      await api.part(Mailer).run({ mailId: id });
      expect(postman.to('once@example.com')).toHaveLength(1);
    });

    it.each([
      'Hello\r\nBcc: evil@example.com',
      'Hello\nTo: evil@example.com\n\nBody of my own',
      'Ünïcode 😀 =?utf-8?q?x?=',
    ])('with the subject %j has one recipient and no header of somebody else’s', async (subject) => {
      const recipient = `subject-${postman.delivered.length}@example.com`;
      await send(recipient, subject);
      await until('it is sent', isSent(recipient));
      const [{ recipients, headers }] = postman.to(recipient);
      expect(recipients).toEqual([recipient]);
      expect(headers).not.toMatch(/^(?:Bcc|To): evil/m);
      expect(headers.match(/^Subject:/gm)).toHaveLength(1);
    });
  });

  describe('without a mail server', () => {
    const api = testApi();

    it('is kept for admins to read, and nothing waits', async () => {
      await api.part(UnitOfWork).run((tx) => api.part(Mailer).send(tx, 'cora@example.com', aMail()));
      const admin = await api.given.admin();
      const { body } = await admin.get('/api/mails');
      expect(body).toMatchObject([{ to: 'cora@example.com', status: 'kept', sentAt: null, subject: 'Your ticket' }]);
      await expect(api.rows(`SELECT id FROM outbox WHERE kind = 'mail.send'`)).resolves.toEqual([]);
    });
  });
});
