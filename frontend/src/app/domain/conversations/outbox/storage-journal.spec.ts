import { BrowserStorage } from '../../../core/session/browser-storage';
import { aFile } from '../testing/an-outbox';
import type { NewEntry } from '../engine/outbox-store';
import { StorageJournal } from './storage-journal';

const anEntry = (clientMsgId: string, overrides: Partial<NewEntry> = {}): NewEntry => ({
  userId: 'cora',
  ticketId: 1001,
  clientMsgId,
  kind: 'chat',
  body: 'hello',
  createdAt: '2026-03-02T10:00:00.000Z',
  files: [],
  holdMs: 0,
  holdUntil: null,
  attempts: 0,
  failed: null,
  restaged: false,
  ...overrides,
});

describe('StorageJournal', () => {
  let journal: StorageJournal;

  beforeEach(() => {
    localStorage.clear();
    journal = new StorageJournal(new BrowserStorage());
  });

  it('gives back what was noted, oldest first, to its author alone', () => {
    journal.note(anEntry('later', { createdAt: '2026-03-02T10:00:01.000Z' }));
    journal.note(anEntry('earlier'));
    journal.note(anEntry('foreign', { userId: 'ben' }));
    expect(journal.left('cora').map(({ clientMsgId }) => clientMsgId)).toEqual(['earlier', 'later']);
  });

  it('forgets what the device has', () => {
    journal.note(anEntry('one'));
    journal.forget('cora', 'one');
    expect(journal.left('cora')).toEqual([]);
  });

  it('names files without their bytes, which are kept elsewhere', () => {
    journal.note(anEntry('one', { files: [aFile('a.png')] }));
    expect(journal.left('cora')).toMatchObject([{ files: [{ id: 'file-a.png', blob: null }] }]);
  });

  it('passes over what it can not read', () => {
    localStorage.setItem('parley.outbox.cora.one', '{');
    expect(journal.left('cora')).toEqual([]);
  });
});
