import type { WireTimelineEvent } from '@parley/socket-events';
import { anOutbox } from '../testing/an-outbox';
import { aMessageEvent, ana, aStatusEvent, messageEvents } from '../testing/builders';
import { FakeServer } from '../testing/fake-server';
import { FakeTimers, settle } from '../testing/fake-timers';
import { ConversationEngine } from './conversation-engine';
import type { Outbox } from './outbox';
import { TransportError } from './transport';

describe('ConversationEngine', () => {
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

    it('keeps what is pushed while the answer to its subscription is on the way', async () => {
      happens(aMessageEvent(1));
      let answer: () => void = () => undefined;
      const early = { ...server.page({ after: 0 }), audience: 'public' as const, readSeq: {} };
      server.live.subscribing = () => new Promise((resolve) => (answer = () => resolve(early)));
      await start();
      server.live.push.event(aMessageEvent(2));
      answer();
      await settle();
      expect(engine.snapshot).toMatchObject({ phase: 'ready', cursor: 2 });
    });

    it('takes nothing that was pushed in a numbering that has ended', async () => {
      happens(...messageEvents(1, 2));
      await start();
      server.live.push.event(aMessageEvent(4, { body: 'of the old numbering' }));
      server.stream = 'stream-2';
      server.events = messageEvents(1, 3);
      server.live.connect();
      await settle();
      happens(aMessageEvent(4));
      server.live.push.event(aMessageEvent(4));
      expect(bodies()).toEqual(['text 1', 'text 2', 'text 3', 'text 4']);
    });

    it('follows anew when a page is in another numbering than the pushes', async () => {
      happens(...messageEvents(1, 2));
      await start();
      server.stream = 'stream-2';
      server.live.push.head(3);
      await timers.pass(1_500);
      expect(server.calls).toEqual(['subscribe 0', 'sync 2', 'subscribe 2']);
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
      server.live.push.event({ ...event, actor: ana });
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

  describe('marks and signs', () => {
    it('raises the read mark and never lowers it', async () => {
      server.readSeq = { cora: 2 };
      happens(...[1, 2, 3, 4, 5].map((seq) => aMessageEvent(seq, { author: ana })));
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
