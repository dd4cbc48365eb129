import type { SendAnswer, WireTimelineEvent } from '@parley/socket-events';
import { anOutbox } from '../testing/an-outbox';
import { aMessageEvent, messageEvents } from '../testing/builders';
import { FakeServer } from '../testing/fake-server';
import { FakeTimers, settle } from '../testing/fake-timers';
import { ConversationEngine } from './conversation-engine';
import type { Outbox } from './outbox';
import { TransportError } from './transport';

describe('ConversationEngine under way', () => {
  let server: FakeServer;
  let timers: FakeTimers;
  let engine: ConversationEngine;
  let outbox: Outbox;

  beforeEach(() => {
    server = new FakeServer();
    timers = new FakeTimers();
    outbox = anOutbox(server, timers);
    void outbox.start();
    engine = new ConversationEngine({ ticketId: 1001, outbox, live: server.live, rest: server.rest, timers });
  });

  afterEach(() => {
    engine.close();
    outbox.stop();
  });

  const start = async (): Promise<void> => {
    server.live.connected = true;
    engine.start();
    await settle();
  };
  const seqs = (): number[] => engine.snapshot.entries.map((entry) => entry.seq);
  const bodies = (): (string | undefined)[] =>
    engine.snapshot.entries.map((entry) => (entry.type === 'message' ? entry.message.body : entry.event.type));
  const happens = (...events: WireTimelineEvent[]): void => void server.events.push(...events);

  describe('sending', () => {
    const send = (body: string) => engine.send({ kind: 'chat', body, files: [] });
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
      await settle();
      expect(states()).toEqual(['one sending', 'two sending']);
      expect(server.calls).toEqual(['subscribe 0', 'send new-1']);
      answer();
      await settle();
      expect(states()).toEqual(['two sending']);
      expect(server.calls).toEqual(['subscribe 0', 'send new-1', 'send new-2']);
    });

    it('repeats a message whose answer was lost past the socket, with the same id, and shows it once', async () => {
      await start();
      server.pushes = false;
      server.live.sending = (request) => {
        server.store(request);
        return new Promise(() => undefined);
      };
      const { clientMsgId } = send('hello');
      await timers.pass(10_000);
      server.live.sending = async (request) => server.store(request);
      await timers.pass(3_000);

      expect(server.calls).toEqual(['subscribe 0', `send ${clientMsgId}`, `POST ${clientMsgId}`, 'sync 0']);
      expect(bodies()).toEqual(['hello']);
      expect(states()).toEqual([]);
    });

    it('goes on at once when the push shows what the lost answer would have said', async () => {
      await start();
      server.live.sending = (request) => {
        if (request.body === 'one') server.store(request);
        return new Promise(() => undefined);
      };
      send('one');
      send('two');
      await timers.pass(100);
      expect(bodies()).toEqual(['one']);
      expect(server.calls).toEqual(['subscribe 0', 'send new-1', 'send new-2']);
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

    it('shows a message once that the record has and the outbox still holds', async () => {
      server.live.sending = () => new Promise(() => undefined);
      server.live.connected = true;
      send('hello');
      await settle();
      server.store({ ticketId: 1001, clientMsgId: 'new-1', kind: 'chat', body: 'hello' });
      await start();
      expect(bodies()).toEqual(['hello']);
      expect(states()).toEqual([]);
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

      void engine.retry(clientMsgId);
      await settle();

      expect(server.calls.filter((call) => call === `send ${clientMsgId}`)).toHaveLength(2);
      expect(states()).toEqual([]);
    });

    it('gives a failed message back when it is discarded', async () => {
      await start();
      server.live.sending = () => Promise.reject(new TransportError('ticket_closed', false));
      const { clientMsgId } = send('hello');
      await settle();

      expect(await engine.discard(clientMsgId)).toMatchObject({ body: 'hello' });
      expect(states()).toEqual([]);
    });

    it('does not take back what the server may have stored', async () => {
      await start();
      server.live.sending = () => new Promise(() => undefined);
      const { clientMsgId } = send('hello');
      await settle();
      expect(await engine.discard(clientMsgId)).toBeNull();
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

    it('starts anew when the numbering changed', async () => {
      happens(...messageEvents(1, 3));
      engine.start();
      await timers.pass(1_600);
      server.stream = 'stream-2';
      server.events = [aMessageEvent(1, { body: 'restored' })];
      await timers.pass(4_000);
      expect(bodies()).toEqual(['restored']);
    });

    it('sends by REST', async () => {
      engine.start();
      await timers.pass(1_600);
      const { clientMsgId } = engine.send({ kind: 'chat', body: 'hello', files: [] });
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
      engine.send({ kind: 'chat', body: 'hello', files: [] });
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
});
