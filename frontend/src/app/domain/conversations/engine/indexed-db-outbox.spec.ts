/** @jest-environment node */
import { IDBFactory } from 'fake-indexeddb';
import { aFile, aStagedFile } from '../testing/an-outbox';
import { IndexedDbOutbox } from './indexed-db-outbox';
import type { DraftPlace, NewEntry, OutboxEntry } from './outbox-store';

const anEntry = (clientMsgId: string, overrides: Partial<NewEntry> = {}): NewEntry => ({
  userId: 'cora',
  ticketId: 1001,
  clientMsgId,
  kind: 'chat',
  body: clientMsgId,
  createdAt: '2026-03-02T10:00:00.000Z',
  files: [],
  holdMs: 0,
  holdUntil: null,
  attempts: 0,
  failed: null,
  restaged: false,
  ...overrides,
});
const draft: DraftPlace = { userId: 'cora', ticketId: 1001, kind: 'chat', clientMsgId: 'one' };

describe('IndexedDbOutbox', () => {
  let disk: IDBFactory;
  let store: IndexedDbOutbox;

  beforeEach(() => {
    disk = new IDBFactory();
    store = new IndexedDbOutbox(disk);
  });

  const ids = async (userId = 'cora'): Promise<string[]> =>
    (await store.entries(userId)).map(({ clientMsgId }) => clientMsgId);
  const textOf = async (entry: OutboxEntry | undefined): Promise<string | undefined> => entry?.files[0]?.blob?.text();

  it('keeps messages in the order of writing, for the next page too', async () => {
    for (const id of ['c', 'a', 'b']) await store.add(anEntry(id));
    store = new IndexedDbOutbox(disk);
    expect(await ids()).toEqual(['c', 'a', 'b']);
  });

  it('gives nobody the messages of somebody else', async () => {
    await store.add(anEntry('mine'));
    await store.add(anEntry('mine', { userId: 'ben' }));
    expect(await ids('ana')).toEqual([]);
    expect(await ids('ben')).toEqual(['mine']);
  });

  it('keeps the first message of an id', async () => {
    await store.add(anEntry('one', { body: 'first' }));
    expect(await store.add(anEntry('one', { body: 'second' }))).toMatchObject({ body: 'first' });
    expect(await ids()).toEqual(['one']);
  });

  it('changes a message as it is on the disk, not as somebody remembers it', async () => {
    await store.add(anEntry('one'));
    const otherTab = new IndexedDbOutbox(disk);
    const again = (entry: OutboxEntry): OutboxEntry => ({ ...entry, attempts: entry.attempts + 1 });
    await Promise.all([store.update('cora', 'one', again), otherTab.update('cora', 'one', again)]);
    expect(await store.entries('cora')).toMatchObject([{ attempts: 2 }]);
  });

  it('asks for no change of a message that is gone', async () => {
    const change = jest.fn();
    await store.update('cora', 'gone', change);
    expect(change).not.toHaveBeenCalled();
  });

  it('takes nothing of a message that it can not keep whole', async () => {
    const unkeepable = { ...anEntry('one'), files: [aFile('a.png'), { ...aFile('b.png'), name: (() => '') as never }] };
    await expect(store.add(unkeepable)).rejects.toThrow();
    expect(await ids()).toEqual([]);
  });

  describe('with files', () => {
    it('keeps their bytes until the message is removed', async () => {
      await store.add(anEntry('one', { files: [aFile('a.png')] }));
      store = new IndexedDbOutbox(disk);
      expect(await textOf((await store.entries('cora'))[0])).toBe('a.png');

      await store.update('cora', 'one', () => 'remove');
      await store.add(anEntry('two', { files: [aFile('a.png', { blob: null })] }));
      expect((await store.entries('cora'))[0]?.files[0]?.blob).toBeNull();
    });

    it('keeps the files of a draft, in order, with their staged copies', async () => {
      await store.keep(draft, aFile('b.png'));
      await store.keep(draft, aFile('a.png'));
      await store.keep(draft, { ...aFile('b.png'), attachment: aStagedFile(aFile('b.png'), 'staged-b') });
      store = new IndexedDbOutbox(disk);
      const files = await store.list(draft);
      expect(files).toMatchObject([
        { name: 'b.png', attachment: { id: 'staged-b' } },
        { name: 'a.png', attachment: null },
      ]);
      expect(await files[0]?.blob?.text()).toBe('b.png');
    });

    it('tells drafts of different kinds, tickets and people apart', async () => {
      await store.keep(draft, aFile('a.png'));
      for (const other of [{ userId: 'ben' }, { ticketId: 1002 }, { kind: 'note' as const }, { clientMsgId: 'two' }])
        expect(await store.list({ ...draft, ...other })).toEqual([]);
    });

    it('hands the files of a draft over when it is sent, whatever the draft still says', async () => {
      await store.keep(draft, aFile('a.png'));
      await store.add(anEntry('one', { files: [aFile('a.png', { blob: null })] }));
      expect(await store.list(draft)).toEqual([]);

      await store.keep(draft, aFile('a.png'));
      await store.drop('file-a.png');
      expect(await store.list(draft)).toEqual([]);
      expect(await textOf((await store.entries('cora'))[0])).toBe('a.png');
    });

    it('returns them to the draft when the message is taken back', async () => {
      await store.add(anEntry('one', { files: [aFile('a.png')] }));
      await store.update('cora', 'one', () => 'return-to-draft');
      expect(await ids()).toEqual([]);
      expect(await (await store.list(draft))[0]?.blob?.text()).toBe('a.png');
    });

    it('forgets those of drafts after a month', async () => {
      await store.keep(draft, aFile('a.png'));
      await store.sweep(Date.now() + 29 * 24 * 3_600_000);
      expect(await store.list(draft)).toHaveLength(1);
      await store.sweep(Date.now() + 31 * 24 * 3_600_000);
      expect(await store.list(draft)).toEqual([]);
    });
  });
});
