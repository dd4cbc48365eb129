import { setTimeout as sleep } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import type { DataSource } from 'typeorm';
import { createDataSource, dataSourceOptions } from '../../src/database';
import { Writer, type Sent } from '../faults/support/writer';
import { dense } from '../sockets/support/merged';
import { expectStatus } from '../support/api-client';
import { Caller } from '../support/caller';
import { inconsistencies } from '../support/consistency';
import { ENGINE, scratch, type Scratch } from '../support/databases';
import { ADMIN, PrivateServer } from '../support/private-server';
import { until } from '../support/until';

const FROZEN_MS = 40_000;
/** Whoever writes at another node waits at most so long for what the frozen one had locked. */
const HELD_UP_MS = 12_000;
const BACK_WITHIN_MS = 10_000;
const SECRET = 'one secret for both nodes of this drill';

/** On SQLite one node, on MariaDB the frozen one and another. */
describe(`a node on ${ENGINE} that stands still for ${FROZEN_MS / 1_000} seconds while people write`, () => {
  let database: Scratch;
  let dataSource: DataSource;
  let nodes: PrivateServer[];
  const sockets: Socket[] = [];
  beforeAll(async () => {
    database = await scratch();
    const env = { JWT_SECRET: SECRET };
    nodes = [await PrivateServer.on(database, env)];
    if (ENGINE === 'mysql') nodes.push(await PrivateServer.on(database, env));
    dataSource = await createDataSource(dataSourceOptions(database)).initialize();
  }, 180_000);
  afterAll(async () => {
    for (const socket of sockets) socket.disconnect();
    await dataSource?.destroy();
    await Promise.all((nodes ?? []).map((node) => node.kill()));
    await database?.drop();
  }, 30_000);

  const connect = async (node: PrivateServer, token: string): Promise<Socket> => {
    const socket = io(node.url, { transports: ['websocket'], auth: { token }, reconnectionDelayMax: 500 });
    sockets.push(socket);
    await until('the socket is connected', () => socket.connected);
    return socket;
  };

  it('holds up nobody elsewhere for long, and comes back by itself with every acknowledged word', async () => {
    const [frozen, other] = [nodes[0], nodes.at(-1) ?? nodes[0]];
    const anyone = new Caller(() => other.url);
    const token = expectStatus(200, await anyone.post('/api/auth/login', ADMIN)).body.accessToken as string;
    const admin = new Caller(() => other.url, { authorization: `Bearer ${token}` });
    const ticket = { subject: 'Patience', description: 'One of us stands still.' };
    const ticketId = expectStatus(201, await admin.post('/api/tickets', ticket)).body.id as number;
    const patience = FROZEN_MS + 30_000;
    const here = dense(1, 4).map(
      async (n) => new Writer(await connect(frozen, token), ticketId, `frozen ${n}`, patience),
    );
    const there = new Writer(await connect(other, token), ticketId, 'other', other === frozen ? patience : HELD_UP_MS);
    const writers = [...(await Promise.all(here)), there];
    for (const writer of writers) writer.start();
    await until('all write', () => writers.every(({ acknowledged }) => acknowledged.length > 2), 20_000);

    const { pid } = frozen;
    process.kill(pid!, 'SIGSTOP');
    const before = there.acknowledged.length;
    await sleep(FROZEN_MS);
    if (other !== frozen) expect(there.acknowledged.length).toBeGreaterThan(before + 10);
    process.kill(pid!, 'SIGCONT');
    const ready = new Caller(() => frozen.url);
    await until('it is ready again', async () => (await ready.get('/health/ready')).status === 200, BACK_WITHIN_MS);
    const after = writers.map(({ acknowledged }) => acknowledged.length);
    await until(
      'all write again',
      () => writers.every(({ acknowledged }, index) => acknowledged.length > after[index]),
      30_000,
    );
    await Promise.all(writers.map((writer) => writer.stop()));

    expect(frozen.pid).toBe(pid);
    const rows = await dataSource.query<{ clientMsgId: string; publicSeq: number }[]>(
      'SELECT clientMsgId, publicSeq FROM messages WHERE ticketNumber = ? ORDER BY publicSeq',
      [ticketId],
    );
    const acknowledged = writers.flatMap((writer): Sent[] => writer.acknowledged).toSorted((a, b) => a.seq - b.seq);
    expect(rows.map(({ clientMsgId }) => clientMsgId)).toEqual(acknowledged.map(({ clientMsgId }) => clientMsgId));
    expect(rows.map(({ publicSeq }) => Number(publicSeq))).toEqual(dense(2, rows.length + 1));
    expect(await inconsistencies((sql) => dataSource.query(sql))).toEqual({});
  }, 240_000);
});
