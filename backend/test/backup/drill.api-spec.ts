import { AuditSealer, AuditVerifier } from '../../src/audit';
import type { Manifest } from '../../src/operations';
import { aMessage, expectStatus, problem, type Answer, type Api, type Person } from '../support/api-client';
import { inconsistencies } from '../support/consistency';
import { ENGINE, type Scratch } from '../support/databases';
import { S3Server } from '../support/s3-server';
import { until } from '../support/until';
import { granted, Sockets } from '../sockets/support/device';
import { backUp, digestsOf, EMOJI, furnish, Places, restoreTo, type Desk } from './support/installation';

/** What a restore changes on purpose. */
const CHANGED = ['conversations', 'sign_ins'];

const without = (digests: Record<string, unknown>, names: string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(digests).filter(([name]) => !names.includes(name)));

jest.setTimeout(60_000);

describe(`a backup on ${ENGINE}, restored into an empty database`, () => {
  const places = new Places();
  let before: Api;
  let after: Api;
  let desk: Desk;
  let manifest: Manifest;
  let restored: Scratch;
  let rowsSaved: Record<string, unknown>;
  let rowsRestored: Record<string, unknown>;
  let answers: Record<string, Answer>;
  let streamBefore: string;

  const paths = (): string[] => [
    `/api/tickets/${desk.ticketId}/messages?limit=100`,
    `/api/tickets/${desk.ticketId}/drafts/chat`,
    ...desk.fileIds.flatMap((id) => [`/api/attachments/${id}`]),
  ];
  const read = async (by: Person): Promise<Record<string, Answer>> =>
    Object.fromEntries(await Promise.all(paths().map(async (path) => [path, expectStatus(200, await by.get(path))])));
  const again = (person: Person): Promise<Person> => after.device(person.account);

  beforeAll(async () => {
    const database = await places.database();
    before = await places.product(database);
    desk = await furnish(before);
    await before.part(AuditSealer).run();
    // A number that is given and gone: nobody may get it again.
    await before.given.ticket();
    const folder = await places.folder();
    answers = await read(desk.agent);
    streamBefore = expectStatus(200, await desk.cora.get(`/api/tickets/${desk.ticketId}/events`)).headers[
      'parley-stream'
    ];
    await until('the words of all tickets are known', async () => {
      const [{ waiting }] = await before.rows('SELECT COUNT(*) AS waiting FROM conversations WHERE unsearched = 1');
      return Number(waiting) === 0;
    });
    manifest = await backUp(database, folder);
    rowsSaved = Object.fromEntries(
      manifest.tables.map(({ name, rows: { lines, linesSha256 } }) => [name, { lines, linesSha256 }]),
    );
    restored = await places.database();
    await restoreTo(restored, folder);
    rowsRestored = await digestsOf(restored);
    after = await places.product(restored);
  }, 120_000);
  afterAll(() => places.cleanUp());

  it('holds every table, row by row, and nothing else is changed by the restore', () => {
    expect(Object.keys(rowsSaved)).toEqual(expect.arrayContaining(['users', 'tickets', 'messages', 'audit_seals']));
    expect(without(rowsRestored, CHANGED)).toEqual(without(rowsSaved, CHANGED));
  });

  it('brings every message, draft and file back as it was', async () => {
    const found = await read(await again(desk.agent));
    for (const [path, { body }] of Object.entries(answers)) {
      if (!path.startsWith('/api/attachments')) expect(withoutLinks(found[path].body)).toEqual(withoutLinks(body));
      else expect(Buffer.compare(found[path].body, body)).toBe(0);
    }
    const messages = found[paths()[0]].body as { body?: string; kind: string }[];
    expect(messages.map(({ body }) => body)).toEqual(expect.arrayContaining([EMOJI, 'Only we know.']));
  });

  it('shows customers no more than before', async () => {
    const cora = await again(desk.cora);
    const { body } = expectStatus(200, await cora.get(`/api/tickets/${desk.ticketId}/messages?limit=100`));
    expect(JSON.stringify(body)).not.toContain('Only we know.');
  });

  it('still has what was deleted, for an admin to bring back', async () => {
    const admin = await again(desk.admin);
    expectStatus(200, await admin.post(`/api/tickets/${desk.deletedId}/restore`));
    expectStatus(200, await admin.get(`/api/tickets/${desk.deletedId}`));
  });

  it('finds words at once', async () => {
    const agent = await again(desk.agent);
    const { body } = expectStatus(200, await agent.get('/api/tickets?q=Drucker'));
    expect(body.map(({ id }: { id: number }) => id)).toContain(desk.ticketId);
  });

  it('keeps the seals of the audit log whole', async () => {
    const verdict = await after.part(AuditVerifier).verify();
    expect(verdict.damage).toBeNull();
    expect(verdict.head.position).toBeGreaterThan(5);
  });

  it('is sound in all that belongs together', async () => {
    expect(await inconsistencies((sql) => after.rows(sql))).toEqual({});
  });

  it('ends every sign-in, by access token and by cookie', async () => {
    const token = { authorization: `Bearer ${desk.cora.signIn.accessToken}` };
    expect(await after.anyone.get('/api/me', token)).toMatchObject(problem(401, 'unauthenticated'));
    expect(await after.anyone.post('/api/auth/refresh', undefined, desk.cora.cookie)).toMatchObject({ status: 401 });
  });

  it('tells whoever followed a conversation to begin anew', async () => {
    const cora = await again(desk.cora);
    const sockets = new Sockets(after);
    try {
      const device = await sockets.connect(cora);
      const answer = granted(
        await device.ask('ticket:subscribe', { ticketId: desk.ticketId, after: 3, stream: streamBefore }),
      );
      expect(answer).toMatchObject({ reset: true });
      expect(answer.stream).not.toBe(streamBefore);
      expect(answer.events[0]).toMatchObject({ seq: 1 });
    } finally {
      sockets.closeAll();
    }
  });

  it('takes a message that is sent again for the one it has', async () => {
    const cora = await again(desk.cora);
    const [{ clientMsgId, kind, body }] = answers[paths()[0]].body as Record<string, unknown>[];
    const path = `/api/tickets/${desk.ticketId}/messages`;
    expect(await cora.post(path, aMessage({ clientMsgId, kind, body }))).toMatchObject({
      status: 200,
      body: { duplicate: true },
    });
  });

  it('never gives a ticket number again', async () => {
    const [{ highest }] = await before.rows('SELECT MAX(number) AS highest FROM tickets');
    const { id } = await after.given.ticket();
    expect(id).toBeGreaterThan(Number(highest));
  });
});

