import { newId } from '../../src/common';
import { Api, expectStatus, type Person } from '../support/api-client';
import { Postman } from '../support/postman';
import { ENGINE, scratch, type Scratch } from '../support/databases';
import { MINUTE } from '../support/moved-clock';
import { until } from '../support/until';
import { Sockets } from '../sockets/support/device';
import { dense } from '../sockets/support/merged';

const APART_MS = 5 * MINUTE;

/** Two nodes without Redis: what they know of each other they read from the database. */
if (ENGINE === 'mysql')
  describe('two nodes whose clocks are ten minutes apart', () => {
    const postman = new Postman();
    let database: Scratch;
    let ahead: Api;
    let behind: Api;
    let sockets: Sockets[];
    beforeAll(async () => {
      database = await scratch();
      const env = { SMTP_URL: await postman.listen() };
      [ahead, behind] = [new Api({ database, env }), new Api({ database, env })];
      ahead.clock.forward(APART_MS);
      behind.clock.forward(-APART_MS);
      await ahead.start();
      await behind.start();
      sockets = [new Sockets(ahead), new Sockets(behind)];
    }, 60_000);
    afterEach(() => sockets.forEach((open) => open.closeAll()));
    afterAll(async () => {
      await Promise.all([ahead.stop(), behind.stop()]);
      await postman.close();
      await database.drop();
    }, 30_000);

    /** The same person, at the other node. */
    const at = (node: Api, { signIn }: Person, method: 'get' | 'post', path: string, body?: unknown) =>
      method === 'get'
        ? node.anyone.get(path, { authorization: `Bearer ${signIn.accessToken}` })
        : node.anyone.post(path, body, { authorization: `Bearer ${signIn.accessToken}` });

    it('let whoever signed in at one work at the other, and renew the sign-in there', async () => {
      for (const [home, other] of [
        [ahead, behind],
        [behind, ahead],
      ]) {
        const person = await home.given.customer();
        expectStatus(200, await at(other, person, 'get', '/api/me'));
        const renewed = expectStatus(200, await other.anyone.post('/api/auth/refresh', undefined, person.cookie));
        const bearer = { authorization: `Bearer ${renewed.body.accessToken}` };
        expectStatus(200, await home.anyone.get('/api/me', bearer));
        expectStatus(200, await other.anyone.get('/api/me', bearer));
      }
    });

    it('keep one order of everything that is said, and nobody misses a word', async () => {
      const [cora, ana] = [await ahead.given.customer(), await behind.given.agent()];
      const { id: ticketId } = await ahead.given.ticket({ by: cora });
      const [customer, agent] = [await sockets[0].connect(cora), await sockets[1].connect(ana)];
      await Promise.all([customer, agent].map((device) => device.follow(ticketId)));
      const said: number[] = [];
      for (const n of dense(1, 10)) {
        said.push((await customer.say(ticketId, `Question ${n}`)).seq);
        said.push((await agent.say(ticketId, `Answer ${n}`)).seq);
      }
      expect(said).toEqual(dense(2, 21));
      for (const device of [customer, agent]) {
        await device.hears('ticket:head', (head) => head.ticketId === ticketId && head.seq === 21, 15_000);
        const answer = await device.ask('ticket:sync', { ticketId, after: 0 });
        expect(answer).toMatchObject({ ok: true, head: 21 });
        expect('events' in answer && answer.events.map(({ seq }) => seq)).toEqual(dense(1, 21));
      }
      const listed = expectStatus(200, await at(behind, cora, 'get', `/api/tickets/${ticketId}/messages`)).body as {
        body: string;
      }[];
      expect(listed.map(({ body }) => body)).toEqual(dense(1, 10).flatMap((n) => [`Question ${n}`, `Answer ${n}`]));
    }, 60_000);

    it('send each mail once, whichever of them promised it', async () => {
      const recipients = await Promise.all(
        [ahead, behind, ahead, behind].map(async (node) => {
          const person = await node.given.customer();
          expectStatus(202, await node.anyone.post('/api/auth/password/forgot', { email: person.account.email }));
          return person.account.email;
        }),
      );
      for (const recipient of recipients) await postman.mailTo(recipient);
      await until(
        'nothing waits',
        async () => !(await ahead.rows(`SELECT id FROM outbox WHERE kind = 'mail.send'`)).length,
      );
      expect(recipients.map((recipient) => postman.to(recipient).length)).toEqual(recipients.map(() => 1));
    }, 30_000);

    it('store what is repeated at the other node once', async () => {
      const cora = await ahead.given.customer();
      const { id } = await ahead.given.ticket({ by: cora });
      const message = { clientMsgId: newId(), kind: 'chat', body: 'Once' };
      expectStatus(201, await at(ahead, cora, 'post', `/api/tickets/${id}/messages`, message));
      expectStatus(200, await at(behind, cora, 'post', `/api/tickets/${id}/messages`, message));
    });
  });
