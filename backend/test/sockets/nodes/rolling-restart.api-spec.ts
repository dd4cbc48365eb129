import { io, type Socket } from 'socket.io-client';
import { newId } from '../../../src/common';
import { expectStatus } from '../../support/api-client';
import { Caller } from '../../support/caller';
import { scratch, type Scratch } from '../../support/databases';
import { HAS_REDIS, PrivateRedis } from '../../support/private-redis';
import { ADMIN, PrivateServer } from '../../support/private-server';
import { until } from '../../support/until';

jest.setTimeout(120_000);

const ANSWER_MS = 2_000;

type Sent = { clientMsgId: string; id: string; seq: number };

async function signIn(server: PrivateServer): Promise<string> {
  const { email, password } = ADMIN;
  return expectStatus(200, await new Caller(() => server.url).post('/api/auth/login', { email, password })).body
    .accessToken as string;
}

async function ticketOn(server: PrivateServer, token: string): Promise<number> {
  const caller = new Caller(() => server.url, { authorization: `Bearer ${token}` });
  return expectStatus(201, await caller.post('/api/tickets', { subject: 'a', description: 'b' })).body.id as number;
}

const connect = (server: PrivateServer, token: string): Socket =>
  io(server.url, { auth: { token }, transports: ['websocket'], reconnection: false, forceNew: true });

/** Sends one message after another to whichever node takes it, each again under its id until it is answered. */
class Writer {
  readonly acknowledged: Sent[] = [];
  private socket: Socket | undefined;
  private isStopped = false;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly nodes: readonly PrivateServer[],
    private readonly token: string,
    private readonly ticketId: number,
    private at: number,
  ) {}

  start(): void {
    this.running = this.write();
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await this.running;
    this.socket?.disconnect();
  }

  private async write(): Promise<void> {
    while (!this.isStopped) {
      const clientMsgId = newId();
      await until('the message is acknowledged', () => this.send(clientMsgId), 60_000);
    }
  }

  private async send(clientMsgId: string): Promise<boolean> {
    const socket = await this.open();
    if (!socket) return false;
    const message = { ticketId: this.ticketId, clientMsgId, kind: 'chat', body: clientMsgId };
    const answer = (await socket
      .timeout(ANSWER_MS)
      .emitWithAck('message:send', message)
      .catch(() => undefined)) as { ok: boolean; seq: number; message: { id: string } } | undefined;
    if (!answer?.ok) return false;
    this.acknowledged.push({ clientMsgId, id: answer.message.id, seq: answer.seq });
    return true;
  }

  /** The open connection, or one to the next node. */
  private async open(): Promise<Socket | undefined> {
    if (this.socket?.connected) return this.socket;
    this.socket?.disconnect();
    this.at += 1;
    const socket = connect(this.nodes[this.at % this.nodes.length], this.token);
    socket.once('server:draining', () => setTimeout(() => socket.disconnect(), Math.random() * 500));
    this.socket = socket;
    return new Promise((resolve) => {
      socket.once('connect', () => resolve(socket));
      socket.once('connect_error', () => resolve(undefined));
    });
  }
}

(HAS_REDIS ? describe : describe.skip)('two nodes that are restarted one after the other while people write', () => {
  let database: Scratch;
  let redis: PrivateRedis;
  let nodes: PrivateServer[] = [];
  beforeAll(async () => {
    database = await scratch();
    redis = await PrivateRedis.prepare();
    await redis.start();
    const env = { REDIS_URL: redis.url, JWT_SECRET: 'one secret for both nodes of the test' };
    nodes = [await PrivateServer.on(database, env), await PrivateServer.on(database, env)];
  }, 120_000);
  afterAll(async () => {
    for (const node of nodes) await node.kill();
    await redis.stop();
    await database.drop();
  });

  it('lose nothing, and store nothing twice', async () => {
    const token = await signIn(nodes[0]);
    const ticketId = await ticketOn(nodes[0], token);
    const writers = [0, 1].map((at) => new Writer(nodes, token, ticketId, at));
    for (const writer of writers) writer.start();
    for (const node of nodes) {
      expect(await node.signal('SIGTERM')).toBe(0);
      await node.start();
    }
    for (const writer of writers) await writer.stop();
    const acknowledged = writers.flatMap((writer) => writer.acknowledged);
    expect(acknowledged.length).toBeGreaterThan(10);
    const caller = new Caller(() => nodes[0].url, { authorization: `Bearer ${token}` });
    const stored: { id: string; seq: number; clientMsgId: string }[] = [];
    for (let after = 0, page = 100; page === 100; after = stored[stored.length - 1].seq) {
      const { body } = expectStatus(
        200,
        await caller.get(`/api/tickets/${ticketId}/messages?limit=100&after=${after}`),
      );
      stored.push(...body);
      page = body.length;
    }
    const facts = ({ id, seq, clientMsgId }: Sent): Sent => ({ id, seq, clientMsgId });
    expect(stored.map(facts)).toEqual(acknowledged.map(facts).toSorted((a, b) => a.seq - b.seq));
    expect(stored.map(({ seq }) => seq)).toEqual(stored.map((_, at) => at + 2));
  });
});
