import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Settings } from '../src/config';
import { expectStatus, problem, testApi, type Api } from './support/api-client';
import { freePort } from './support/free-port';
import { Postman } from './support/postman';

type State = 'ok' | 'warning' | 'failed';
interface Finding {
  name: string;
  state: State;
  found: string;
  advice?: string;
}

async function findingsOf(api: Api): Promise<Map<string, Finding>> {
  const admin = await api.given.admin();
  const { body } = expectStatus(200, await admin.get('/api/self-test'));
  return new Map((body as Finding[]).map((finding) => [finding.name, finding]));
}

describe('the self-test', () => {
  const api = testApi({ env: { PUBLIC_URL: 'https://help.example.com' } });

  it('finds that everything works, and that mails are only kept', async () => {
    const findings = await findingsOf(api);
    expect([...findings.values()].map(({ name, state }) => [name, state])).toEqual([
      ['Database', 'ok'],
      ['Tables', 'ok'],
      ['Replicas', 'ok'],
      ['Nodes', 'ok'],
      ['Files', 'ok'],
      ['Mail', 'warning'],
      ['Background work', 'ok'],
      ['Public address', 'ok'],
    ]);
    expect(findings.get('Mail')?.advice).toContain('SMTP_URL');
    expect(findings.get('Database')?.advice).toBeUndefined();
  });

  it('is for admins alone', async () => {
    const agent = await api.given.agent();
    expect(await agent.get('/api/self-test')).toMatchObject(problem(403, 'forbidden'));
    expect(await agent.post('/api/self-test/mail')).toMatchObject(problem(403, 'forbidden'));
  });

  it('says which tables are missing', async () => {
    const [{ name }] = await api.rows('SELECT name FROM migrations ORDER BY id DESC LIMIT 1');
    await api.rows('DELETE FROM migrations WHERE name = ?', [name]);
    const finding = (await findingsOf(api)).get('Tables');
    await api.rows('INSERT INTO migrations (timestamp, name) VALUES (1, ?)', [name]);
    expect(finding).toMatchObject({ state: 'failed', found: `Not done yet: ${String(name)}.` });
    expect(finding?.advice).toContain('db:migrate');
  });

  it('says that jobs are late, and which were given up', async () => {
    await api.rows(
      `INSERT INTO outbox (id, kind, payload, state, runAfter, attempts, createdAt)
       VALUES ('019c9f3e-0000-7000-8000-000000000001', 'nobody.does', '{}', 'pending', '2020-01-01 00:00:00.000', 0, '2020-01-01 00:00:00.000')`,
    );
    expect((await findingsOf(api)).get('Background work')).toMatchObject({ state: 'failed' });
    await api.rows(`UPDATE outbox SET state = 'parked' WHERE kind = 'nobody.does'`);
    expect((await findingsOf(api)).get('Background work')).toMatchObject({
      state: 'warning',
      found: expect.stringContaining('Given up after many tries: 1.') as string,
    });
    await api.rows(`DELETE FROM outbox WHERE kind = 'nobody.does'`);
  });

  it('says when files cannot be kept', async () => {
    const folder = join(api.part(Settings).dataDir, 'files');
    await rm(folder, { recursive: true, force: true });
    await writeFile(folder, 'no folder');
    expect((await findingsOf(api)).get('Files')).toMatchObject({
      state: 'failed',
      advice: expect.stringContaining('STORAGE_URL') as string,
    });
  });

  it('sends no mail to try where no server is set up', async () => {
    const admin = await api.given.admin();
    expect(await admin.post('/api/self-test/mail')).toMatchObject(problem(409, 'no-mail-server'));
  });
});

describe('the self-test with a mail server', () => {
  const postman = new Postman();
  const env = { SMTP_URL: '' };
  beforeAll(async () => {
    env.SMTP_URL = await postman.listen();
  });
  const api = testApi({ env });
  afterAll(() => postman.close());

  it('hears what the server says to a mail to the admin’s own address', async () => {
    const admin = await api.given.admin();
    expect((await findingsOf(api)).get('Mail')).toMatchObject({ state: 'ok' });
    expect(expectStatus(200, await admin.post('/api/self-test/mail')).body).toEqual({
      sent: true,
      answer: expect.stringMatching(/^250 /) as string,
    });
    postman.behave('refuse');
    expect((await admin.post('/api/self-test/mail')).body).toEqual({
      sent: false,
      answer: expect.stringMatching(/\b5\d\d\b/) as string,
    });
    postman.behave('take');
  });
});

describe('the self-test with a mail server that is away', () => {
  const env = { SMTP_URL: '' };
  beforeAll(async () => {
    env.SMTP_URL = `smtp://127.0.0.1:${await freePort()}`;
  });
  const api = testApi({ env });

  it('says so, and what to do', async () => {
    expect((await findingsOf(api)).get('Mail')).toMatchObject({
      state: 'failed',
      found: expect.stringContaining('ECONNREFUSED') as string,
      advice: expect.stringContaining('SMTP_URL') as string,
    });
    const admin = await api.given.admin();
    expect((await admin.post('/api/self-test/mail')).body).toMatchObject({ sent: false });
  });
});
