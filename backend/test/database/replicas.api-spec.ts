import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Replicas } from '../../src/database';
import { Api, expectStatus, Person, type Answer } from '../support/api-client';
import { ENGINE, type Scratch } from '../support/databases';
import { PrivateMariaDb } from '../support/private-mariadb';
import { until } from '../support/until';

const START_MS = 120_000;
const SLOW_MS = 60_000;
const ROUNDS = 15;
const SERVED_WITHIN_MS = 4_000;

const numbersIn = ({ body }: Answer): number[] => (body as { id: number }[]).map(({ id }) => id);

if (ENGINE === 'mysql' && PrivateMariaDb.isInstalled)
  describe('lists and searches beside a replica', () => {
    let servers: { primary: PrivateMariaDb; replica: PrivateMariaDb };
    let dataDir: string;
    let api: Api;
    let otherNode: Api;
    let ana: Person;

    const fromReplica = (node = api): number => node.part(Replicas).reads.replica;
    const isUsed = (node = api): Promise<unknown> =>
      until('the replica is read', () => node.part(Replicas).counts.used === 1, 20_000);
    const list = async (query = ''): Promise<number[]> =>
      numbersIn(expectStatus(200, await ana.get(`/api/tickets${query}`)));
    const newTicket = async (subject = 'A printer'): Promise<number> => (await api.given.ticket({ subject })).id;
    const showsAtOnce = async (): Promise<void> => {
      const id = await newTicket();
      expect(await list()).toContain(id);
    };
    const health = async (): Promise<string> => (await api.anyone.get('/health/ready')).body.status;

    beforeAll(async () => {
      servers = await PrivateMariaDb.startWithReplica();
      dataDir = await mkdtemp(join(tmpdir(), 'parley-test-'));
      const database: Scratch = { dataDir, databaseUrl: servers.primary.url, drop: () => Promise.resolve() };
      const options = { database, env: { DATABASE_REPLICA_URLS: servers.replica.url } };
      api = new Api(options);
      await api.start();
      otherNode = new Api(options);
      await otherNode.start();
      ana = await api.given.agent();
    }, START_MS);
    afterAll(async () => {
      await api.stop();
      await otherNode.stop();
      await servers.primary.remove();
      await servers.replica.remove();
      await rm(dataDir, { recursive: true, force: true });
    }, START_MS);
    beforeEach(async () => {
      await isUsed();
      await isUsed(otherNode);
    }, SLOW_MS);

    it(
      'are read from the replica, and show what was just written, whoever wrote it',
      async () => {
        const before = fromReplica();
        for (let round = 0; round < ROUNDS; round += 1) {
          const id = await newTicket();
          expect(await list()).toContain(id);
          expectStatus(200, await ana.post(`/api/tickets/${id}/claim`));
          expect(await list('?assignee=me')).toContain(id);
        }
        expect(fromReplica()).toBeGreaterThan(before);
      },
      SLOW_MS,
    );

    it('count what was just written', async () => {
      const { open } = expectStatus(200, await ana.get('/api/tickets/counts')).body.byStatus;
      await newTicket();
      expect(expectStatus(200, await ana.get('/api/tickets/counts')).body.byStatus.open).toBe(open + 1);
    });

    it('find words that were just written', async () => {
      const before = fromReplica();
      const id = await newTicket('Rutabaga on the keyboard');
      await until('the replica finds it', async () => {
        expect(await list('?q=rutabaga')).toEqual([id]);
        return fromReplica() > before;
      });
    });

    it(
      'show on one node what was written on another',
      async () => {
        const before = fromReplica(otherNode);
        const there = new Person(() => otherNode.url, ana.account, ana.signIn);
        for (let round = 0; round < ROUNDS; round += 1) {
          const id = await newTicket();
          expect(numbersIn(expectStatus(200, await there.get('/api/tickets')))).toContain(id);
        }
        expect(fromReplica(otherNode)).toBeGreaterThan(before);
      },
      SLOW_MS,
    );

    it(
      'show all the same what a replica that has fallen behind does not have, and use it again later',
      async () => {
        await servers.replica.run('STOP SLAVE SQL_THREAD');
        const id = await newTicket();
        expect(await list()).toContain(id);
        expect(api.part(Replicas).counts).toEqual({ used: 0, leftOut: 1 });
        const before = fromReplica();
        const next = await newTicket();
        expect(await list()).toEqual(expect.arrayContaining([id, next]));
        expect(fromReplica()).toBe(before);
        await servers.replica.run('START SLAVE SQL_THREAD');
        await isUsed();
        await until('the replica lists both', async () => {
          expect(await list()).toEqual(expect.arrayContaining([id, next]));
          return fromReplica() > before;
        });
      },
      SLOW_MS,
    );

    it(
      'never wait for a replica that is late on purpose',
      async () => {
        await servers.replica.run('STOP SLAVE');
        await servers.replica.run('CHANGE MASTER TO MASTER_DELAY = 3');
        await servers.replica.run('START SLAVE');
        for (let round = 0; round < 3; round += 1) await showsAtOnce();
        expect(api.part(Replicas).counts.used).toBe(0);
        await servers.replica.run('STOP SLAVE');
        await servers.replica.run('CHANGE MASTER TO MASTER_DELAY = 0');
        await servers.replica.run('START SLAVE');
      },
      SLOW_MS,
    );

    it(
      'are served while the replica hangs',
      async () => {
        servers.replica.freeze();
        const start = Date.now();
        const id = await newTicket();
        expect(await list()).toContain(id);
        expect(Date.now() - start).toBeLessThan(SERVED_WITHIN_MS);
        servers.replica.thaw();
      },
      SLOW_MS,
    );

    it(
      'are served while the replica is away, which health and metrics tell',
      async () => {
        await servers.replica.kill();
        for (let round = 0; round < 3; round += 1) await showsAtOnce();
        const metrics = String((await api.anyone.get('/metrics')).body);
        expect(metrics).toContain('parley_database_replicas{state="left_out"} 1');
        expect(metrics).toMatch(/parley_database_list_reads_total\{from="replica"\} [1-9]/);
        await until('health tells', async () => (await health()) === 'degraded', 15_000);
        const findings = expectStatus(200, await (await api.given.admin()).get('/api/self-test')).body;
        expect(findings).toContainEqual(expect.objectContaining({ name: 'Replicas', state: 'warning' }));
        await servers.replica.resurrect();
        await isUsed();
        expect(await health()).toBe('ok');
        await showsAtOnce();
      },
      SLOW_MS,
    );
  });
else
  it('are a matter of MariaDB, where its programs are installed', () => {
    expect(ENGINE === 'mysql' && PrivateMariaDb.isInstalled).toBe(false);
  });
