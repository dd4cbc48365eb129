import { newId } from '../../src/common';
import { dense } from '../sockets/support/merged';
import { aMessage, expectStatus, problem, type Answer } from '../support/api-client';
import { Caller } from '../support/caller';
import { ENGINE, scratch, type Scratch } from '../support/databases';
import { form, pdf } from '../support/files';
import { ADMIN, PrivateServer } from '../support/private-server';
import { until } from '../support/until';
import { SmallDisk } from './support/small-disk';

const MEGABYTES = 64;
const BACK_WITHIN_MS = 10_000;
/** MariaDB has a disk of its own. */
const MOST_SENT = { mysql: 40, sqlite: 3_000 };

const disk = SmallDisk.mount(MEGABYTES);

/** A real disk that is really full. What the product does before it comes to that is in files-without-room. */
(disk ? describe : describe.skip)(`a disk that is full under a server on ${ENGINE}`, () => {
  const small = disk!;
  let database: Scratch;
  let server: PrivateServer;
  let admin: Caller;
  let ticketId: number;
  beforeAll(async () => {
    database = await scratch();
    server = await PrivateServer.on({ ...database, dataDir: small.folder });
    const anyone = new Caller(() => server.url);
    const token = expectStatus(200, await anyone.post('/api/auth/login', ADMIN)).body.accessToken as string;
    admin = new Caller(() => server.url, { authorization: `Bearer ${token}` });
    const ticket = { subject: 'No room', description: 'Before it was full.' };
    ticketId = expectStatus(201, await admin.post('/api/tickets', ticket)).body.id as number;
  }, 120_000);
  afterAll(async () => {
    await server?.kill();
    small.unmount();
    await database?.drop();
  }, 30_000);

  const say = (message: object): Promise<Answer> => admin.post(`/api/tickets/${ticketId}/messages`, message);
  const upload = (key: string): Promise<Answer> =>
    admin.post(
      `/api/tickets/${ticketId}/attachments`,
      form({}, [{ bytes: pdf({ size: 200_000 }), name: 'a.pdf' }], 'file'),
      {
        'idempotency-key': key,
      },
    );
  const texts = async (): Promise<string[]> => {
    const all: { body: string; seq: number }[] = [];
    for (;;) {
      const path = `/api/tickets/${ticketId}/messages?limit=100&after=${all.at(-1)?.seq ?? 0}`;
      const page = expectStatus(200, await admin.get(path)).body as typeof all;
      all.push(...page);
      if (page.length < 100) return all.map(({ body }) => body);
    }
  };

  it('refuses files with 507, and on SQLite what would write with 503; who reads is served, and it heals by itself', async () => {
    const { pid } = server;
    expectStatus(201, await say(aMessage({ body: 'Before' })));
    small.fill();
    const sent: Record<string, unknown>[] = [];
    const acknowledged: Record<string, unknown>[] = [];
    // SQLite goes on for a while in what its log already has.
    for (let isRefused = false; !isRefused && sent.length < MOST_SENT[ENGINE];) {
      const wave = dense(1, 10).map((n) => aMessage({ body: `${sent.length + n} ${'x'.repeat(9_000)}` }));
      const answers = await Promise.all(wave.map(say));
      sent.push(...wave);
      acknowledged.push(...wave.filter((_message, index) => answers[index].status === 201));
      const refusals = answers.filter(({ status }) => status !== 201);
      for (const refusal of refusals) expect(refusal).toMatchObject(problem(503, 'unavailable'));
      isRefused = refusals.length > 0;
    }
    expect(acknowledged.length === sent.length).toBe(ENGINE === 'mysql');
    const key = newId();
    const refused = await upload(key);
    expect([503, 507]).toContain(refused.status);
    expect((await admin.get('/health/live')).status).toBe(200);
    expect(await texts()).toEqual(expect.arrayContaining(['Before', ...acknowledged.map(({ body }) => body)]));

    small.makeRoom();
    await until(
      'a word is stored again',
      async () => (await say(aMessage({ body: 'After' }))).status === 201,
      BACK_WITHIN_MS,
    );
    for (const message of sent) expect([200, 201]).toContain((await say(message)).status);
    expectStatus(201, await upload(key));
    expect((await texts()).toSorted()).toEqual(['Before', 'After', ...sent.map(({ body }) => String(body))].toSorted());
    expect(server.pid).toBe(pid);
    expect((await admin.get('/health/ready')).status).toBe(200);
  }, 90_000);
});
