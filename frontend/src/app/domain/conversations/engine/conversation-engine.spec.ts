import type { SendAnswer, WireTimelineEvent } from '@parley/socket-events';
import { aMessageEvent, ana, aStatusEvent, cora, messageEvents } from '../testing/builders';
import { FakeServer } from '../testing/fake-server';
import { FakeTimers, settle } from '../testing/fake-timers';
import { ConversationEngine } from './conversation-engine';
import { TransportError } from './transport';

describe('ConversationEngine', () => {
  let server: FakeServer;
  let timers: FakeTimers;
  let engine: ConversationEngine;
  let ids: number;

  beforeEach(() => {
    server = new FakeServer();
    timers = new FakeTimers();
    ids = 0;
    engine = new ConversationEngine({
      ticketId: 1001,
      selfId: cora.id,
      live: server.live,
      rest: server.rest,
      timers,
      newId: () => `new-${++ids}`,
    });
  });

  afterEach(() => engine.close());

  const start = async (): Promise<void> => {
    server.live.connected = true;
    engine.start();
    await settle();
  };
  const seqs = (): number[] => engine.snapshot.entries.map((entry) => entry.seq);
  const bodies = (): (string | undefined)[] =>
    engine.snapshot.entries.map((entry) => (entry.type === 'message' ? entry.message.body : entry.event.type));
  const happens = (...events: WireTimelineEvent[]): void => void server.events.push(...events);

  describe('receiving', () => {
    it('loads the whole record, page by page, before it is ready', async () => {
      server.pageSize = 2;
      happens(...messageEvents(1, 5));

      await start();

      expect(engine.snapshot).toMatchObject({ phase: 'ready', connection: 'live', cursor: 5 });
      expect(server.calls).toEqual(['subscribe 0', 'sync 2', 'sync 4']);
    });

    it('applies the next event at once', async () => {
      await start();
      server.live.push.event(aMessageEvent(1));
      expect(seqs()).toEqual([1]);
    });

    it('drops what it already has', async () => {
      happens(...messageEvents(1, 2));
      await start();

      server.live.push.event(aMessageEvent(2));
      server.live.push.event(aMessageEvent(1));

      expect(seqs()).toEqual([1, 2]);
    });

    it('puts events that come out of order into order', async () => {
      await start();
      for (const seq of [3, 1, 2]) server.live.push.event(aMessageEvent(seq));
      expect(seqs()).toEqual([1, 2, 3]);
    });

    it('never moves over a gap, and asks for what is missing after a moment', async () => {
      await start();
      happens(...messageEvents(1, 3));

      server.live.push.event(aMessageEvent(3));
      expect(engine.snapshot.cursor).toBe(0);
      await timers.pass(400);
      expect(server.calls).not.toContain('sync 0');

      await timers.pass(1_200);
      expect(server.calls).toContain('sync 0');
      expect(seqs()).toEqual([1, 2, 3]);
    });

    it('asks for nothing when the gap closes by itself', async () => {
      await start();
      server.live.push.event(aMessageEvent(2));
      server.live.push.event(aMessageEvent(1));

      await timers.pass(5_000);

      expect(server.calls).toEqual(['subscribe 0']);
    });

    it('catches up when the server announces a later head', async () => {
      await start();
      happens(...messageEvents(1, 2));

      server.live.push.head(2);
      await timers.pass(1_500);

      expect(seqs()).toEqual([1, 2]);
    });

    it('does not ask again and again when a head can not be reached', async () => {
      await start();
      server.live.push.head(9);
      await timers.pass(30_000);
      expect(server.calls.filter((call) => call.startsWith('sync'))).toHaveLength(1);
    });

    it('keeps an event that arrives while the record is still loading', async () => {
      happens(...messageEvents(1, 2));
      const answer = { ...server.page({ after: 0 }), audience: 'public' as const, readSeq: {} };
      server.live.subscribing = async () => answer;
      server.live.connected = true;

      engine.start();
      server.live.push.event(aMessageEvent(3));
      await settle();

      expect(seqs()).toEqual([1, 2, 3]);
    });

    it('tells every event once and in order', async () => {
      const told: number[] = [];
      engine.onEvent((event) => told.push(event.seq));
      happens(...messageEvents(1, 2));
      await start();

      for (const seq of [4, 2, 3]) server.live.push.event(aMessageEvent(seq));

      expect(told).toEqual([1, 2, 3, 4]);
    });

    it('forgets everything and loads from the start after a reset', async () => {
      happens(...messageEvents(1, 3));
      await start();
      server.stream = 'stream-2';
      server.events = [aMessageEvent(1, { body: 'restored' })];

      server.live.disconnect();
      server.live.connect();
      await settle();

      expect(engine.snapshot).toMatchObject({ phase: 'ready', cursor: 1 });
      expect(bodies()).toEqual(['restored']);
    });

    it('forgets and pages when a sync says reset', async () => {
      server.pageSize = 2;
      happens(...messageEvents(1, 2));
      await start();
      server.stream = 'stream-2';
      server.events = messageEvents(1, 5);

      server.live.push.head(5);
      await timers.pass(1_500);

      expect(seqs()).toEqual([1, 2, 3, 4, 5]);
    });

    it('gives up with the reason when the ticket is not the reader’s', async () => {
      server.live.subscribing = async () => {
        throw new TransportError('forbidden', false);
      };
      await start();
      await timers.pass(10_000);
      expect(engine.snapshot).toMatchObject({ phase: 'refused', refusal: { code: 'forbidden' } });
      expect(server.calls).toEqual(['subscribe 0']);
    });
  });

  describe('edits and removals', () => {
    beforeEach(async () => {
      happens(...messageEvents(1, 2));
      await start();
    });

    it('change the message where it stands', () => {
      server.live.push.event(
        aMessageEvent(3, { id: 'message-1', body: 'better', editedAt: '2026-03-02T09:05:00.000Z' }, 'message.edited'),
      );
      expect(bodies()).toEqual(['better', 'text 2']);
      expect(engine.snapshot.entries[0]).toMatchObject({ seq: 1, message: { seq: 1 } });
      expect(engine.snapshot.cursor).toBe(3);
    });

    it('name who removed a message', () => {
      const event = aMessageEvent(3, { id: 'message-1', body: undefined }, 'message.removed');
      server.live.push.event({ ...event, actor: ana } as WireTimelineEvent);
      expect(engine.snapshot.entries[0]).toMatchObject({ removedBy: { name: 'Ana Agent' } });
    });

    it('catch up when the push for an own edit is lost', async () => {
      happens(aMessageEvent(3, { id: 'message-1', body: 'better' }, 'message.edited'));
      await engine.edit('message-1', 'better');
      await timers.pass(1_500);
      expect(bodies()).toEqual(['better', 'text 2']);
    });
  });

  it('keeps changes of the ticket between the messages', async () => {
    happens(aMessageEvent(1), aStatusEvent(2), aMessageEvent(3));
    await start();
    expect(bodies()).toEqual(['text 1', 'status.changed', 'text 3']);
  });

  describe('sending', () => {
    const send = (body: string) => engine.send({ kind: 'chat', body, attachments: [] });
    const states = (): string[] => engine.snapshot.pending.map((message) => `${message.body} ${message.state}`);

    it('shows a message before the server has answered', async () => {
      await start();
      server.live.sending = () => new Promise(() => undefined);
      send('hello');
      expect(states()).toEqual(['hello sending']);
    });

    it('replaces the pending message by the stored one, once, under the same key', async () => {
      await start();
      const { clientMsgId } = send('hello');
      await settle();
      for (const event of server.events) server.live.push.event(event);

      expect(engine.snapshot.pending).toEqual([]);
      expect(engine.snapshot.entries.map((entry) => entry.key)).toEqual([`cora/${clientMsgId}`]);
    });

    it('settles a message whose push overtakes its answer', async () => {
      await start();
      let answer: (stored: SendAnswer) => void = () => undefined;
      server.live.sending = () => new Promise((resolve) => (answer = resolve));
      const { clientMsgId } = send('hello');
      const stored = server.store({ ticketId: 1001, clientMsgId, kind: 'chat', body: 'hello' });

      for (const event of server.events) server.live.push.event(event);
      expect(engine.snapshot.pending).toEqual([]);
      answer(stored);
      await settle();

      expect(bodies()).toEqual(['hello']);
    });

    it('keeps a stored message in its place until what came before it is there', async () => {
      await start();
      happens(aMessageEvent(1));
      send('hello');
      await settle();
      expect(states()).toEqual(['hello sent']);
      expect(engine.snapshot.cursor).toBe(0);

      await timers.pass(1_500);
      expect(bodies()).toEqual(['text 1', 'hello']);
      expect(states()).toEqual([]);
    });

    it('sends one after the other, in the order of writing', async () => {
      await start();
      let answer: () => void = () => undefined;
      server.live.sending = (request) => new Promise((resolve) => (answer = () => resolve(server.store(request))));

      send('one');
      send('two');
      expect(states()).toEqual(['one sending', 'two waiting']);
      answer();
      await settle();
      expect(states()).toEqual(['two sending']);
    });

    it('repeats a message whose answer was lost, with the same id, and shows it once', async () => {
      await start();
      server.live.sending = (request) => {
        server.store(request);
        return new Promise(() => undefined);
      };
      const { clientMsgId } = send('hello');
      await timers.pass(10_000);
      server.live.sending = async (request) => server.store(request);
      await timers.pass(1_500);

      expect(server.calls.filter((call) => call === `send ${clientMsgId}`)).toHaveLength(2);
      expect(bodies()).toEqual(['hello']);
      expect(states()).toEqual([]);
    });

    it('waits while there is no connection and goes out after reconnecting', async () => {
      await start();
      server.live.disconnect();
      send('hello');
      expect(states()).toEqual(['hello waiting']);

      server.live.connect();
      await settle();
      expect(bodies()).toEqual(['hello']);
    });

    it('does not repeat a message that the new subscription already brings', async () => {
      await start();
      server.live.sending = (request) => {
        server.store(request);
        return Promise.reject(new TransportError('offline', true));
      };
      send('hello');
      await settle();
      server.live.disconnect();
      server.live.connect();
      await settle();

      expect(server.calls.filter((call) => call.startsWith('send'))).toHaveLength(1);
      expect(bodies()).toEqual(['hello']);
    });

    it('waits as long as the server says when it was too fast', async () => {
      await start();
      server.live.sending = () => Promise.reject(new TransportError('rate_limited', true, 20_000));
      send('hello');
      await timers.pass(0);
      server.live.sending = async (request) => server.store(request);
      await timers.pass(19_000);
      expect(states()).toEqual(['hello waiting']);
      await timers.pass(2_000);
      expect(bodies()).toEqual(['hello']);
    });

    it('marks a refused message as failed and lets the next one through', async () => {
      await start();
      server.live.sending = async (request) => {
        if (request.body === 'bad') throw new TransportError('validation', false);
        return server.store(request);
      };
      send('bad');
      send('good');
      await settle();

      expect(states()).toEqual(['bad failed']);
      expect(bodies()).toEqual(['good']);
    });

    it('retries a failed message under its old id', async () => {
      await start();
      server.live.sending = () => Promise.reject(new TransportError('ticket_closed', false));
      const { clientMsgId } = send('hello');
      await settle();
      server.live.sending = async (request) => server.store(request);

      engine.retry(clientMsgId);
      await settle();

      expect(server.calls.filter((call) => call === `send ${clientMsgId}`)).toHaveLength(2);
      expect(states()).toEqual([]);
    });

    it('gives a failed message back when it is discarded', async () => {
      await start();
      server.live.sending = () => Promise.reject(new TransportError('ticket_closed', false));
      const { clientMsgId } = send('hello');
      await settle();

      expect(engine.discard(clientMsgId)).toMatchObject({ body: 'hello' });
      expect(states()).toEqual([]);
    });

    it('does not take back what the server may have stored', async () => {
      await start();
      server.live.sending = () => new Promise(() => undefined);
      const { clientMsgId } = send('hello');
      expect(engine.discard(clientMsgId)).toBeNull();
      expect(states()).toEqual(['hello sending']);
    });
  });

  describe('without a socket', () => {
    it('loads by REST when the socket does not come up', async () => {
      happens(...messageEvents(1, 2));
      engine.start();
      await timers.pass(1_600);
      expect(engine.snapshot).toMatchObject({ phase: 'ready', connection: 'polling', cursor: 2 });
    });

    it('looks for news every few seconds', async () => {
      engine.start();
      await timers.pass(1_600);
      happens(aMessageEvent(1));
      await timers.pass(4_000);
      expect(seqs()).toEqual([1]);
    });

    it('sends by REST', async () => {
      engine.start();
      await timers.pass(1_600);
      const { clientMsgId } = engine.send({ kind: 'chat', body: 'hello', attachments: [] });
      await settle();
      expect(server.calls).toContain(`POST ${clientMsgId}`);
      expect(bodies()).toEqual(['hello']);
    });

    it('falls back to REST three seconds after the socket went, and returns to the socket', async () => {
      await start();
      server.live.disconnect();
      await timers.pass(2_900);
      expect(server.calls).not.toContain('GET events 0');
      await timers.pass(200);
      expect(engine.snapshot.connection).toBe('polling');

      server.live.connect();
      await settle();
      expect(engine.snapshot.connection).toBe('live');
      const calls = server.calls.length;
      await timers.pass(10_000);
      expect(server.calls).toHaveLength(calls);
    });

    it('says it is offline when neither way answers, and sends what waited when one does', async () => {
      server.rest.reachable = false;
      engine.start();
      await timers.pass(1_600);
      engine.send({ kind: 'chat', body: 'hello', attachments: [] });
      expect(engine.snapshot.connection).toBe('offline');

      server.rest.reachable = true;
      await timers.pass(4_000);
      expect(bodies()).toEqual(['hello']);
    });

    it('subscribes with its cursor when the socket comes back', async () => {
      happens(...messageEvents(1, 2));
      await start();
      server.live.disconnect();
      server.live.connect();
      await settle();
      expect(server.calls).toEqual(['subscribe 0', 'subscribe 2']);
    });

    it('ignores the late answer of an earlier connection', async () => {
      happens(...messageEvents(1, 2));
      let late: () => void = () => undefined;
      const answer = { ...server.page({ after: 0 }), audience: 'public' as const, readSeq: {} };
      server.live.subscribing = () => new Promise((resolve) => (late = () => resolve({ ...answer, stream: 'old' })));
      await start();
      server.live.disconnect();
      server.live.subscribing = async () => answer;
      server.live.connect();
      await settle();
      late();
      await settle();
      expect(seqs()).toEqual([1, 2]);
    });
  });

  describe('marks and signs', () => {
    it('raises the read mark and never lowers it', async () => {
      server.readSeq = { cora: 2 };
      happens(...messageEvents(1, 5));
      await start();
      for (const seq of [1, 4, 3, 4]) engine.markRead(seq);
      expect(server.calls.filter((call) => call.startsWith('read'))).toEqual(['read 4']);
    });

    it('follows the read marks of others', async () => {
      happens(...messageEvents(1, 5));
      await start();
      server.live.push.read('staff', 4);
      server.live.push.read('staff', 3);
      expect(engine.snapshot.readSeq).toEqual({ staff: 4 });
    });

    it('shows who is writing for six seconds after the last sign', async () => {
      await start();
      server.live.push.typing(ana, true);
      await timers.pass(5_000);
      server.live.push.typing(ana, true);
      await timers.pass(5_000);
      expect(engine.snapshot.typing).toEqual([ana]);
      await timers.pass(1_000);
      expect(engine.snapshot.typing).toEqual([]);
    });

    it('stops showing a writer whose message arrives', async () => {
      await start();
      server.live.push.typing(ana, true);
      server.live.push.event(aMessageEvent(1, { author: ana }));
      expect(engine.snapshot.typing).toEqual([]);
    });

    it('says nothing about typing without the socket', async () => {
      engine.start();
      await timers.pass(1_600);
      engine.announceTyping(true, 'chat');
      expect(server.calls.filter((call) => call.startsWith('typing'))).toEqual([]);
    });
  });

  it('leaves the ticket and falls silent when it is closed', async () => {
    await start();
    const changes: unknown[] = [];
    engine.onChange((snapshot) => changes.push(snapshot));
    engine.close();
    await timers.pass(60_000);

    expect(server.live.listening).toBe(false);
    expect(server.calls).toEqual(['subscribe 0', 'unsubscribe 1001']);
    expect(changes).toEqual([]);
  });

  it('shows a message sent twice by another author as two', async () => {
    happens(aMessageEvent(1, { clientMsgId: 'same' }), aMessageEvent(2, { clientMsgId: 'same', author: ana }));
    await start();
    expect(new Set(engine.snapshot.entries.map((entry) => entry.key)).size).toBe(2);
  });
});
