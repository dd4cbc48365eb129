import { setTimeout as sleep } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import type { DataSource } from 'typeorm';
import { newId } from '../../src/common';
import { createDataSource, dataSourceOptions } from '../../src/database';
import { dense } from '../sockets/support/merged';
import { expectStatus, type Answer } from '../support/api-client';
import { Caller } from '../support/caller';
import { inconsistencies } from '../support/consistency';
import { ENGINE, scratch, type Scratch } from '../support/databases';
import { ADMIN, PrivateServer } from '../support/private-server';
import { until } from '../support/until';

/** Longer runs: KILL_ROUNDS=20. */
const ROUNDS = Number(process.env.KILL_ROUNDS ?? 3);
const EVERY_MS = 200;
const ANSWER_MS = 2_000;
const BACK_WITHIN_MS = 15_000;

interface Sent {
  clientMsgId: string;
  seq: number;
  id: string;
}

/** Sends one message after another, and each again under the same id until it is answered. */
class Writer {
  readonly acknowledged: Sent[] = [];
  private isStopped = false;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly socket: Socket,
    private readonly ticketId: number,
    private readonly name: string,
  ) {}

  start(): void {
    this.isStopped = false;
    this.running = this.write();
  }

  /** The message under way is still seen through. */
  async stop(): Promise<void> {
    this.isStopped = true;
    await this.running;
  }

  private async write(): Promise<void> {
    while (!this.isStopped) {
      const next = sleep(EVERY_MS);
      await this.send({ clientMsgId: newId(), kind: 'chat', body: `${this.name} ${this.acknowledged.length}` });
      await next;
    }
  }

  private send(message: { clientMsgId: string; kind: string; body: string }): Promise<unknown> {
    return until(
      'the message is acknowledged',
      async () => {
        const answer = await this.attempt({ ticketId: this.ticketId, ...message });
        if (!answer?.ok) return false;
        const { seq, message: stored } = answer;
        this.acknowledged.push({ clientMsgId: message.clientMsgId, seq, id: stored.id });
        return true;
      },
      BACK_WITHIN_MS + ANSWER_MS,
    );
  }

  private attempt(payload: object): Promise<{ ok: boolean; seq: number; message: { id: string } } | undefined> {
    return this.socket
      .timeout(ANSWER_MS)
      .emitWithAck('message:send', payload)
      .catch(() => undefined) as ReturnType<Writer['attempt']>;
  }
}

describe(`a server on ${ENGINE} that is killed while people write`, () => {
  let database: Scratch;
  let server: PrivateServer;
  let dataSource: DataSource;
  const sockets: Socket[] = [];
  beforeAll(async () => {
    database = await scratch();
    server = await PrivateServer.on(database);
    dataSource = await createDataSource(dataSourceOptions(database)).initialize();
  }, 90_000);
  afterAll(async () => {
    for (const socket of sockets) socket.disconnect();
    await dataSource.destroy();
    await server.stop();
    await database.drop();
  }, 30_000);

  const signIn = async (credentials: { email: string; password: string }): Promise<{ token: string; as: Caller }> => {
    const anyone = new Caller(() => server.url);
    const { body } = expectStatus(200, await anyone.post('/api/auth/login', credentials));
    const token = (body as { accessToken: string }).accessToken;
    return { token, as: new Caller(() => server.url, { authorization: `Bearer ${token}` }) };
  };

  const customer = async (email: string): ReturnType<typeof signIn> => {
    const credentials = { email, password: ADMIN.password };
    expectStatus(201, await new Caller(() => server.url).post('/api/auth/register', credentials));
    return signIn(credentials);
  };

  const connect = (token: string): Socket => {
    const socket = io(server.url, { transports: ['websocket'], auth: { token }, reconnectionDelayMax: 500 });
    sockets.push(socket);
    return socket;
  };

  it(`has every message that it acknowledged once, in one order, in each of ${ROUNDS} rounds`, async () => {
    const staff = await signIn(ADMIN);
    const customers = await Promise.all(['cora@example.com', 'carl@example.com'].map(customer));
    const ticketIds = await Promise.all(
      customers.map(async ({ as }) => {
        const { body } = expectStatus(201, await as.post('/api/tickets', { subject: 'Help', description: 'Please' }));
        return (body as { id: number }).id;
      }),
    );
    const writers = ticketIds.flatMap((ticketId, index) => [
      new Writer(connect(customers[index].token), ticketId, `customer ${index}`),
      new Writer(connect(staff.token), ticketId, `staff ${index}`),
    ]);
    const ofTicket = (index: number): Writer[] => writers.slice(2 * index, 2 * index + 2);

    for (let round = 1; round <= ROUNDS; round += 1) {
      for (const writer of writers) writer.start();
      await sleep(300 + Math.random() * 900);
      await server.kill();
      const startedAt = Date.now();
      await server.start();
      await Promise.all(writers.map((writer) => writer.stop()));
      expect(Date.now() - startedAt).toBeLessThan(60_000);
      for (const [index, ticketId] of ticketIds.entries()) {
        const history = await messagesOf(customers[index].as, ticketId);
        const acknowledged = ofTicket(index).flatMap((writer) => writer.acknowledged);
        expect(history.map(({ clientMsgId, seq, id }) => ({ clientMsgId, seq, id }))).toEqual(
          acknowledged.toSorted((a, b) => a.seq - b.seq),
        );
        expect(history.map(({ seq }) => seq)).toEqual(dense(2, history.length + 1));
        for (const { acknowledged: own } of ofTicket(index))
          expect(own.map(({ seq }) => seq)).toEqual(own.map(({ seq }) => seq).toSorted((a, b) => a - b));
        expect((await messagesOf(staff.as, ticketId)).map(({ id }) => id)).toEqual(history.map(({ id }) => id));
      }
      expect(await inconsistencies((sql) => dataSource.query(sql))).toEqual({});
    }
    expect(writers.flatMap(({ acknowledged }) => acknowledged).length).toBeGreaterThan(4 * ROUNDS);
    expect(server.log).not.toMatch(/Unexpected|unhandled/i);
  }, 300_000);
});

async function messagesOf(reader: Caller, ticketId: number): Promise<Answer<Sent[]>['body']> {
  const all: Sent[] = [];
  for (;;) {
    const path = `/api/tickets/${ticketId}/messages?limit=100&after=${all.at(-1)?.seq ?? 0}`;
    const page = expectStatus(200, await reader.get(path)).body as Sent[];
    all.push(...page);
    if (page.length < 100) return all;
  }
}
