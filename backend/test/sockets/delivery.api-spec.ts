import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '../../src/common';
import { TimelineService } from '../../src/conversations';
import { aMessage, expectStatus, testApi, type Person } from '../support/api-client';
import { until } from '../support/until';
import { granted, refused, testSockets } from './support/device';
import { longTimeline, manyTickets } from './support/many';
import { dense, Merged } from './support/merged';

/** What each of four people says at full speed; longer runs: TALK_MESSAGES=500. */
const TALK = Number(process.env.TALK_MESSAGES ?? 100);
const ANY_TEXT = expect.any(String) as string;

describe('a conversation over sockets', () => {
  const api = testApi();
  const sockets = testSockets(api);
  let cora: Person;
  let ana: Person;
  let ticketId: number;
  beforeAll(async () => {
    [cora, ana] = await Promise.all([api.given.customer({ name: 'Cora' }), api.given.agent({ name: 'Ana' })]);
  });
  beforeEach(async () => {
    ticketId = (await api.given.ticket({ by: cora })).id;
  });

  describe('subscribing', () => {
    it('answers with the timeline, its head and who has read how far', async () => {
      const device = await sockets.connect(cora);
      await expect(device.ask('ticket:subscribe', { ticketId, after: 0 })).resolves.toEqual({
        ok: true,
        audience: 'public',
        stream: ANY_TEXT,
        head: 1,
        events: [
          {
            id: ANY_TEXT,
            ticketId,
            seq: 1,
            type: 'ticket.created',
            at: ANY_TEXT,
            actor: { id: cora.id, name: 'Cora', role: 'customer', online: true },
            data: {},
          },
        ],
        hasMore: false,
        readSeq: expect.any(Object) as object,
      });
    });

    it('tells staff who else is there', async () => {
      const device = await sockets.connect(ana);
      await expect(device.follow(ticketId)).resolves.toMatchObject({
        audience: 'staff',
        viewers: [{ id: ana.id, name: 'Ana', role: 'agent', online: true, state: 'viewing' }],
      });
    });

    it('leaves out what the page has', async () => {
      const device = await sockets.connect(cora);
      await device.say(ticketId, 'one');
      await device.say(ticketId, 'two');
      const { stream } = await device.follow(ticketId);
      await expect(device.follow(ticketId, 2, stream)).resolves.toMatchObject({ head: 3, events: [{ seq: 3 }] });
      await expect(device.follow(ticketId, 3, stream)).resolves.toMatchObject({ head: 3, events: [] });
    });

    it.each([
      ['above the head', async () => ({ after: 99 })],
      ['of another numbering', async () => ({ after: 1, stream: 'of another time' })],
      ['of staff', async () => ({ after: 1, stream: (await (await sockets.connect(ana)).follow(ticketId)).stream })],
    ])('starts anew with a place %s', async (_what, place) => {
      const device = await sockets.connect(cora);
      const answer = await device.ask('ticket:subscribe', { ticketId, ...(await place()) });
      expect(answer).toMatchObject({ ok: true, reset: true, head: 1, events: [{ seq: 1 }] });
    });

    it('gives two hundred events at once, and says that there are more', async () => {
      const device = await sockets.connect(ana);
      await longTimeline(api, ticketId, ana.id, 211);
      const first = await device.follow(ticketId);
      expect([first.events.length, first.hasMore, first.head]).toEqual([200, true, 211]);
      const merged = await Merged.follow(device, ticketId);
      expect(merged.seqs).toEqual(dense(1, 211));
    });

    it('is refused for the 201st ticket', async () => {
      const device = await sockets.connect(ana);
      const ids = await manyTickets(api, ticketId, 200);
      await Promise.all(ids.map((id) => device.follow(id, 1)));
      await expect(device.ask('ticket:subscribe', { ticketId, after: 0 })).resolves.toEqual(
        refused('rate_limited', true),
      );
      await expect(device.follow(ids[0], 1)).resolves.toBeDefined();
      granted(await device.ask('ticket:unsubscribe', { ticketId: ids[0] }));
      await expect(device.follow(ticketId)).resolves.toBeDefined();
    });
  });

  describe('syncing', () => {
    it('answers with what came after, without subscribing', async () => {
      const device = await sockets.connect(cora);
      const { stream } = await device.follow(ticketId);
      granted(await device.ask('ticket:unsubscribe', { ticketId }));
      const { seq } = await (await sockets.connect(ana)).say(ticketId, 'Hello');
      const answer = granted(await device.ask('ticket:sync', { ticketId, after: 1, stream }));
      expect(answer).toEqual({
        ok: true,
        stream,
        head: seq,
        events: [expect.objectContaining({ seq, type: 'message.created' })],
        hasMore: false,
      });
      expect(device.pushed(ticketId)).toEqual([]);
    });

    it('ends what is pushed when unsubscribing, for this page alone', async () => {
      const [one, other] = await Promise.all([sockets.connect(cora), sockets.connect(cora)]);
      await Promise.all([one.follow(ticketId), other.follow(ticketId)]);
      await expect(one.ask('ticket:unsubscribe', { ticketId })).resolves.toEqual({ ok: true });
      const { seq } = await (await sockets.connect(ana)).say(ticketId, 'Hello');
      await other.hearsSeq(ticketId, seq);
      expect(one.pushed(ticketId)).toEqual([]);
    });
  });

  describe('sending', () => {
    it('is answered with the stored message, and pushed to everybody who follows', async () => {
      const [customer, agent] = await Promise.all([sockets.connect(cora), sockets.connect(ana)]);
      await Promise.all([customer.follow(ticketId), agent.follow(ticketId)]);
      const clientMsgId = newId();
      const request = { ticketId, clientMsgId, kind: 'chat', body: 'Hello **there** 😀' } as const;
      const answer = await customer.ask('message:send', request);
      const message = {
        id: ANY_TEXT,
        ticketId,
        seq: 2,
        kind: 'chat',
        body: 'Hello **there** 😀',
        clientMsgId,
        author: { id: cora.id, name: 'Cora', role: 'customer', online: true },
        attachments: [],
        createdAt: ANY_TEXT,
        editedAt: null,
        removedAt: null,
      };
      expect(answer).toEqual({ ok: true, seq: 2, duplicate: false, message });
      for (const device of [customer, agent]) {
        const event = await device.hearsSeq(ticketId, 2);
        expect(event).toMatchObject({ type: 'message.created', actor: { id: cora.id }, data: { message } });
      }
    });

    it('is true before it is pushed or answered', async () => {
      const [customer, agent] = await Promise.all([sockets.connect(cora), sockets.connect(ana)]);
      await agent.follow(ticketId);
      const stored = new Promise<boolean>((resolve, reject) => {
        agent.socket.once('ticket:event', ({ seq }) => {
          ana
            .get(`/api/tickets/${ticketId}/events?after=${seq - 1}`)
            .then(({ body }) => resolve(body.some((event: { seq: number }) => event.seq === seq)), reject);
        });
      });
      const { seq } = await customer.say(ticketId, 'Hello');
      const { body: messages } = expectStatus(200, await cora.get(`/api/tickets/${ticketId}/messages`));
      expect(messages).toMatchObject([{ seq }]);
      await expect(stored).resolves.toBe(true);
    });

    it('over REST is pushed like any other', async () => {
      const device = await sockets.connect(cora);
      await device.follow(ticketId);
      const message = await api.given.message(ana, ticketId, { body: 'Over REST' });
      const event = await device.hearsSeq(ticketId, message.seq);
      expect(event.data).toMatchObject({ message: { id: message.id, body: 'Over REST' } });
    });

    it('puts a reopening right behind the word that caused it', async () => {
      const resolved = await api.given.ticketIn('resolved', { by: cora });
      const device = await sockets.connect(cora);
      const { head } = await device.follow(resolved.id);
      const { seq } = await device.say(resolved.id, 'It is broken again');
      const event = await device.hearsSeq(resolved.id, seq + 1);
      expect(seq).toBe(head + 1);
      expect(event).toMatchObject({ type: 'status.changed', data: { from: 'resolved', to: 'open' } });
    });
  });

  describe('the order', () => {
    it('is the same for four people who talk at once, in every page and in the history', async () => {
      const people = [cora, ana, await api.given.agent(), await api.given.admin()];
      const devices = await Promise.all(people.map((person) => sockets.connect(person)));
      await Promise.all(devices.map((device) => device.follow(ticketId)));
      const talk = async (index: number): Promise<number[]> => {
        const seqs: number[] = [];
        for (const n of dense(1, TALK)) seqs.push((await devices[index].say(ticketId, `${index}: ${n}`)).seq);
        return seqs;
      };
      const acknowledged = await Promise.all(dense(0, 3).map(talk));
      const last = 4 * TALK + 1;
      expect(acknowledged.flat().toSorted((a, b) => a - b)).toEqual(dense(2, last));
      for (const seqs of acknowledged) expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));

      const history: string[] = [];
      for (let after = 1; after < last; after += 100) {
        const { body } = expectStatus(200, await cora.get(`/api/tickets/${ticketId}/events?after=${after}&limit=100`));
        for (const event of body as { id: string }[]) history.push(event.id);
      }
      for (const device of devices) {
        await until('all messages arrived', () => device.pushed(ticketId).length === 4 * TALK, 10_000);
        expect(device.pushed(ticketId).map(({ seq }) => seq)).toEqual(dense(2, last));
        expect(device.pushed(ticketId).map(({ id }) => id)).toEqual(history);
      }
    });

    it.each([
      ['from the start', () => 0],
      ['at the head', (head: number) => head],
      ['just before the head', (head: number) => head - 1],
    ])('has no gap and nothing twice for a reader who comes %s while others write', async (_where, placeAt) => {
      const writer = await sockets.connect(ana);
      let isWriting = true;
      let head = 1;
      const writing = (async () => {
        while (isWriting) {
          ({ seq: head } = await writer.say(ticketId, `message ${head}`));
          await sleep(10);
        }
      })();
      await until('some were written', () => head > 10);
      const readers = await Promise.all(
        dense(1, 4).map(async (n) => {
          await sleep(n * 23);
          const reader = await sockets.connect(cora);
          const after = placeAt(head);
          return { reader, after, merged: await Merged.follow(reader, ticketId, after) };
        }),
      );
      await sleep(200);
      isWriting = false;
      await writing;
      for (const { reader, after, merged } of readers) {
        await until('the last one arrived', () => merged.seqs.includes(head));
        expect(merged.seqs).toEqual(dense(after + 1, head));
        const pushed = reader.pushed(ticketId).map(({ seq }) => seq);
        expect(pushed).toEqual([...new Set(pushed)]);
      }
    });
  });

  describe('a repeat', () => {
    it('over both ways, one after another and at once, is one message', async () => {
      const [customer, agent] = await Promise.all([sockets.connect(cora), sockets.connect(ana)]);
      await agent.follow(ticketId);
      const message = { clientMsgId: newId(), kind: 'chat', body: 'Once' } as const;
      const bySocket = async () => granted(await customer.ask('message:send', { ticketId, ...message }));
      const byRest = async () => (await cora.post(`/api/tickets/${ticketId}/messages`, message)).body;
      const answers = [await bySocket(), await byRest(), await bySocket()];
      answers.push(...(await Promise.all([bySocket(), byRest(), bySocket(), byRest(), bySocket()])));
      expect(answers.map(({ duplicate }) => duplicate)).toEqual([false, ...dense(1, 7).map(() => true)]);
      expect(new Set(answers.map((answer) => `${answer.seq} ${answer.message.id}`)).size).toBe(1);
      await expectStored(1);
      const { seq } = await customer.say(ticketId, 'And on');
      await agent.hearsSeq(ticketId, seq);
      expect(agent.pushed(ticketId).map((event) => event.seq)).toEqual([2, 3]);
    });

    it('whose first try is still under way is one message', async () => {
      const devices = await Promise.all(dense(1, 4).map(() => sockets.connect(cora)));
      const message = { clientMsgId: newId(), kind: 'chat', body: 'Once' } as const;
      const answers = await Promise.all([
        ...devices.map(async (device) => granted(await device.ask('message:send', { ticketId, ...message }))),
        ...devices.map(async () => (await cora.post(`/api/tickets/${ticketId}/messages`, message)).body),
      ]);
      expect(answers.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
      expect(new Set(answers.map(({ seq }) => seq))).toEqual(new Set([2]));
      await expectStored(1);
    });

    it.each([
      ['another text', () => ({ body: 'Another text' })],
      ['another kind', () => ({ kind: 'comment' as const })],
      ['another ticket', async () => ({ ticketId: (await api.given.ticket({ by: cora })).id as number })],
    ])('with %s is a conflict over both ways, and nothing is stored', async (_what, other) => {
      const device = await sockets.connect(cora);
      const first = { ticketId, clientMsgId: newId(), kind: 'chat', body: 'First' } as const;
      granted(await device.ask('message:send', first));
      const clash = { ...first, ...(await other()) };
      await expect(device.ask('message:send', clash)).resolves.toEqual(refused('conflict'));
      const { ticketId: target, ...body } = clash;
      expect(await cora.post(`/api/tickets/${target}/messages`, body)).toMatchObject({
        status: 409,
        body: { code: 'conflict' },
      });
      await expectStored(1);
    });

    it('finds the message of its own author only', async () => {
      const clientMsgId = newId();
      const request = { ticketId, clientMsgId, kind: 'chat', body: 'The same' } as const;
      const answers = await Promise.all(
        [cora, ana].map(async (person) => granted(await (await sockets.connect(person)).ask('message:send', request))),
      );
      expect(answers.map(({ duplicate }) => duplicate)).toEqual([false, false]);
      await expectStored(2);
    });

    it('after an edit is still the repeat of what was sent', async () => {
      const device = await sockets.connect(cora);
      const request = { ticketId, clientMsgId: newId(), kind: 'chat', body: 'Frist' } as const;
      const { message } = granted(await device.ask('message:send', request));
      granted(await device.ask('message:edit', { ticketId, messageId: message.id, body: 'First' }));
      const repeat = granted(await device.ask('message:send', request));
      expect(repeat).toMatchObject({ duplicate: true, message: { id: message.id, body: 'First' } });
    });

    it('after the ticket was closed is answered as before', async () => {
      const device = await sockets.connect(cora);
      const request = { ticketId, clientMsgId: newId(), kind: 'chat', body: 'Thanks' } as const;
      const first = granted(await device.ask('message:send', request));
      expectStatus(200, await cora.put(`/api/tickets/${ticketId}/status`, { status: 'closed' }));
      const repeat = granted(await device.ask('message:send', request));
      expect(repeat).toMatchObject({ duplicate: true, seq: first.seq, message: { id: first.message.id } });
    });

    const expectStored = async (count: number): Promise<void> => {
      const rows = await api.rows('SELECT id FROM messages WHERE ticketNumber = ?', [ticketId]);
      expect(rows).toHaveLength(count);
    };
  });

  describe('a closed ticket', () => {
    beforeEach(async () => {
      expectStatus(200, await ana.put(`/api/tickets/${ticketId}/status`, { status: 'closed' }));
    });

    it.each(['chat', 'comment'] as const)('takes no %s of its customer, over neither way', async (kind) => {
      const device = await sockets.connect(cora);
      const request = { ticketId, clientMsgId: newId(), kind, body: 'One more thing' };
      await expect(device.ask('message:send', request)).resolves.toEqual(refused('ticket_closed'));
      expect(await cora.post(`/api/tickets/${ticketId}/messages`, aMessage({ kind }))).toMatchObject({
        status: 409,
        body: { code: 'ticket-closed' },
      });
    });

    it('takes no chat of staff, but notes and comments', async () => {
      const device = await sockets.connect(ana);
      const chat = { ticketId, clientMsgId: newId(), kind: 'chat', body: 'Hello' } as const;
      await expect(device.ask('message:send', chat)).resolves.toEqual(refused('ticket_closed'));
      await expect(device.say(ticketId, 'For the record', 'comment')).resolves.toBeDefined();
      await expect(device.say(ticketId, 'Among us', 'note')).resolves.toBeDefined();
    });
  });

  describe('what changed while a page was away', () => {
    it('is there when it comes back: edits with the new text, removals without any', async () => {
      const device = await sockets.connect(cora);
      const { stream } = await device.follow(ticketId);
      const agent = await sockets.connect(ana);
      const kept = await agent.say(ticketId, 'A tpyo');
      const gone = await agent.say(ticketId, 'A secret');
      await device.hearsSeq(ticketId, gone.seq);
      device.socket.disconnect();

      const edit = { ticketId, messageId: kept.message.id, body: 'A typo' };
      await expect(agent.ask('message:edit', edit)).resolves.toEqual({ ok: true, seq: 4 });
      const removal = { ticketId, messageId: gone.message.id };
      await expect(agent.ask('message:remove', removal)).resolves.toEqual({ ok: true, seq: 5 });

      const back = await sockets.connect(cora);
      const { events } = await back.follow(ticketId, gone.seq, stream);
      expect(events).toMatchObject([
        { seq: 4, type: 'message.edited', data: { message: { id: kept.message.id, seq: kept.seq, body: 'A typo' } } },
        { seq: 5, type: 'message.removed', data: { message: { id: gone.message.id, removedAt: ANY_TEXT } } },
      ]);
      expect(events[1].data).not.toHaveProperty('message.body');
      expect(events[1].data).not.toHaveProperty('message.attachments');

      const fresh = await sockets.connect(cora);
      const all = await fresh.follow(ticketId);
      expect(JSON.stringify(all)).not.toMatch(/A secret|A tpyo/);
    });

    it('is pushed to those who stayed', async () => {
      const [customer, agent] = await Promise.all([sockets.connect(cora), sockets.connect(ana)]);
      await customer.follow(ticketId);
      const { message } = await agent.say(ticketId, 'A tpyo');
      granted(await agent.ask('message:edit', { ticketId, messageId: message.id, body: 'A typo' }));
      granted(await agent.ask('message:remove', { ticketId, messageId: message.id }));
      await customer.hearsSeq(ticketId, 4);
      expect(customer.pushed(ticketId).map(({ type }) => type)).toEqual([
        'message.created',
        'message.edited',
        'message.removed',
      ]);
    });
  });

  it('is announced from the database every ten seconds, so that a page that missed a push notices', async () => {
    const [customer, agent] = await Promise.all([sockets.connect(cora), sockets.connect(ana)]);
    await Promise.all([customer.follow(ticketId), agent.follow(ticketId)]);
    await agent.say(ticketId, 'Public');
    await agent.say(ticketId, 'Among us', 'note');
    const isCurrent = (seq: number) => (head: { ticketId: number; seq: number }) =>
      head.ticketId === ticketId && head.seq === seq;
    await customer.hears('ticket:head', isCurrent(2), 11_000);
    await agent.hears('ticket:head', isCurrent(3));
    expect(customer.heard('ticket:head').some(({ seq }) => seq > 2)).toBe(false);
    await expect(api.part(TimelineService).heads([ticketId])).resolves.toEqual(
      new Map([[ticketId, { staff: 3, public: 2 }]]),
    );
  });

  it('works over long polling from the first push to the last', async () => {
    const over = { transports: ['polling'] };
    const [customer, agent] = await Promise.all([sockets.connect(cora, over), sockets.connect(ana, over)]);
    await Promise.all([customer.follow(ticketId), agent.follow(ticketId)]);
    for (const n of dense(1, 5)) await agent.say(ticketId, `Question ${n}`);
    for (const n of dense(1, 5)) await customer.say(ticketId, `Answer ${n}`);
    for (const device of [customer, agent]) {
      await device.hearsSeq(ticketId, 11);
      expect(device.pushed(ticketId).map(({ seq }) => seq)).toEqual(dense(2, 11));
    }
  });

  it('goes on when a page changes from polling to websocket', async () => {
    const customer = await sockets.connect(cora, { transports: ['polling', 'websocket'] });
    await customer.follow(ticketId);
    const agent = await sockets.connect(ana);
    for (const n of dense(1, 20)) await agent.say(ticketId, `${n}`);
    await until('the transport is better now', () => customer.socket.io.engine.transport.name === 'websocket');
    await agent.say(ticketId, 'last');
    await customer.hearsSeq(ticketId, 22);
    expect(customer.pushed(ticketId).map(({ seq }) => seq)).toEqual(dense(2, 22));
  });
});
