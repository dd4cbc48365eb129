import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import Database from 'better-sqlite3';
import { newId } from '../../src/common';
import { Settings } from '../../src/config';
import { refused, testSockets, type Device } from '../sockets/support/device';
import { dense } from '../sockets/support/merged';
import { aMessage, expectStatus, testApi, type Answer, type Person } from '../support/api-client';
import { inconsistencies } from '../support/consistency';
import { ENGINE } from '../support/databases';
import { PrivateMariaDb } from '../support/private-mariadb';
import { PrivateNetwork } from '../support/private-network';
import { until } from '../support/until';

/** Many more than the pool has connections. */
const WAITERS = 150;
const ANSWERED_WITHIN_MS = 5_000;
const BACK_WITHIN_MS = 10_000;
const START_MS = 90_000;
/** One or two for each worker and timer, however long it lasts. */
const MOST_LINES = 15;
/** SQLite's own waiting for a file would stop the process for longer. */
const NOT_STOPPED_MS = 2_500;

interface Timed<Answer> {
  answer: Answer;
  ms: number;
}

async function timed<Answer>(asking: Promise<Answer>): Promise<Timed<Answer>> {
  const start = Date.now();
  const answer = await asking;
  return { answer, ms: Date.now() - start };
}

if (ENGINE === 'mysql')
  describe('while the database', () => {
    let network: PrivateNetwork;
    beforeAll(async () => {
      network = await PrivateNetwork.to(process.env.TEST_DATABASE_URL ?? 'mysql://root@127.0.0.1:3306');
    });
    const api = testApi({ databaseThrough: (url) => network.through(url) });
    const sockets = testSockets(api);
    afterAll(() => network.close());

    let cora: Person;
    let ana: Person;
    let ticketId: number;
    beforeEach(async () => {
      [cora, ana] = await Promise.all([api.given.customer(), api.given.agent()]);
      ticketId = (await api.given.ticket({ by: cora })).id;
    });
    afterEach(async () => {
      await network.restore();
      await isBack();
    });

    const ready = async (): Promise<number> => (await api.anyone.get('/health/ready')).status;
    const isBack = (): Promise<unknown> =>
      until('the product works again', async () => (await ready()) === 200, BACK_WITHIN_MS);
    const expectUnavailable = ({ answer, ms }: Timed<Answer>): void => {
      expect(answer).toMatchObject({
        status: 503,
        body: { code: 'unavailable' },
        headers: { 'retry-after': expect.stringMatching(/^\d+$/) as string },
      });
      expect(ms).toBeLessThan(ANSWERED_WITHIN_MS);
    };

    describe.each<[string, () => void | Promise<void>]>([
      ['refuses connections', () => network.shut()],
      ['is silent', () => network.swallow()],
    ])('%s', (_how, goAway) => {
      it('every request and event is told so in time, however many wait', async () => {
        const device = await sockets.connect(cora);
        await device.follow(ticketId);
        await goAway();
        const requests = dense(1, WAITERS).map((n) =>
          timed(
            n % 3
              ? cora.post(`/api/tickets/${ticketId}/messages`, aMessage())
              : ana.get(`/api/tickets/${ticketId}/events`),
          ),
        );
        const message = { ticketId, ...aMessage() };
        const events = [
          ['message:send', message],
          ['ticket:subscribe', { ticketId, after: 0 }],
          ['ticket:sync', { ticketId, after: 0 }],
          ['read:mark', { ticketId, seq: 1 }],
        ] as const;
        const asked = events.map(([name, payload]) => timed(device.askAnything(name, payload)));
        const handshake = timed(sockets.refusal({ auth: { token: ana.signIn.accessToken } }));
        expect((await api.anyone.get('/health/live')).status).toBe(200);
        expect(await ready()).toBe(503);
        for (const answered of await Promise.all(requests)) expectUnavailable(answered);
        for (const { answer, ms } of await Promise.all(asked)) {
          expect(answer).toEqual(refused('unavailable', true));
          expect(ms).toBeLessThan(ANSWERED_WITHIN_MS);
        }
        const { answer: refusal, ms } = await handshake;
        expect(refusal.data).toEqual({ code: 'unavailable' });
        expect(ms).toBeLessThan(ANSWERED_WITHIN_MS);
        expect(device.ended).toBeUndefined();
      });

      it('nothing that was acknowledged is lost, and it goes on by itself', async () => {
        const device = await sockets.connect(cora);
        await device.follow(ticketId);
        const unsettled: Record<string, unknown>[] = [];
        const acknowledged = new Map<string, number>();
        const say = async (message: Record<string, unknown>): Promise<boolean> => {
          const answer = (await device.askAnything('message:send', { ticketId, ...message })) as {
            ok: boolean;
            seq: number;
          };
          if (answer.ok) acknowledged.set(String(message.clientMsgId), answer.seq);
          return answer.ok;
        };
        const burst = async (count: number): Promise<void> => {
          const messages = dense(1, count).map(() => aMessage());
          const settled = await Promise.all(messages.map(say));
          unsettled.push(...messages.filter((_, index) => !settled[index]));
        };
        const underWay = burst(40);
        await goAway();
        await underWay;
        await burst(5);
        await network.restore();
        await until('a message is stored again', () => say(aMessage()), BACK_WITHIN_MS);
        for (const message of unsettled) await until('the repeat is settled', () => say(message));
        await expectStoredOnce([...acknowledged.keys()], [...acknowledged.values()]);
      });

      it('the product is back soon after it, with the same process and no dead connection', async () => {
        const answers = await Promise.all(dense(1, 30).map(() => ana.get(`/api/tickets/${ticketId}`)));
        for (const answer of answers) expectStatus(200, answer);
        await goAway();
        expectUnavailable(await timed(ana.get(`/api/tickets/${ticketId}`)));
        await network.restore();
        await isBack();
        const after = await Promise.all(dense(1, 30).map(() => timed(ana.get(`/api/tickets/${ticketId}`))));
        for (const { answer } of after) expectStatus(200, answer);
      });
    });

    it('is away for a while, what works in the background says so now and then, and goes on afterwards', async () => {
      const told = [jest.spyOn(Logger.prototype, 'warn'), jest.spyOn(Logger.prototype, 'error')];
      const device = await sockets.connect(cora);
      await device.follow(ticketId);
      await network.shut();
      await sleep(4_000);
      expect(told.flatMap(({ mock }) => mock.calls).length).toBeLessThan(MOST_LINES);
      for (const spy of told) spy.mockRestore();
      await network.restore();
      await isBack();
      const { seq } = await api.given.message(ana, ticketId);
      await device.hearsSeq(ticketId, seq);
      await device.hears('notification', undefined, BACK_WITHIN_MS);
    });

    const expectStoredOnce = async (clientMsgIds: string[], seqs: number[]): Promise<void> => {
      const rows = await api.rows('SELECT clientMsgId, publicSeq FROM messages WHERE ticketNumber = ?', [ticketId]);
      expect(rows.map(({ clientMsgId }) => clientMsgId).toSorted()).toEqual(clientMsgIds.toSorted());
      expect(seqs.toSorted((a, b) => a - b)).toEqual(dense(2, seqs.length + 1));
      expect(rows.map(({ publicSeq }) => Number(publicSeq)).toSorted((a, b) => a - b)).toEqual(
        dense(2, seqs.length + 1),
      );
    };

    it('loses its answer to a commit, the sender is told to try again, and the repeat finds the message', async () => {
      const device = await sockets.connect(cora);
      const message = { ticketId, clientMsgId: newId(), kind: 'chat', body: 'Once' } as const;
      // What works in the background commits, too.
      network.loseAnswerTo(message.clientMsgId, 'COMMIT');
      const { answer, ms } = await timed(device.ask('message:send', message));
      expect(answer).toEqual(refused('unavailable', true));
      expect(ms).toBeLessThan(ANSWERED_WITHIN_MS);
      const repeat = await device.ask('message:send', message);
      expect(repeat).toMatchObject({ ok: true, duplicate: true, seq: 2 });
      await expectStoredOnce([message.clientMsgId], [2]);
    });

    it('works long on a statement, it is waited for', async () => {
      const [row] = await api.rows('SELECT SLEEP(3) AS slept');
      expect(Number(row.slept)).toBe(0);
    });

    it('cuts connections that nobody uses, nobody notices', async () => {
      const devices = await Promise.all([cora, ana].map((person) => sockets.connect(person)));
      network.cut();
      await sleep(50);
      await Promise.all(devices.map((device: Device) => device.follow(ticketId)));
      expectStatus(200, await ana.get(`/api/tickets/${ticketId}`));
    });
  });

