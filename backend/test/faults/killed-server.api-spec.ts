import { setTimeout as sleep } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import type { DataSource } from 'typeorm';
import { createDataSource, dataSourceOptions } from '../../src/database';
import { dense } from '../sockets/support/merged';
import { expectStatus, type Answer } from '../support/api-client';
import { Caller } from '../support/caller';
import { inconsistencies } from '../support/consistency';
import { ENGINE, scratch, type Scratch } from '../support/databases';
import { ADMIN, PrivateServer } from '../support/private-server';
import { Writer, type Sent } from './support/writer';

/** Longer runs: KILL_ROUNDS=20. */
const ROUNDS = Number(process.env.KILL_ROUNDS ?? 3);

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
