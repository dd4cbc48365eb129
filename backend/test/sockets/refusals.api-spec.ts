import { newId } from '../../src/common';
import { expectStatus, testApi, type Person } from '../support/api-client';
import { granted, refused, testSockets, type Device } from './support/device';

const UNKNOWN_TICKET = 2_000_000;

describe('over a socket', () => {
  const api = testApi();
  const sockets = testSockets(api);
  let cora: Person;
  let carl: Person;
  let ana: Person;
  let ticketId: number;
  let agentsMessage: string;
  beforeAll(async () => {
    [cora, carl, ana] = await Promise.all([api.given.customer(), api.given.customer(), api.given.agent()]);
    ticketId = (await api.given.ticket({ by: cora })).id;
    agentsMessage = (await api.given.message(ana, ticketId)).id;
  });

  const message = (fields: Record<string, unknown> = {}): Record<string, unknown> => ({
    ticketId,
    clientMsgId: newId(),
    kind: 'chat',
    body: 'Hello',
    ...fields,
  });

  /** Every event that names a ticket. */
  const aboutTicket = (id: unknown): [string, Record<string, unknown>][] => [
    ['ticket:subscribe', { ticketId: id, after: 0 }],
    ['ticket:sync', { ticketId: id, after: 0 }],
    ['message:send', message({ ticketId: id })],
    ['message:edit', { ticketId: id, messageId: agentsMessage, body: 'Changed' }],
    ['message:remove', { ticketId: id, messageId: agentsMessage }],
    ['read:mark', { ticketId: id, seq: 1 }],
    ['typing', { ticketId: id, active: true, kind: 'chat' }],
  ];

  describe('a ticket of somebody else', () => {
    it('is refused to a customer in every event, in the same words as one that does not exist', async () => {
      const device = await sockets.connect(carl);
      for (const [event, payload] of aboutTicket(ticketId))
        expect([event, await device.askAnything(event, payload)]).toEqual([event, refused('forbidden')]);
      for (const [event, payload] of aboutTicket(UNKNOWN_TICKET))
        expect([event, await device.askAnything(event, payload)]).toEqual([event, refused('forbidden')]);
    });

    it('tells the refused nothing, and those inside nothing of the refused', async () => {
      const [stranger, owner, agent] = await Promise.all([carl, cora, ana].map((person) => sockets.connect(person)));
      const { head } = await owner.follow(ticketId);
      for (const [event, payload] of aboutTicket(ticketId)) await stranger.askAnything(event, payload);
      const { seq } = await agent.say(ticketId, 'Still here');
      const event = await owner.hearsSeq(ticketId, seq);
      expect(event.seq).toBe(head + 1);
      expect(owner.heard('ticket:typing')).toEqual([]);
      expect(owner.heard('ticket:read').map(({ userId }) => userId)).not.toContain(carl.id);
      expect(stranger.names.filter((name) => name.startsWith('ticket:'))).toEqual([]);
    });

    it('that does not exist is unknown to staff', async () => {
      const device = await sockets.connect(ana);
      for (const [event, payload] of aboutTicket(UNKNOWN_TICKET))
        expect([event, await device.askAnything(event, payload)]).toEqual([event, refused('not_found')]);
    });

    it('that was deleted is unknown to staff and to its owner, and followed by nobody any more', async () => {
      const deleted = (await api.given.ticket({ by: cora })).id;
      const [owner, agent] = await Promise.all([sockets.connect(cora), sockets.connect(ana)]);
      await Promise.all([owner.follow(deleted), agent.follow(deleted)]);
      expectStatus(204, await cora.delete(`/api/tickets/${deleted}`));
      await Promise.all([owner, agent].map((device) => device.hears('ticket:removed')));
      for (const device of [owner, agent])
        await expect(device.ask('ticket:subscribe', { ticketId: deleted, after: 0 })).resolves.toEqual(
          refused('not_found'),
        );
      await expect(agent.askAnything('message:send', message({ ticketId: deleted }))).resolves.toEqual(
        refused('not_found'),
      );
    });
  });

  describe('a message of somebody else', () => {
    it('is changed by nobody but its author, and removed by staff only', async () => {
      const [customer, other] = await Promise.all([sockets.connect(cora), sockets.connect(await api.given.agent())]);
      const edit = { ticketId, messageId: agentsMessage, body: 'Changed' };
      await expect(customer.ask('message:edit', edit)).resolves.toEqual(refused('forbidden'));
      await expect(customer.ask('message:remove', { ticketId, messageId: agentsMessage })).resolves.toEqual(
        refused('forbidden'),
      );
      await expect(other.ask('message:edit', edit)).resolves.toEqual(refused('forbidden'));
      const { message: mine } = await customer.say(ticketId, 'My own');
      await expect(other.ask('message:edit', { ...edit, messageId: mine.id })).resolves.toEqual(refused('forbidden'));
      await expect(other.ask('message:remove', { ticketId, messageId: mine.id })).resolves.toMatchObject({ ok: true });
    });

    it('is not found through another ticket', async () => {
      const device = await sockets.connect(ana);
      const other = (await api.given.ticket({ by: cora })).id;
      const edit = { ticketId: other, messageId: agentsMessage, body: 'Changed' };
      await expect(device.ask('message:edit', edit)).resolves.toEqual(refused('not_found'));
    });
  });

  describe('a malformed', () => {
    let device: Device;
    beforeEach(async () => {
      device = await sockets.connect(ana);
    });

    it.each([
      ['nothing', undefined],
      ['null', null],
      ['a text', '1001'],
      ['a wildcard', '*'],
      ['a pattern', '%'],
      ['a word', '__proto__'],
      ['an array', [1001]],
      ['an object', { $gt: 0 }],
      ['a fraction', 1001.5],
      ['nought', 0],
      ['a negative number', -1],
      ['a number beyond all', 1e18],
      ['a flag', true],
    ])('ticket id (%s) is refused in every event', async (_what, id) => {
      for (const [event, payload] of aboutTicket(id))
        expect([event, await device.askAnything(event, payload)]).toEqual([event, refused('validation')]);
      await expect(device.askAnything('ticket:unsubscribe', { ticketId: id })).resolves.toEqual(refused('validation'));
    });

    it.each([
      ['body', ''],
      ['body', '   \n'],
      ['body', '\u200b\u200d'],
      ['body', 'a\0b'],
      ['body', 'half \ud83d'],
      ['body', 'x'.repeat(10_001)],
      ['body', ['Hello']],
      ['body', { $ne: '' }],
      ['body', 42],
      ['body', undefined],
      ['kind', 'shout'],
      ['kind', ['chat']],
      ['kind', undefined],
      ['clientMsgId', undefined],
      ['clientMsgId', 'not a uuid'],
      ['clientMsgId', 'ABCDEF00-0000-7000-8000-000000000000'],
      ['clientMsgId', [newId()]],
      ['attachmentIds', 'none'],
      ['attachmentIds', ['../../etc/passwd']],
      ['attachmentIds', [{}]],
      ['attachmentIds', Array.from({ length: 6 }, () => newId())],
      ['authorId', newId()],
      ['seq', 1],
      ['createdAt', '2000-01-01T00:00:00.000Z'],
    ])('message with %s = %j is refused, and nothing is stored', async (field, value) => {
      const before = await api.rows('SELECT COUNT(*) AS count FROM messages');
      await expect(device.askAnything('message:send', message({ [field]: value }))).resolves.toEqual(
        refused('validation'),
      );
      await expect(api.rows('SELECT COUNT(*) AS count FROM messages')).resolves.toEqual(before);
    });

    it('message of ten thousand characters is not', async () => {
      const body = '\u6f22'.repeat(10_000);
      const answer = granted((await device.askAnything('message:send', message({ body }))) as { ok: boolean });
      expect(answer).toMatchObject({ message: { body } });
    });

    it.each([
      ['ticket:subscribe', { after: -1 }],
      ['ticket:subscribe', { after: 'abc' }],
      ['ticket:subscribe', { after: 1.5 }],
      ['ticket:subscribe', { after: [0] }],
      ['ticket:subscribe', { after: null }],
      ['ticket:subscribe', { after: 0, stream: 7 }],
      ['ticket:subscribe', { after: 0, stream: 'x'.repeat(101) }],
      ['ticket:subscribe', { after: 0, limit: 1e9 }],
      ['ticket:sync', { after: -1 }],
      ['ticket:sync', { after: {} }],
      ['read:mark', { seq: -1 }],
      ['read:mark', { seq: 'all' }],
      ['read:mark', { seq: 0.5 }],
      ['read:mark', {}],
      ['typing', { active: 'yes', kind: 'chat' }],
      ['typing', { active: true }],
      ['typing', { active: true, kind: 'thought' }],
      ['message:edit', { messageId: '1', body: 'x' }],
      ['message:edit', { messageId: ['1'], body: 'x' }],
      ['message:edit', { body: 'x' }],
      ['message:remove', { messageId: {} }],
    ])('%s with %j is refused', async (event, fields) => {
      await expect(device.askAnything(event, { ticketId, ...fields })).resolves.toEqual(refused('validation'));
    });

    it.each([
      ['presence:set', { state: 'offline' }],
      ['presence:set', {}],
      ['auth:refresh', { token: 42 }],
      ['auth:refresh', {}],
    ])('%s with %j is refused', async (event, payload) => {
      await expect(device.askAnything(event, payload)).resolves.toEqual(refused('validation'));
    });

    it.each([[undefined], [null], ['text'], [42], [[]], [[{ ticketId: 1001 }]]])(
      'payload %j is refused in every event',
      async (payload) => {
        for (const [event] of aboutTicket(ticketId))
          expect([event, await device.askAnything(event, payload)]).toEqual([event, refused('validation')]);
      },
    );

    it('place above all numbers starts anew', async () => {
      const answer = await device.askAnything('ticket:sync', { ticketId, after: 1e18 });
      expect(answer).toMatchObject({ ok: true, reset: true });
    });
  });

  describe('an event', () => {
    it('of an unknown name is answered all the same', async () => {
      const device = await sockets.connect(cora);
      for (const name of ['note', 'join', 'ticket:*', 'message', '__proto__', 'constructor', 'exception'])
        await expect(device.askAnything(name, { room: 'staff' })).resolves.toEqual(refused('validation'));
    });

    it('without an acknowledgement is handled, refused or not, and harms nothing', async () => {
      const device = await sockets.connect(cora);
      const { head } = await device.follow(ticketId);
      const send = device.socket.emit.bind(device.socket) as (event: string, payload?: unknown) => void;
      send('message:send');
      send('message:send', { ticketId: '__proto__' });
      send('unknown', {});
      send('message:send', message({ body: 'No answer wanted' }));
      const event = await device.hearsSeq(ticketId, head + 1);
      expect(event.data).toMatchObject({ message: { body: 'No answer wanted' } });
    });

    it('of many at once is answered once each', async () => {
      const device = await sockets.connect(ana);
      const answers = await Promise.all(
        Array.from({ length: 200 }, (_, index) =>
          device.askAnything(index % 2 ? 'ticket:sync' : 'nonsense', { ticketId, after: 0 }),
        ),
      );
      expect(answers.filter((answer) => (answer as { ok: boolean }).ok)).toHaveLength(100);
    });
  });

  describe('a frame that is too large', () => {
    it.each([
      ['64 KiB and a little', 65_536],
      ['10 MB', 10_000_000],
    ])('(%s) ends the connection and nothing else', async (_size, length) => {
      const [device, other] = await Promise.all([sockets.connect(cora), sockets.connect(ana)]);
      device.askAnything('message:send', message({ body: 'x'.repeat(length) })).catch(() => undefined);
      await device.isClosed();
      await expect(other.follow(ticketId)).resolves.toBeDefined();
      expectStatus(200, await cora.get(`/api/tickets/${ticketId}`));
      const { body: messages } = expectStatus(200, await ana.get(`/api/tickets/${ticketId}/messages?limit=100`));
      expect(JSON.stringify(messages)).not.toContain('xxxxxxxxxxxxxxxx');
      await expect((await sockets.connect(cora)).follow(ticketId)).resolves.toBeDefined();
    });

    it('over polling is refused too', async () => {
      const device = await sockets.connect(cora, { transports: ['polling'] });
      device.askAnything('message:send', message({ body: 'x'.repeat(100_000) })).catch(() => undefined);
      await device.isClosed();
      await expect((await sockets.connect(cora)).follow(ticketId)).resolves.toBeDefined();
    });
  });
});
