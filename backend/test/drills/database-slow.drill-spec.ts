import { setTimeout as sleep } from 'node:timers/promises';
import { testSockets } from '../sockets/support/device';
import { dense } from '../sockets/support/merged';
import { aMessage, expectStatus, testApi, type Person } from '../support/api-client';
import { inconsistencies } from '../support/consistency';
import { ENGINE } from '../support/databases';
import { PrivateMariaDb } from '../support/private-mariadb';
import { PrivateNetwork } from '../support/private-network';
import { until } from '../support/until';

const BACK_WITHIN_MS = 10_000;
const ANSWERED_WITHIN_MS = 5_000;
/** Each way: a database in another town. */
const FAR_MS = 40;
/** Each way: longer than anybody can wait for each of the steps of a message. */
const TOO_FAR_MS = 1_200;
const KILLING_MS = 6_000;

if (ENGINE === 'mysql')
  (PrivateMariaDb.isInstalled ? describe : describe.skip)('a database that is there, but', () => {
    let server: PrivateMariaDb;
    let network: PrivateNetwork;
    beforeAll(async () => {
      server = await PrivateMariaDb.start();
      network = await PrivateNetwork.to(server.url);
    }, 90_000);
    const api = testApi({ databaseThrough: () => network.through(server.url) });
    const sockets = testSockets(api);
    afterAll(async () => {
      await network.close();
      await server.remove();
    });

    let cora: Person;
    let ticketId: number;
    beforeEach(async () => {
      cora = await api.given.customer();
      ticketId = (await api.given.ticket({ by: cora })).id;
    });
    afterEach(async () => {
      await network.restore();
      await isReady();
    });

    const readiness = async (): Promise<number> => (await api.anyone.get('/health/ready')).status;
    const isReady = (): Promise<unknown> =>
      until('it is ready', async () => (await readiness()) === 200, BACK_WITHIN_MS);
    const expectStoredOnce = async (messages: readonly Record<string, unknown>[]): Promise<void> => {
      const rows = await api.rows('SELECT clientMsgId, publicSeq FROM messages WHERE ticketNumber = ?', [ticketId]);
      expect(rows.map(({ clientMsgId }) => clientMsgId).toSorted()).toEqual(
        messages.map(({ clientMsgId }) => clientMsgId).toSorted(),
      );
      const seqs = rows.map(({ publicSeq }) => Number(publicSeq)).toSorted((a, b) => a - b);
      expect(seqs).toEqual(dense(2, messages.length + 1));
      expect(await inconsistencies((sql) => api.rows(sql))).toEqual({});
    };

    it('is far away makes everything slower and nothing fail', async () => {
      const device = await sockets.connect(cora);
      await device.follow(ticketId);
      network.slow(FAR_MS);
      const messages = dense(1, 6).map(() => aMessage());
      for (const message of messages)
        expect(await device.askAnything('message:send', { ticketId, ...message })).toMatchObject({ ok: true });
      expect(await readiness()).toBe(200);
      expectStatus(200, await cora.get(`/api/tickets/${ticketId}`));
      await network.restore();
      await expectStoredOnce(messages);
    }, 60_000);

    it('answers too late counts as away: whoever asks is told so in time, and it heals by itself', async () => {
      const device = await sockets.connect(cora);
      await device.follow(ticketId);
      network.slow(TOO_FAR_MS);
      await sleep(TOO_FAR_MS);
      const messages = dense(1, 10).map(() => aMessage());
      const settled = await Promise.all(
        messages.map(async (message) => {
          const start = Date.now();
          const answer = await cora.post(`/api/tickets/${ticketId}/messages`, message);
          expect(Date.now() - start).toBeLessThan(ANSWERED_WITHIN_MS);
          expect([201, 503]).toContain(answer.status);
          return answer.status === 201;
        }),
      );
      expect(settled).toContain(false);
      expect((await api.anyone.get('/health/live')).status).toBe(200);
      expect(await readiness()).toBe(503);
      await network.restore();
      await isReady();
      for (const message of messages)
        await until('the repeat is settled', async () => {
          const { status } = await cora.post(`/api/tickets/${ticketId}/messages`, message);
          return status === 200 || status === 201;
        });
      await expectStoredOnce(messages);
    }, 60_000);

    it('loses connections one after the other, whatever they are at, loses no word and needs no help', async () => {
      const device = await sockets.connect(cora);
      await device.follow(ticketId);
      const end = Date.now() + KILLING_MS;
      const killing = (async () => {
        for (; Date.now() < end; await sleep(150)) await server.killConnections();
      })();
      const messages = dense(1, 60).map(() => aMessage());
      for (const message of messages) {
        await until(
          'the message is settled',
          async () => {
            const answer = await device.askAnything('message:send', { ticketId, ...message });
            return (answer as { ok: boolean }).ok;
          },
          BACK_WITHIN_MS,
        );
        await sleep(KILLING_MS / messages.length / 2);
      }
      await killing;
      await isReady();
      expect(device.ended).toBeUndefined();
      await expectStoredOnce(messages);
    }, 90_000);
  });
