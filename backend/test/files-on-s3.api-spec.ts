import { readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import sharp from 'sharp';
import { KEY_PREFIXES } from '../src/attachments/file-store';
import { OrphanedBytesSweeper } from '../src/attachments/orphaned-bytes.sweeper';
import { StagedFilesSweeper } from '../src/attachments/staged-files.sweeper';
import { newId } from '../src/common';
import { Settings } from '../src/config';
import { aMessage, Api, expectStatus, problem, type Answer, type Person } from './support/api-client';
import { Caller } from './support/caller';
import { scratch } from './support/databases';
import { freePort } from './support/free-port';
import { form, pdf, png } from './support/files';
import { DAY } from './support/moved-clock';
import { PrivateServer } from './support/private-server';
import { S3Server } from './support/s3-server';
import { until } from './support/until';

const QUICK_MS = 12_000;
const input = { subject: 'Blank pages', description: 'See the picture.' };

const picture = async () => ({ bytes: await png({ width: 900, height: 600 }), name: 'a.png', type: 'image/png' });
const document = () => ({ bytes: pdf({ size: 20_000 }), name: 'b.pdf', type: 'application/pdf' });
const stage = async (by: Person, ticketId: number, headers = {}): Promise<Answer> =>
  by.post(`/api/tickets/${ticketId}/attachments`, form({}, [await picture()], 'file'), headers);

describe('files in an S3-compatible store', () => {
  let store: S3Server;
  let api: Api;

  beforeAll(async () => {
    store = await S3Server.start();
    api = new Api({ env: store.env });
    await api.start();
  });

  afterAll(async () => {
    await api.stop();
    await store.stop();
  });

  const local = (): Promise<string[]> => readdir(join(api.part(Settings).dataDir, 'tmp'));
  const isReady = async (status: string): Promise<boolean> =>
    (await api.anyone.get('/health/ready')).body.status === status;
  const goneFromStore = (before: string[]): Promise<boolean> =>
    until('the bytes are gone', async () => (await store.keys()).every((key) => before.includes(key)), 10_000);

  it('are those of tickets and of messages, and leave nothing on the disk of the server', async () => {
    const [cora, agent] = [await api.given.customer(), await api.given.agent()];
    const before = (await store.keys()).length;
    const { body: ticket } = expectStatus(
      201,
      await cora.post('/api/tickets', form(input, [await picture(), document()])),
    );
    const { body: staged } = expectStatus(201, await stage(cora, ticket.id));
    const said = await api.given.message(cora, ticket.id, { attachmentIds: [staged.id] });
    expect((await store.keys()).length - before).toBe(5);
    await until('no temporary file is left', async () => !(await local()).length);
    for (const { id, size, mediaType } of [...ticket.attachments, ...said.attachments]) {
      const answer = await agent.get(`/api/attachments/${id}`);
      expect(answer).toMatchObject({ status: 200, type: mediaType, headers: { 'content-length': String(size) } });
      expect(answer.body).toHaveLength(size);
    }
    expect((await agent.get(`/api/attachments/${ticket.attachments[1].id}`)).body.equals(document().bytes)).toBe(true);
    expect((await sharp((await cora.get(staged.url)).body).metadata()).width).toBe(900);
    const small = await agent.get(`/api/attachments/${staged.id}/thumbnail`);
    expect((await sharp(small.body).metadata()).width).toBe(480);
  });

  it('are sent in parts, with the same headers as from a disk', async () => {
    const cora = await api.given.customer();
    const { body: ticket } = expectStatus(201, await cora.post('/api/tickets', form(input, [document()])));
    const [{ url }] = ticket.attachments;
    const { bytes } = document();
    const safe = {
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'private, no-store',
    };
    const part = await cora.get(url, { range: 'bytes=100-199' });
    expect(part).toMatchObject({
      status: 206,
      headers: { ...safe, 'content-range': 'bytes 100-199/20000', 'content-length': '100' },
    });
    expect(part.body.equals(bytes.subarray(100, 200))).toBe(true);
    expect((await cora.get(url, { range: 'bytes=-50' })).body.equals(bytes.subarray(-50))).toBe(true);
    expect(await cora.get(url, { range: 'bytes=20000-' })).toMatchObject({
      ...problem(416, 'range-not-satisfiable'),
      headers: { ...safe, 'content-range': 'bytes */20000' },
    });
    expect(await cora.send('HEAD', url)).toMatchObject({
      status: 200,
      headers: { ...safe, 'content-length': '20000', 'accept-ranges': 'bytes' },
      body: undefined,
    });
  });

  it('go with the message they belong to, and with their time when nobody sent them', async () => {
    const cora = await api.given.customer();
    const { id } = await api.given.ticket({ by: cora });
    const before = await store.keys();
    const { body: staged } = expectStatus(201, await stage(cora, id));
    const said = await api.given.message(cora, id, { attachmentIds: [staged.id] });
    expectStatus(200, await cora.delete(`/api/tickets/${id}/messages/${said.id}`));
    expect(await api.anyone.get(staged.url)).toMatchObject(problem(404, 'not-found'));
    await goneFromStore(before);
    const { body: forgotten } = expectStatus(201, await stage(cora, id));
    await api.rows("UPDATE attachments SET createdAt = '2026-01-01 00:00:00.000' WHERE id = ?", [forgotten.id]);
    expect(await api.part(StagedFilesSweeper).sweep()).toBe(1);
    await goneFromStore(before);
  });

  it('are swept when no row needs them, and others are not', async () => {
    const cora = await api.given.customer();
    const { body: ticket } = expectStatus(
      201,
      await cora.post('/api/tickets', form(input, [await picture(), await picture()])),
    );
    const [kept, lost] = ticket.attachments;
    await api.rows('DELETE FROM attachments WHERE id = ?', [lost.id]);
    const before = (await store.keys()).length;
    const sweep = async (): Promise<number> => {
      let deleted = 0;
      for (const prefix of KEY_PREFIXES) deleted += await api.part(OrphanedBytesSweeper).sweep(prefix);
      return deleted;
    };
    expect(await sweep()).toBe(0);
    await store.age(3 * DAY);
    expect(await sweep()).toBe(2);
    expect(await store.keys()).toHaveLength(before - 2);
    expectStatus(200, await cora.get(`/api/attachments/${kept.id}`));
    await api.rows("UPDATE attachments SET state = 'removed' WHERE id = ?", [kept.id]);
    expect(await sweep()).toBe(2);
  });

  it.each([
    ['refuses connections', () => store.goAway()],
    ['takes connections and says nothing', () => store.fallSilent()],
  ])(
    'are unavailable while the store %s, and nothing else is',
    async (_what, goAway) => {
      const [cora, agent] = [await api.given.customer(), await api.given.agent()];
      const { body: ticket } = expectStatus(201, await cora.post('/api/tickets', form(input, [document()])));
      const key = { 'idempotency-key': newId() };
      const rows = () => api.rows('SELECT id FROM attachments WHERE ticketNumber = ?', [ticket.id]);
      await goAway();
      const refused = { ...problem(503, 'unavailable'), headers: { 'retry-after': expect.any(String) } };
      const since = Date.now();
      expect(await stage(cora, ticket.id, key)).toMatchObject(refused);
      expect(await cora.get(ticket.attachments[0].url)).toMatchObject(refused);
      expect(Date.now() - since).toBeLessThan(QUICK_MS);
      expect(await cora.post('/api/tickets', form(input, [await picture()]))).toMatchObject(refused);
      const message = aMessage({ body: 'Are you there?' });
      expectStatus(201, await agent.post(`/api/tickets/${ticket.id}/messages`, message));
      expect(await api.anyone.get('/health/ready')).toMatchObject({ status: 200, body: { status: 'degraded' } });
      expect(await rows()).toHaveLength(1);
      await until('no temporary file is left', async () => !(await local()).length);

      await store.comeBack();
      await until('the server has noticed', () => isReady('ok'), 10_000);
      const { body: staged } = expectStatus(201, await stage(cora, ticket.id, key));
      await api.given.message(cora, ticket.id, { attachmentIds: [staged.id] });
      expectStatus(200, await agent.get(`/api/attachments/${staged.id}`));
      expect((await cora.get(ticket.attachments[0].url)).body.equals(document().bytes)).toBe(true);
      expect(await rows()).toHaveLength(2);
    },
    60_000,
  );

  it('are removed later when the store was away at that moment', async () => {
    const cora = await api.given.customer();
    const { id } = await api.given.ticket({ by: cora });
    const before = await store.keys();
    const { body: staged } = expectStatus(201, await stage(cora, id));
    const said = await api.given.message(cora, id, { attachmentIds: [staged.id] });
    await store.goAway();
    expectStatus(200, await cora.delete(`/api/tickets/${id}/messages/${said.id}`));
    expect(await api.anyone.get(staged.url)).toMatchObject(problem(404, 'not-found'));
    await store.comeBack();
    await goneFromStore(before);
  }, 40_000);
});

describe('a store that does not know us', () => {
  it('is away; the keys to it stand in no log and no answer', async () => {
    const [id, secret] = ['an-id-that-is-ours', 'a-word-that-is-secret'];
    const port = await freePort();
    const xml = `<Error><Code>SignatureDoesNotMatch</Code><AWSAccessKeyId>${id}</AWSAccessKeyId></Error>`;
    const store = createServer((_request, response) => response.writeHead(403).end(xml)).listen(port, '127.0.0.1');
    const database = await scratch();
    const server = await PrivateServer.on(database, {
      STORAGE_URL: `s3://files?endpoint=http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: id,
      AWS_SECRET_ACCESS_KEY: secret,
      LOG_LEVEL: 'trace',
    });
    try {
      const anyone = new Caller(() => server.url);
      const isDegraded = async () => (await anyone.get('/health/ready')).body.status === 'degraded';
      await until('the server says so', isDegraded, 10_000);
      const account = { email: 'cora@example.com', password: 'correct horse battery staple' };
      expectStatus(201, await anyone.post('/api/auth/register', account));
      const { accessToken } = (await anyone.post('/api/auth/login', account)).body;
      const headers = { authorization: `Bearer ${accessToken}` };
      const answer = await anyone.post('/api/tickets', form(input, [await picture()]), headers);
      expect(answer).toMatchObject(problem(503, 'unavailable'));
      expect(server.log).toContain('Files cannot be reached');
      for (const word of [id, secret]) {
        expect(server.log).not.toContain(word);
        expect(JSON.stringify(answer)).not.toContain(word);
      }
    } finally {
      await server.stop();
      store.close();
      await database.drop();
    }
  }, 90_000);
});
