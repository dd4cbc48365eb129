import type { DataSource } from 'typeorm';
import { createDataSource, databaseNow, dataSourceOptions } from '../../src/database';
import { expectStatus } from '../support/api-client';
import { Caller } from '../support/caller';
import { ENGINE, scratch, type Scratch } from '../support/databases';
import { headerOf, Postman } from '../support/postman';
import { ADMIN, PrivateServer } from '../support/private-server';
import { until } from '../support/until';

/** Whose mail server kills the sender in the moment in which it has taken a mail. */
describe('a server that dies between sending a mail and noting it down', () => {
  const postman = new Postman();
  let database: Scratch;
  let server: PrivateServer;
  let inside: DataSource;

  beforeAll(async () => {
    database = await scratch();
    server = await PrivateServer.on(database, { SMTP_URL: await postman.listen() });
    inside = await createDataSource(dataSourceOptions(database)).initialize();
  }, 60_000);
  afterAll(async () => {
    await inside.destroy();
    await server.stop();
    await postman.close();
    await database.drop();
  });

  it('sends the same mail again after it was started anew, under the same name, and then no more', async () => {
    const anyone = new Caller(() => server.url);
    const { accessToken } = expectStatus(200, await anyone.post('/api/auth/login', ADMIN)).body;
    const admin = new Caller(() => server.url, { authorization: `Bearer ${accessToken}` });
    postman.behave('hang', 1);
    const invited = { email: 'ines@example.com', name: 'Ines', role: 'agent' };
    expectStatus(201, await admin.post('/api/users', invited));
    await until('the mail is with the mail server', () => postman.hangs === 1, 10_000);
    await server.kill();
    postman.release();
    const [{ status, id }] = await inside.query<{ status: string; id: string }[]>('SELECT id, status FROM mails');
    expect(status).toBe('queued');
    expect(postman.seen.map((mail) => headerOf(mail, 'Message-ID'))).toEqual([`<${id}@localhost>`]);

    await server.start();
    // What the dead one had leased is free after a minute.
    await inside.query(`UPDATE outbox SET leaseUntil = ${databaseNow(ENGINE, -1)} WHERE kind = 'mail.send'`);
    const again = await postman.mailTo(invited.email);
    expect(headerOf(again, 'Message-ID')).toBe(`<${id}@localhost>`);
    await until('it is noted down', async () => {
      const [row] = await inside.query<{ status: string }[]>('SELECT status FROM mails');
      return row.status === 'sent' && !(await inside.query<unknown[]>('SELECT id FROM outbox')).length;
    });
    expect(postman.seen).toHaveLength(2);
  }, 90_000);
});
