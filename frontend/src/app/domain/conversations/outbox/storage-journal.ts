import { BrowserStorage } from '../../../core/session/browser-storage';
import type { Journal } from '../engine/journal';
import type { NewEntry } from '../engine/outbox-store';

const PREFIX = 'parley.outbox.';

/** The journal in localStorage, which is written before the call returns. */
export class StorageJournal implements Journal {
  constructor(private readonly storage: BrowserStorage) {}

  note(entry: NewEntry): void {
    const files = entry.files.map((file) => ({ ...file, blob: null }));
    this.storage.write(keyOf(entry.userId, entry.clientMsgId), JSON.stringify({ ...entry, files }));
  }

  forget(userId: string, clientMsgId: string): void {
    this.storage.remove(keyOf(userId, clientMsgId));
  }

  left(userId: string): NewEntry[] {
    const keys = this.storage.keys().filter((key) => key.startsWith(keyOf(userId, '')));
    const entries = keys.flatMap((key) => asEntry(this.storage.read(key)) ?? []);
    return entries.sort((a, b) => a.createdAt.localeCompare(b.createdAt));
  }
}

const keyOf = (userId: string, clientMsgId: string): string => `${PREFIX}${userId}.${clientMsgId}`;

function asEntry(noted: string | null): NewEntry | null {
  try {
    return noted === null ? null : (JSON.parse(noted) as NewEntry);
  } catch {
    return null;
  }
}