/** Links are signed for each answer. */
const withoutLinks = (body: unknown): unknown =>
  JSON.parse(JSON.stringify(body, (name, value) => (/url$/i.test(name) ? undefined : (value as unknown))));

describe(`ticket numbers on ${ENGINE}`, () => {
  const places = new Places();
  afterAll(() => places.cleanUp());

  it('are not given again although the last ticket was purged before the backup', async () => {
    const database = await places.database();
    const before = await places.product(database);
    await before.given.ticket();
    const last = await before.given.ticket();
    for (const table of [
      'notifications',
      'mail_digests',
      'timeline_events',
      'messages',
      'participants',
      'conversations',
    ])
      await before.rows(`DELETE FROM ${table} WHERE ticketNumber = ?`, [last.id]);
    await before.rows('DELETE FROM tickets WHERE number = ?', [last.id]);
    const folder = await places.folder();
    await backUp(database, folder);
    const restored = await places.database();
    await restoreTo(restored, folder);
    const after = await places.product(restored);
    expect((await after.given.ticket()).id).toBe(last.id + 1);
  });
});

describe('files in an S3-compatible store', () => {
  const places = new Places();
  let stores: S3Server[];
  beforeAll(async () => {
    stores = [await S3Server.start(), await S3Server.start()];
  });
  afterAll(async () => {
    await places.cleanUp();
    for (const store of stores) await store.stop();
  });

  it('are backed up from one and restored into another', async () => {
    const database = await places.database();
    const before = await places.product(database, stores[0].env);
    const { agent, fileIds } = await furnish(before);
    const folder = await places.folder();
    const { files } = await backUp(database, folder, stores[0].env);
    expect(files).toMatchObject({ missing: [], changed: [], deletedMeanwhile: [] });
    const restored = await places.database();
    await restoreTo(restored, folder, { env: stores[1].env });
    expect(await stores[1].keys()).toEqual(expect.arrayContaining(await stores[0].keys()));
    const after = await places.product(restored, stores[1].env);
    const [now, then] = [await after.device(agent.account), agent];
    for (const id of fileIds) {
      const path = `/api/attachments/${id}`;
      expect(Buffer.compare((await now.get(path)).body, (await then.get(path)).body)).toBe(0);
    }
  });
});
