import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { io, type Socket } from 'socket.io-client';
import { newId } from '../src/common';
import { Caller } from './support/caller';
import { scratch, type Scratch } from './support/databases';
import { ADMIN, PrivateServer } from './support/private-server';
import { TraceCollector, type CollectedSpan } from './support/trace-collector';
import { until } from './support/until';

const START_MS = 90_000;
const SECRET_WORD = 'rutabaga';
const QUICKLY = { OTEL_BSP_SCHEDULE_DELAY: '100' };

describe('traces', () => {
  let database: Scratch;
  let server: PrivateServer;
  const anyone = new Caller(() => server.url);
  const end = async (): Promise<void> => {
    await server.kill();
    await database.drop();
  };

  async function signIn(): Promise<{ admin: Caller; token: string }> {
    const { body } = await anyone.post('/api/auth/login', ADMIN);
    return {
      admin: new Caller(() => server.url, { authorization: `Bearer ${body.accessToken}` }),
      token: body.accessToken,
    };
  }

  describe('with a collector', () => {
    let collector: TraceCollector;
    let admin: Caller;
    let token: string;
    const collected = (name: string): Promise<CollectedSpan> =>
      until(`a step named "${name}"`, () => collector.named(name)[0]);

    beforeAll(async () => {
      database = await scratch();
      collector = await TraceCollector.start();
      server = await PrivateServer.on(database, { ...QUICKLY, OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint });
      ({ admin, token } = await signIn());
    }, START_MS);
    afterAll(async () => {
      await end();
      await collector.stop();
    });
    beforeEach(() => collector.forget());

    const aTicket = async (): Promise<number> => {
      const made = await admin.post('/api/tickets', { subject: `${SECRET_WORD} one`, description: SECRET_WORD });
      return made.body.id;
    };

    it('tell of a request by its route, with its id and what it asked the database', async () => {
      const id = await aTicket();
      await admin.get(`/api/tickets/${id}?q=${SECRET_WORD}`, { 'x-request-id': 'request-of-a-test' });
      const request = await collected('GET /api/tickets/:ticketId');
      expect(request.facts).toMatchObject({
        'http.route': '/api/tickets/:ticketId',
        'http.response.status_code': 200,
        'parley.request_id': 'request-of-a-test',
      });
      expect(request.parentSpanId).toBeUndefined();
      const asked = collector.around(request).filter(({ facts }) => facts['db.operation.name'] === 'SELECT');
      expect(asked.length).toBeGreaterThan(0);
      expect(asked.every(({ parentSpanId }) => parentSpanId !== undefined)).toBe(true);
    });

    it('tell of a message that was sent, its statements, its push and the jobs that follow', async () => {
      const ticketId = await aTicket();
      const socket: Socket = io(server.url, { transports: ['websocket'], auth: { token }, forceNew: true });
      const answer: unknown = await socket
        .timeout(10_000)
        .emitWithAck('message:send', { ticketId, clientMsgId: newId(), kind: 'chat', body: `a ${SECRET_WORD}` });
      socket.disconnect();
      expect(answer).toMatchObject({ ok: true });
      const sent = await collected('socket message:send');
      const push = await collected('push message.created');
      expect(push.traceId).toBe(sent.traceId);
      const names = collector.around(sent).map(({ name }) => name);
      expect(names).toEqual(expect.arrayContaining(['INSERT messages', 'COMMIT']));
    });

    it('begin a job apart from the request that caused it', async () => {
      await aTicket();
      const job = await until('a job', () => collector.spans.find(({ name }) => name.startsWith('job ')));
      expect(job.parentSpanId).toBeUndefined();
      expect(job.facts).toMatchObject({ 'parley.job.attempt': expect.anything() });
    });

    it('hold no words, names, addresses, numbers of tickets or tokens', async () => {
      const id = await aTicket();
      await admin.post(`/api/tickets/${id}/comments`, { text: SECRET_WORD });
      await admin.get(`/api/tickets?q=${SECRET_WORD}`);
      await collected('POST /api/tickets/:ticketId/comments');
      await collected('GET /api/tickets');
      for (const secret of [SECRET_WORD, ADMIN.email, ADMIN.password, token, `/tickets/${id}`, '127.0.0.1'])
        expect(collector.received).not.toContain(secret);
    });

    it('do not go on with what strangers say of theirs', async () => {
      const traceId = '0af7651916cd43dd8448eb211c80319c';
      await admin.get('/api/me', { traceparent: `00-${traceId}-b7ad6b7169203331-00` });
      const request = await collected('GET /api/me');
      expect(request.traceId).not.toBe(traceId);
    });
  });

  it(
    'go on with the trace of a trusted proxy',
    async () => {
      database = await scratch();
      const collector = await TraceCollector.start();
      const env = { ...QUICKLY, OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint, TRUST_PROXY: 'loopback' };
      server = await PrivateServer.on(database, env);
      const { admin } = await signIn();
      const traceId = '0af7651916cd43dd8448eb211c80319c';
      await admin.get('/api/me', { traceparent: `00-${traceId}-b7ad6b7169203331-01` });
      const request = await until('the request', () => collector.named('GET /api/me')[0]);
      expect(request).toMatchObject({ traceId, parentSpanId: 'b7ad6b7169203331' });
      await end();
      await collector.stop();
    },
    START_MS,
  );

  it(
    'slow nobody down while the collector is away, and say so once',
    async () => {
      database = await scratch();
      server = await PrivateServer.on(database, { ...QUICKLY, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' });
      const { admin } = await signIn();
      expect((await admin.get('/api/tickets')).status).toBe(200);
      await until('it is said', () => server.log.includes('Traces could not be sent'));
      await admin.get('/api/tickets');
      expect(server.log.split('Traces could not be sent')).toHaveLength(2);
      await server.stop();
      await end();
    },
    START_MS,
  );

  it(
    'load nothing where no collector is named',
    async () => {
      database = await scratch();
      const loaded = join(database.dataDir, 'loaded');
      server = await PrivateServer.on(database, {
        LOADED_TO: loaded,
        NODE_OPTIONS: `--require ${join(__dirname, 'support/tell-loaded.cjs')}`,
      });
      const { admin } = await signIn();
      expect((await admin.get('/api/tickets')).status).toBe(200);
      await server.stop();
      const files = readFileSync(loaded, 'utf8');
      expect(files).toContain('app.module');
      // The library for metrics brings the names of things, and nothing that does them.
      expect(files).not.toMatch(/@opentelemetry\/(?!api\/)/);
      await end();
    },
    START_MS,
  );
});
