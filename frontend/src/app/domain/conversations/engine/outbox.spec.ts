import { aFile, anOutbox, aStagedFile, FakeBrowser, FakeUploads } from '../testing/an-outbox';
import { FakeServer } from '../testing/fake-server';
import { FakeTimers, settle } from '../testing/fake-timers';
import type { Journal } from './journal';
import { LocalLocks } from './locks';
import { MemoryOutboxStore } from './memory-outbox-store';
import type { Outbox, OutboxOptions } from './outbox';
import type { NewEntry, OutboxStore } from './outbox-store';
import { TransportError } from './transport';

describe('Outbox', () => {
  let server: FakeServer;
  let timers: FakeTimers;
  let disk: MemoryOutboxStore;
  let uploads: FakeUploads;
  let open: Outbox[];

  beforeEach(() => {
    server = new FakeServer();
    server.live.connected = true;
    timers = new FakeTimers();
    disk = new MemoryOutboxStore();
    uploads = new FakeUploads();
    open = [];
  });

  afterEach(() => open.forEach((outbox) => outbox.stop()));

  async function start(options: Partial<OutboxOptions> = {}): Promise<Outbox> {
    const outbox = anOutbox(server, timers, { store: disk, uploads, ...options });
    open.push(outbox);
    void outbox.start();
    await settle();
    return outbox;
  }

  const write = (outbox: Outbox, body: string, more: Partial<Parameters<Outbox['add']>[1]> = {}, ticketId = 1001) =>
    outbox.add(ticketId, { kind: 'chat', body, files: [], ...more });
  const states = (outbox: Outbox): string[] => outbox.pending().map(({ body, state }) => `${body} ${state}`);
  const stored = (): (string | undefined)[] =>
    server.events.flatMap((event) => (event.type === 'message.created' ? [event.data.message.body] : []));
  const unanswered = () => new Promise<never>(() => undefined);

  it('keeps a message before it is sent for the first time', async () => {
    const outbox = await start();
    server.live.sending = async (request) => {
      expect(await disk.entries('cora')).toMatchObject([{ body: 'hello', attempts: 1 }]);
      return server.store(request);
    };
    write(outbox, 'hello');
    await settle();
    expect(stored()).toEqual(['hello']);
    expect(await disk.entries('cora')).toEqual([]);
  });

  it('sends what an earlier page could not, under the same id and once', async () => {
    const before = await start();
    server.live.sending = (request) => {
      server.store(request);
      return unanswered();
    };
    const { clientMsgId } = write(before, 'hello');
    write(before, 'world');
    await settle();
    before.stop();

    server.live.sending = async (request) => server.store(request);
    const after = await start();
    await settle();
    expect(server.calls.slice(0, 2)).toEqual([`send ${clientMsgId}`, `send ${clientMsgId}`]);
    expect(stored()).toEqual(['hello', 'world']);
    expect(after.pending()).toEqual([]);
  });

  it('sends nothing of one person as another, and waits for the return of its own', async () => {
    const ofCora = await start();
    server.live.disconnect();
    write(ofCora, 'from cora');
    await settle();
    ofCora.stop();
    server.live.connect();

    const ofBen = await start({ userId: 'ben' });
    expect(ofBen.pending()).toEqual([]);
    await timers.pass(60_000);
    expect(server.calls).toEqual([]);

    ofBen.stop();
    await start();
    await settle();
    expect(stored()).toEqual(['from cora']);
  });

  it('sends nothing once the sign-in has changed, not even what was about to go', async () => {
    let isSignedIn = true;
    const outbox = await start({ isSignedIn: () => isSignedIn });
    write(outbox, 'hello', { files: [aFile('a.png')] });
    uploads.uploading = async (_ticketId, file) => {
      isSignedIn = false;
      return aStagedFile(file, 'staged-1');
    };
    await timers.pass(60_000);
    expect(server.calls).toEqual([]);

    isSignedIn = true;
    outbox.wake();
    await settle();
    expect(stored()).toEqual(['hello']);
    expect(uploads.calls).toEqual(['a.png']);
  });

  it('sends the tickets beside each other, and each in order', async () => {
    const outbox = await start();
    server.live.sending = (request) =>
      request.ticketId === 1001 ? unanswered() : Promise.resolve(server.store(request));
    for (const body of ['stuck', 'behind']) write(outbox, body);
    for (const body of ['one', 'two']) write(outbox, body, {}, 1002);
    await settle();
    expect(stored()).toEqual(['one', 'two']);
  });

  it('makes one message of pressing Send twice', async () => {
    const outbox = await start();
    for (let press = 0; press < 2; press++) write(outbox, 'hello', { clientMsgId: 'draft-1' });
    await settle();
    expect(server.calls).toEqual(['send draft-1']);
  });

  it('goes on for as long as it takes, less and less often', async () => {
    const outbox = await start();
    server.live.sending = () => Promise.reject(new TransportError('unavailable', true));
    write(outbox, 'hello');
    await timers.pass(600_000);
    expect(server.calls.length).toBeGreaterThan(20);
    expect(server.calls.length).toBeLessThan(40);
    expect(outbox.pending()).toMatchObject([{ state: 'waiting', error: { code: 'unavailable' } }]);
  });

  it('does not take the end of a sign-in for a verdict', async () => {
    const outbox = await start();
    server.live.sending = () => Promise.reject(new TransportError('unauthenticated', false));
    write(outbox, 'hello');
    await settle();
    expect(states(outbox)).toEqual(['hello waiting']);
  });

  it('respects the pause that the server asks for, even when the connection comes back', async () => {
    const outbox = await start();
    server.live.sending = () => Promise.reject(new TransportError('rate_limited', true, 20_000));
    write(outbox, 'hello');
    await settle();
    server.live.connect();
    await timers.pass(19_000);
    expect(server.calls).toHaveLength(1);
    await timers.pass(2_000);
    expect(server.calls).toHaveLength(2);
  });

  it('keeps those of a ticket that is gone, with the reason', async () => {
    const outbox = await start();
    server.live.sending = () => Promise.reject(new TransportError('forbidden', false));
    for (const body of ['one', 'two']) write(outbox, body);
    await settle();
    outbox.stop();
    const after = await start();
    expect(states(after)).toEqual(['one failed', 'two failed']);
    expect(after.pending()[0]?.error).toMatchObject({ code: 'forbidden' });
  });

  it('sends words under a new id when others were stored under theirs', async () => {
    const outbox = await start();
    server.live.sending = () => Promise.reject(new TransportError('conflict', false));
    write(outbox, 'other words', { clientMsgId: 'draft-1' });
    await settle();
    server.live.sending = async (request) => server.store(request);
    await outbox.retry('draft-1');
    await settle();
    expect(server.calls).toEqual(['send draft-1', 'send new-1']);
    expect(stored()).toEqual(['other words']);
  });

  describe('holding back', () => {
    it('gives time to take a message back, and holds those behind it', async () => {
      const outbox = await start();
      const { clientMsgId } = write(outbox, 'held', { holdMs: 5_000 });
      write(outbox, 'behind');
      await timers.pass(4_900);
      expect(states(outbox)).toEqual(['held held', 'behind waiting']);
      expect(await outbox.discard(clientMsgId)).toMatchObject({ body: 'held' });
      await settle();
      expect(stored()).toEqual(['behind']);
    });

    it('goes on over a reload', async () => {
      const before = await start();
      write(before, 'held', { holdMs: 5_000 });
      await timers.pass(3_000);
      before.stop();
      const after = await start();
      await timers.pass(1_900);
      expect(states(after)).toEqual(['held held']);
      await timers.pass(200);
      expect(stored()).toEqual(['held']);
    });

    it('is over when the message has gone: it is not given back as well', async () => {
      const outbox = await start();
      server.live.sending = unanswered;
      const { clientMsgId } = write(outbox, 'held', { holdMs: 5_000 });
      await timers.pass(5_100);
      expect(await outbox.discard(clientMsgId)).toBeNull();
      expect(states(outbox)).toEqual(['held sending']);
    });
  });

  describe('with files', () => {
    it('uploads what is not staged yet, and only then sends', async () => {
      const outbox = await start();
      const staged = { ...aFile('b.png'), blob: null, attachment: aStagedFile(aFile('b.png'), 'staged-b') };
      write(outbox, 'see', { files: [aFile('a.png'), staged] });
      server.live.sending = async (request) => {
        expect(request.attachmentIds).toEqual(['staged-1', 'staged-b']);
        return server.store(request);
      };
      await settle();
      expect(uploads.calls).toEqual(['a.png']);
      expect(stored()).toEqual(['see']);
    });

    it('tells how far the upload is', async () => {
      const outbox = await start();
      uploads.uploading = (_ticketId, _file, progress) => {
        progress?.(0.5);
        return unanswered();
      };
      write(outbox, 'see', { files: [aFile('a.png')] });
      await settle();
      expect(outbox.pending()).toMatchObject([{ state: 'uploading', progress: 0.5 }]);
    });

    it('never sends without a file, and tries the upload again', async () => {
      const outbox = await start();
      uploads.uploading = () => Promise.reject(new TransportError('offline', true));
      write(outbox, 'see', { files: [aFile('a.png')] });
      await timers.pass(5_000);
      expect(server.calls).toEqual([]);
      expect(states(outbox)).toEqual(['see waiting']);
      uploads.uploading = async (_ticketId, file) => aStagedFile(file, 'staged');
      await timers.pass(30_000);
      expect(stored()).toEqual(['see']);
    });

    it('begins anew with an upload that stands still', async () => {
      const outbox = await start();
      uploads.uploading = unanswered;
      write(outbox, 'see', { files: [aFile('a.png')] });
      await timers.pass(32_000);
      expect(uploads.calls).toHaveLength(2);
    });

    it('does not upload twice what an earlier page had staged', async () => {
      const before = await start();
      server.live.sending = unanswered;
      write(before, 'see', { files: [aFile('a.png')] });
      await settle();
      before.stop();
      server.live.sending = async (request) => server.store(request);
      await start();
      await settle();
      expect(uploads.calls).toEqual(['a.png']);
      expect(stored()).toEqual(['see']);
    });

    it('uploads a file again that the server no longer has, once', async () => {
      const outbox = await start();
      server.live.sending = () => Promise.reject(new TransportError('validation', false));
      write(outbox, 'see', { files: [aFile('a.png')] });
      await settle();
      expect(uploads.calls).toEqual(['a.png', 'a.png']);
      expect(server.calls).toHaveLength(2);
      expect(states(outbox)).toEqual(['see failed']);
    });

    it('fails with the reason of a file that is refused', async () => {
      const outbox = await start();
      uploads.uploading = () => Promise.reject(new TransportError('unsupported_media', false));
      write(outbox, 'see', { files: [aFile('a.png')] });
      write(outbox, 'behind');
      await settle();
      expect(states(outbox)).toEqual(['see failed']);
      expect(outbox.pending()[0]?.error).toMatchObject({ code: 'unsupported_media' });
      expect(stored()).toEqual(['behind']);
    });
  });

  describe('in two tabs', () => {
    it('sends once, and both show the same', async () => {
      const browser = new FakeBrowser();
      const shared = { locks: new LocalLocks() };
      const one = await start({ ...shared, tabs: browser.tab() });
      const other = await start({ ...shared, tabs: browser.tab() });
      let answer: () => void = () => undefined;
      server.live.sending = (request) => new Promise((resolve) => (answer = () => resolve(server.store(request))));

      write(one, 'hello');
      await settle();
      expect(states(other)).toEqual(['hello sending']);
      answer();
      await settle();
      expect([states(one), states(other)]).toEqual([[], []]);
      expect(server.calls).toEqual(['send new-1']);
    });

    it('goes on in the other when one is closed in the middle', async () => {
      const browser = new FakeBrowser();
      const one = await start({ tabs: browser.tab() });
      const other = await start({ tabs: browser.tab(), isSignedIn: () => isOtherReady });
      let isOtherReady = false;
      server.live.sending = unanswered;
      write(one, 'hello');
      await settle();
      one.stop();
      isOtherReady = true;
      server.live.sending = async (request) => server.store(request);
      other.wake();
      await settle();
      expect(stored()).toEqual(['hello']);
    });

    it('gives a message back in one only', async () => {
      const browser = new FakeBrowser();
      const one = await start({ tabs: browser.tab() });
      const other = await start({ tabs: browser.tab() });
      const { clientMsgId } = write(one, 'held', { holdMs: 5_000 });
      await settle();
      const given = await Promise.all([one.takeBack(clientMsgId), other.takeBack(clientMsgId)]);
      expect(given.filter(Boolean)).toHaveLength(1);
      await timers.pass(10_000);
      expect(server.calls).toEqual([]);
    });
  });

  describe('on a device that keeps nothing', () => {
    const broken: OutboxStore = {
      entries: () => Promise.reject(new Error('private window')),
      add: () => Promise.reject(new Error('private window')),
      update: () => Promise.reject(new Error('private window')),
    };

    it('sends from memory, in order, and says that it does', async () => {
      const outbox = await start({ store: broken });
      server.live.disconnect();
      write(outbox, 'one');
      write(outbox, 'two');
      await settle();
      expect(outbox.pending()).toMatchObject([{ persisted: false }, { persisted: false }]);
      server.live.connect();
      await settle();
      expect(stored()).toEqual(['one', 'two']);
    });

    it('does not wait for a disk that does not answer', async () => {
      const outbox = await start({ store: { ...broken, entries: unanswered, add: unanswered, update: unanswered } });
      write(outbox, 'hello');
      await timers.pass(60_000);
      expect(stored()).toEqual(['hello']);
    });

    it('goes on with what it had read when the disk fails later', async () => {
      let isBroken = false;
      const failing: OutboxStore = {
        entries: (userId) => (isBroken ? broken.entries(userId) : disk.entries(userId)),
        add: (entry) => (isBroken ? broken.add(entry) : disk.add(entry)),
        update: (...step) => (isBroken ? broken.update(...step) : disk.update(...step)),
      };
      const outbox = await start({ store: failing });
      server.live.disconnect();
      write(outbox, 'one');
      await settle();
      isBroken = true;
      write(outbox, 'two');
      server.live.connect();
      await settle();
      expect(stored()).toEqual(['one', 'two']);
      expect(outbox.pending()).toEqual([]);
    });
  });

  it('loses nothing when the page ends before the disk has the message', async () => {
    const noted = new Map<string, NewEntry>();
    const journal: Journal = {
      note: (entry) => void noted.set(entry.clientMsgId, entry),
      forget: (_userId, clientMsgId) => void noted.delete(clientMsgId),
      left: () => [...noted.values()],
    };
    const before = await start({
      journal,
      store: { ...disk, entries: async () => [], add: unanswered, update: unanswered },
    });
    write(before, 'hello');
    before.stop();

    await start({ journal });
    await settle();
    expect(stored()).toEqual(['hello']);
    expect(noted.size).toBe(0);
  });
});
