import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadDemo } from '../src/background-app';
import { loadSettings } from '../src/config';
import { UserCreation, type DemoAccount } from '../src/operations';
import { expectStatus, problem, testApi } from './support/api-client';
import { Caller } from './support/caller';
import { scratch, type Scratch } from './support/databases';
import { startTestApp, type TestApp } from './support/test-app';

describe('the settings', () => {
  const api = testApi({ env: { TICKET_MAX_PDFS: '4', MAIL_FROM: 'Parley <desk@example.com>' } });

  it('are shown to admins, with what the environment sets', async () => {
    const admin = await api.given.admin();
    const { body } = expectStatus(200, await admin.get('/api/settings'));
    expect(body).toEqual(
      expect.arrayContaining([
        { name: 'TICKET_MAX_PDFS', group: 'Files', meaning: expect.any(String), value: '4', isGiven: true },
        { name: 'TICKET_MAX_IMAGES', group: 'Files', meaning: expect.any(String), value: '3', isGiven: false },
        expect.objectContaining({ name: 'MAIL_FROM', value: 'Parley <desk@example.com>', isGiven: true }),
      ]),
    );
  });

  it('are for nobody else', async () => {
    const [agent, customer] = [await api.given.agent(), await api.given.customer()];
    expect(await agent.get('/api/settings')).toMatchObject(problem(403, 'forbidden'));
    expect(await customer.delete('/api/settings/demo')).toMatchObject(problem(403, 'forbidden'));
  });

  it('say that there is no sample data', async () => {
    const admin = await api.given.admin();
    expect((await admin.get('/api/settings/demo')).body).toEqual({ people: 0, tickets: 0 });
    expect((await admin.delete('/api/settings/demo')).body).toEqual({ people: 0, tickets: 0, kept: [] });
  });
});

describe('the sample data', () => {
  const realAdmin = { email: 'root@example.org', password: 'heron-lantern-forty' };
  let database: Scratch;
  let running: TestApp;
  let accounts: DemoAccount[];

  beforeAll(async () => {
    database = await scratch();
    accounts = await loadDemo(
      loadSettings({
        NODE_ENV: 'test',
        LOG_LEVEL: 'silent',
        DATA_DIR: database.dataDir,
        ...(database.databaseUrl && { DATABASE_URL: database.databaseUrl }),
      }),
    );
    running = await startTestApp({ database });
    await running.app.get(UserCreation, { strict: false }).create({ ...realAdmin, role: 'admin', name: 'Rita' });
  }, 60_000);
  afterAll(async () => {
    await running.close();
    await database.drop();
  });

  async function signedIn({ email, password }: { email: string; password: string }): Promise<Caller> {
    const answer = await new Caller(() => running.url).post('/api/auth/login', { email, password });
    expectStatus(200, answer);
    return new Caller(() => running.url, { authorization: `Bearer ${answer.body.accessToken}` });
  }

  it('goes with one call of a real admin, and the log tells who did it', async () => {
    const sampleAdmin = accounts.find(({ role }) => role === 'admin') ?? accounts[0];
    const own = await signedIn(sampleAdmin);
    expect((await own.get('/api/settings/demo')).body).toEqual({ people: 6, tickets: 14 });
    expect(await own.delete('/api/settings/demo')).toMatchObject(problem(409, 'sample-account'));

    const admin = await signedIn(realAdmin);
    expect((await admin.delete('/api/settings/demo')).body).toEqual({ people: 6, tickets: 14, kept: [] });
    expect((await admin.get('/api/settings/demo')).body).toEqual({ people: 0, tickets: 0 });
    expect(existsSync(join(database.dataDir, 'demo-accounts.json'))).toBe(false);
    expect((await own.get('/api/me')).status).toBe(401);
    expect((await admin.get('/api/audit?action=sample-data.removed')).body).toMatchObject([
      { actor: { name: 'Rita' }, data: { people: 6, tickets: 14 } },
    ]);
  });
});
