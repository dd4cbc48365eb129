import { request, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { newId } from '../../src/common';
import { expectStatus } from '../support/api-client';
import { Caller } from '../support/caller';
import { ENGINE, scratch, type Scratch } from '../support/databases';
import { ADMIN, PrivateServer } from '../support/private-server';
import { until } from '../support/until';

const FROZEN_MS = 6_000;

/** Over a connection of its own: one that was used before may end while the server stands still. */
function postAlone(url: string, token: string, body: object): Promise<IncomingMessage> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    request(url, { method: 'POST', headers, agent: false }, (answer) => resolve(answer.resume()))
      .once('error', reject)
      .end(JSON.stringify(body));
  });
}

describe(`a server on ${ENGINE} that stood still`, () => {
  let database: Scratch;
  let server: PrivateServer;
  let admin: Caller;
  let token: string;
  let socket: Socket;
  let ticketId: number;

  beforeAll(async () => {
    database = await scratch();
    server = await PrivateServer.on(database);
    const anyone = new Caller(() => server.url);
    token = expectStatus(200, await anyone.post('/api/auth/login', ADMIN)).body.accessToken as string;
    admin = new Caller(() => server.url, { authorization: `Bearer ${token}` });
    const ticket = { subject: 'Late words', description: 'They came too late.' };
    ticketId = expectStatus(201, await admin.post('/api/tickets', ticket)).body.id as number;
    socket = io(server.url, { transports: ['websocket'], auth: { token } });
    await until('the socket is connected', () => socket.connected);
  }, 90_000);
  afterAll(async () => {
    socket?.disconnect();
    await server?.kill();
    await database?.drop();
  });

  const message = (body: string) => ({ clientMsgId: newId(), kind: 'chat', body });
  const bodies = async (): Promise<string[]> =>
    (expectStatus(200, await admin.get(`/api/tickets/${ticketId}/messages`)).body as { body: string }[]).map(
      ({ body }) => body,
    );

  it('stores nothing of what waited in front of it, and everything that is sent again', async () => {
    const answers: unknown[] = [];
    const late = message('over the socket');
    const disconnected = new Promise((resolve) => socket.once('disconnect', resolve));
    process.kill(server.pid!, 'SIGSTOP');
    socket.emit('message:send', { ticketId, ...late }, (answer: unknown) => answers.push(answer));
    const overRest = postAlone(`${server.url}/api/tickets/${ticketId}/messages`, token, message('over REST'));
    await sleep(FROZEN_MS);
    process.kill(server.pid!, 'SIGCONT');

    expect(await overRest).toMatchObject({ statusCode: 503, headers: { 'retry-after': '3' } });
    await disconnected;
    await until('the page came back by itself', () => socket.connected);
    expect(answers).toEqual([]);
    await until('requests are served again', async () => (await admin.get('/api/me')).status === 200);
    expect(await bodies()).toEqual([]);

    const answer = (await socket.timeout(5_000).emitWithAck('message:send', { ticketId, ...late })) as object;
    expect(answer).toMatchObject({ ok: true, duplicate: false });
    expect(await bodies()).toEqual(['over the socket']);
  }, 40_000);
});