/** Real stops of a real server; the ways in which a network fails are told above. */
if (ENGINE === 'mysql')
  (PrivateMariaDb.isInstalled ? describe : describe.skip)('a database server', () => {
    let server: PrivateMariaDb;
    beforeAll(async () => {
      server = await PrivateMariaDb.start();
    }, START_MS);
    const api = testApi({ databaseThrough: () => server.url });
    const sockets = testSockets(api);
    afterAll(() => server.remove());

    it.each([
      ['is killed and started again', () => server.kill(), () => server.resurrect()],
      ['hangs and goes on', () => Promise.resolve(server.freeze()), () => Promise.resolve(server.thaw())],
    ])(
      'that %s in the middle of sends leaves every acknowledged message once, and the same process goes on',
      async (_how, goAway, comeBack) => {
        const [cora, ana] = await Promise.all([api.given.customer(), api.given.agent()]);
        const { id: ticketId } = await api.given.ticket({ by: cora });
        const [writer, reader] = await Promise.all([cora, ana].map((person) => sockets.connect(person)));
        await reader.follow(ticketId);
        const acknowledged: number[] = [];
        const say = async (message: Record<string, unknown>): Promise<boolean> => {
          const answer = (await writer.askAnything('message:send', { ticketId, ...message })) as {
            ok: boolean;
            seq: number;
          };
          if (answer.ok) acknowledged.push(answer.seq);
          else expect(answer).toEqual(refused('unavailable', true));
          return answer.ok;
        };
        const messages = dense(1, 60).map((n) => aMessage({ body: `message ${n}` }));
        const sending = Promise.all(messages.map(say));
        await until('some are stored', () => acknowledged.length > 5);
        await goAway();
        const isStored = await sending;
        expect((await api.anyone.get('/health/live')).status).toBe(200);
        expect(await api.anyone.get('/health/ready')).toMatchObject({ status: 503 });
        await comeBack();
        await until(
          'it is ready again',
          async () => (await api.anyone.get('/health/ready')).status === 200,
          BACK_WITHIN_MS,
        );
        for (const [index, message] of messages.entries())
          if (!isStored[index]) await until('the repeat is settled', () => say(message));
        const { body } = expectStatus(200, await cora.get(`/api/tickets/${ticketId}/messages?limit=100`));
        const stored = body as { clientMsgId: string; seq: number }[];
        expect(stored.map(({ clientMsgId }) => clientMsgId).toSorted()).toEqual(
          messages.map(({ clientMsgId }) => String(clientMsgId)).toSorted(),
        );
        expect(stored.map(({ seq }) => seq)).toEqual(dense(2, 61));
        expect(acknowledged.toSorted((a, b) => a - b)).toEqual(dense(2, 61));
        expect(await inconsistencies((sql) => api.rows(sql))).toEqual({});
      },
      60_000,
    );
  });

