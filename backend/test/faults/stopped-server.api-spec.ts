import { io, type Socket } from 'socket.io-client';
import { newId } from '../../src/common';
import { dense } from '../sockets/support/merged';
import { expectStatus } from '../support/api-client';
import { Caller } from '../support/caller';
import { ENGINE, scratch, type Scratch } from '../support/databases';
import { ADMIN, PrivateServer } from '../support/private-server';
import { until } from '../support/until';

const STOPPED_WITHIN_MS = 20_000;
const AT_ONCE_MS = 1_500;

interface Ack {
  ok: boolean;
}

describe(`a server on ${ENGINE} that is told to stop`, () => {
  let database: Scratch;
  let server: PrivateServer;
  let token: string;
  let admin: Caller;
  let ticketId: number;
  const sockets: Socket[] = [];

  beforeAll(async () => {
    database = await scratch();
  });
  beforeEach(async () => {
    server = await PrivateServer.on(database);
    const anyone = new Caller(() => server.url);
    token = expectStatus(200, await anyone.post('/api/auth/login', ADMIN)).body.accessToken as string;
    admin = new Caller(() => server.url, { authorization: `Bearer ${token}` });
    const ticket = { subject: 'Before the end', description: 'It should be read afterwards.' };
    ticketId = expectStatus(201, await admin.post('/api/tickets', ticket)).body.id as number;
  }, 90_000);
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.disconnect();
    await server?.kill();
  });
  afterAll(() => database?.drop());

  const open = (): Socket => {
    const socket = io(server.url, { transports: ['websocket'], auth: { token }, reconnection: false });
    sockets.push(socket);
    return socket;
  };
  const connected = async (): Promise<Socket> => {
    const socket = open();
    await until('the socket is connected', () => socket.connected);
    return socket;
  };
  const stop = (): { code: Promise<number | null>; startedAt: number } => ({
    startedAt: performance.now(),
    code: server.signal('SIGTERM'),
  });

  it('sends everybody elsewhere, lets nobody in, finishes what is under way and ends without a failure', async () => {
    const [leaving, staying] = [await connected(), await connected()];
    const draining = [leaving, staying].map(
      (socket) => new Promise<void>((resolve) => socket.once('server:draining', resolve)),
    );
    leaving.once('server:draining', () => leaving.disconnect());
    const { code, startedAt } = stop();
    await Promise.all(draining);

    expect((await admin.get('/health/live')).status).toBe(200);
    expect(await admin.get('/health/ready')).toMatchObject({ status: 503, headers: { 'retry-after': '3' } });
    const newcomer = open();
    const refusal = await new Promise<Error & { data?: unknown }>((resolve) => newcomer.once('connect_error', resolve));
    expect(refusal.data).toEqual({ code: 'unavailable' });
    const messages = dense(1, 10).map((n) => ({ ticketId, clientMsgId: newId(), kind: 'chat', body: `Word ${n}` }));
    const answers = (await Promise.all(
      messages.map((message) => staying.timeout(2_500).emitWithAck('message:send', message)),
    )) as Ack[];
    expect(answers.map(({ ok }) => ok)).toEqual(messages.map(() => true));

    expect(await code).toBe(0);
    expect(performance.now() - startedAt).toBeLessThan(STOPPED_WITHIN_MS);
    await server.start();
    const stored = expectStatus(200, await admin.get(`/api/tickets/${ticketId}/messages`)).body as object[];
    expect(stored).toMatchObject(messages.map(({ clientMsgId }) => ({ clientMsgId })));
  }, 90_000);

  it('ends at once when nobody is there', async () => {
    const { code, startedAt } = stop();
    expect(await code).toBe(0);
    expect(performance.now() - startedAt).toBeLessThan(AT_ONCE_MS * 2);
  });

  it('ends at once when it is told so twice', async () => {
    const staying = await connected();
    const draining = new Promise<void>((resolve) => staying.once('server:draining', resolve));
    void stop();
    await draining;
    const { code, startedAt } = stop();
    expect(await code).toBe(1);
    expect(performance.now() - startedAt).toBeLessThan(AT_ONCE_MS);
  });
});
