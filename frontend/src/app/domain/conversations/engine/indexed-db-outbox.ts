import { answerOf, BYTES, Database, DRAFT_FILES, found, MESSAGES } from './database';
import type { DraftFiles, DraftPlace, EntryChange, NewEntry, OutboxEntry, OutboxStore } from './outbox-store';
import type { OutgoingFile } from './outgoing-messages';

/** Bytes are kept once, under the file's id, whether a draft or a message names them. */
interface KeptBytes {
  readonly id: string;
  readonly blob: Blob;
}

type KeptFile = Omit<OutgoingFile, 'blob'>;
type KeptEntry = Omit<OutboxEntry, 'persisted' | 'files'> & { readonly files: readonly KeptFile[] };

interface KeptDraftFile {
  readonly place: number;
  readonly draft: DraftPlace;
  readonly file: KeptFile;
  readonly keptAt: number;
}

const DRAFTS_LAST_MS = 30 * 24 * 3_600_000;

/** The outbox and the files of drafts in IndexedDB. What belongs to one message or draft changes in one transaction. */
export class IndexedDbOutbox implements OutboxStore, DraftFiles {
  private readonly database: Database;

  constructor(factory: IDBFactory) {
    this.database = new Database(factory);
  }

  entries(userId: string): Promise<OutboxEntry[]> {
    return this.database.read(async (tx) => {
      const kept = await found<KeptEntry[]>(tx.objectStore(MESSAGES).index('person').getAll(userId));
      const entries: OutboxEntry[] = [];
      for (const entry of kept) entries.push(await withBytes(tx, entry));
      return entries.sort((a, b) => a.place - b.place);
    });
  }

  add(entry: NewEntry): Promise<OutboxEntry> {
    return this.database.write(async (tx) => {
      const known = await findEntry(tx, entry.userId, entry.clientMsgId);
      if (known) return withBytes(tx, known);
      for (const file of entry.files) {
        await keepBytes(tx, file);
        await forgetDraftFile(tx, file.id);
      }
      const kept = { ...entry, files: entry.files.map(withoutBlob) };
      const place = (await answerOf(tx.objectStore(MESSAGES).add(kept))) as number;
      return withBytes(tx, { ...kept, place });
    });
  }

  update(userId: string, clientMsgId: string, change: (entry: OutboxEntry) => EntryChange): Promise<void> {
    return this.database.write(async (tx) => {
      const kept = await findEntry(tx, userId, clientMsgId);
      if (!kept) return;
      const entry = await withBytes(tx, kept);
      const changed = change(entry);
      if (changed === entry) return;
      if (typeof changed !== 'string') return putEntry(tx, changed);
      await answerOf(tx.objectStore(MESSAGES).delete(kept.place));
      if (changed === 'return-to-draft') await addDraftFiles(tx, entry);
      else for (const { id } of kept.files) await answerOf(tx.objectStore(BYTES).delete(id));
    });
  }

  list({ userId, ticketId, kind, clientMsgId }: DraftPlace): Promise<OutgoingFile[]> {
    return this.database.read(async (tx) => {
      const index = tx.objectStore(DRAFT_FILES).index('draft');
      const kept = await found<KeptDraftFile[]>(index.getAll([userId, ticketId, kind, clientMsgId]));
      const files: OutgoingFile[] = [];
      for (const { file } of kept.sort((a, b) => a.place - b.place)) files.push(await withBlob(tx, file));
      return files;
    });
  }

  keep(draft: DraftPlace, file: OutgoingFile): Promise<void> {
    return this.database.write(async (tx) => {
      if (await isOnItsWay(tx, file.id)) return;
      const known = await findDraftFile(tx, file.id);
      if (!known) return addDraftFile(tx, draft, file);
      await answerOf(tx.objectStore(DRAFT_FILES).put({ ...known, draft, file: withoutBlob(file) }));
    });
  }

  drop(fileId: string): Promise<void> {
    return this.database.write(async (tx) => {
      if (await forgetDraftFile(tx, fileId)) await answerOf(tx.objectStore(BYTES).delete(fileId));
    });
  }

  /** Deletes the files of drafts that nobody came back to for a month. */
  sweep(now: number): Promise<void> {
    return this.database.write(async (tx) => {
      const kept = await found<KeptDraftFile[]>(tx.objectStore(DRAFT_FILES).getAll());
      for (const { place, file, keptAt } of kept) {
        if (keptAt > now - DRAFTS_LAST_MS) continue;
        await answerOf(tx.objectStore(DRAFT_FILES).delete(place));
        await answerOf(tx.objectStore(BYTES).delete(file.id));
      }
    });
  }
}

function findEntry(tx: IDBTransaction, userId: string, clientMsgId: string): Promise<KeptEntry | undefined> {
  return found<KeptEntry | undefined>(tx.objectStore(MESSAGES).index('message').get([userId, clientMsgId]));
}

async function putEntry(tx: IDBTransaction, { persisted: _always, ...entry }: OutboxEntry): Promise<void> {
  await answerOf(tx.objectStore(MESSAGES).put({ ...entry, files: entry.files.map(withoutBlob) }));
}

async function withBytes(tx: IDBTransaction, entry: KeptEntry): Promise<OutboxEntry> {
  const files: OutgoingFile[] = [];
  for (const file of entry.files) files.push(await withBlob(tx, file));
  return { ...entry, files, persisted: true };
}

async function withBlob(tx: IDBTransaction, file: KeptFile): Promise<OutgoingFile> {
  const bytes = await found<KeptBytes | undefined>(tx.objectStore(BYTES).get(file.id));
  return { ...file, blob: bytes?.blob ?? null };
}

function withoutBlob({ blob: _kept, ...file }: OutgoingFile): KeptFile {
  return file;
}

async function keepBytes(tx: IDBTransaction, { id, blob }: OutgoingFile): Promise<void> {
  if (!blob || (await answerOf(tx.objectStore(BYTES).count(id))) > 0) return;
  await answerOf(tx.objectStore(BYTES).add({ id, blob } satisfies KeptBytes));
}

/** Whether a message names the file: then it is no longer the draft's to change. */
async function isOnItsWay(tx: IDBTransaction, fileId: string): Promise<boolean> {
  const entries = await found<KeptEntry[]>(tx.objectStore(MESSAGES).getAll());
  return entries.some(({ files }) => files.some(({ id }) => id === fileId));
}

function findDraftFile(tx: IDBTransaction, fileId: string): Promise<KeptDraftFile | undefined> {
  return found<KeptDraftFile | undefined>(tx.objectStore(DRAFT_FILES).index('file').get(fileId));
}

async function addDraftFile(tx: IDBTransaction, draft: DraftPlace, file: OutgoingFile): Promise<void> {
  await keepBytes(tx, file);
  const kept: Omit<KeptDraftFile, 'place'> = { draft, file: withoutBlob(file), keptAt: Date.now() };
  await answerOf(tx.objectStore(DRAFT_FILES).add(kept));
}

async function addDraftFiles(tx: IDBTransaction, { files, ...entry }: OutboxEntry): Promise<void> {
  const { userId, ticketId, kind, clientMsgId } = entry;
  for (const file of files) await addDraftFile(tx, { userId, ticketId, kind, clientMsgId }, file);
}

/** Answers whether there was one. */
async function forgetDraftFile(tx: IDBTransaction, fileId: string): Promise<boolean> {
  const known = await findDraftFile(tx, fileId);
  if (known) await answerOf(tx.objectStore(DRAFT_FILES).delete(known.place));
  return known !== undefined;
}