if (ENGINE === 'sqlite')
  describe('while another process has locked the database file', () => {
    const api = testApi();
    const sockets = testSockets(api);
    let other: Database.Database;
    let cora: Person;
    let ticketId: number;
    beforeEach(async () => {
      cora = await api.given.customer();
      ticketId = (await api.given.ticket({ by: cora })).id;
      const { dataDir } = api.part(Settings);
      other = new Database(join(dataDir, 'parley.sqlite'));
      other.exec('BEGIN IMMEDIATE');
    });
    afterEach(() => other.close());

    it('whoever writes is told so in time, whoever reads is served, and the process does not stop', async () => {
      const device = await sockets.connect(cora);
      const path = `/api/tickets/${ticketId}`;
      const requests = dense(1, WAITERS / 3).map(() => timed(cora.post(`${path}/messages`, aMessage())));
      const event = timed(device.askAnything('message:send', { ticketId, ...aMessage() }));
      for (let asked = 0; asked < 5; asked += 1) {
        const { answer, ms } = await timed(api.anyone.get('/health/live'));
        expect(answer.status).toBe(200);
        expect(ms).toBeLessThan(NOT_STOPPED_MS);
      }
      expectStatus(200, await cora.get(path));
      await device.follow(ticketId);
      for (const { answer, ms } of await Promise.all(requests)) {
        expect(answer).toMatchObject({ status: 503, body: { code: 'unavailable' } });
        expect(ms).toBeLessThan(ANSWERED_WITHIN_MS);
      }
      expect((await event).answer).toEqual(refused('unavailable', true));
      expect((await event).ms).toBeLessThan(ANSWERED_WITHIN_MS);
    });

    it('a short lock is waited for, and nothing is lost or doubled', async () => {
      const messages = dense(1, 20).map(() => aMessage());
      const sending = Promise.all(messages.map((message) => cora.post(`/api/tickets/${ticketId}/messages`, message)));
      await sleep(300);
      other.exec('COMMIT');
      for (const answer of await sending) expectStatus(201, answer);
      const rows = await api.rows('SELECT publicSeq FROM messages WHERE ticketNumber = ? ORDER BY publicSeq', [
        ticketId,
      ]);
      expect(rows.map(({ publicSeq }) => publicSeq)).toEqual(dense(2, 21));
    });
  });
