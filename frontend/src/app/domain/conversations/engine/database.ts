const NAME = 'parley';
const VERSION = 1;
export const MESSAGES = 'outbox';
export const DRAFT_FILES = 'draft-files';
export const BYTES = 'bytes';

/** The IndexedDB database of this origin, opened when it is first needed and again after it was taken away. */
export class Database {
  private opened: Promise<IDBDatabase> | null = null;

  constructor(private readonly factory: IDBFactory) {}

  read<Result>(work: (tx: IDBTransaction) => Promise<Result>): Promise<Result> {
    return this.run('readonly', work);
  }

  /** All of `work` or nothing of it, on disk once it resolves. Inside, only requests of `tx` may be awaited. */
  write<Result>(work: (tx: IDBTransaction) => Promise<Result>): Promise<Result> {
    return this.run('readwrite', work);
  }

  private async run<Result>(mode: IDBTransactionMode, work: (tx: IDBTransaction) => Promise<Result>): Promise<Result> {
    const database = await this.open();
    const tx = database.transaction([MESSAGES, DRAFT_FILES, BYTES], mode, { durability: 'strict' });
    const completed = completion(tx);
    try {
      const result = await work(tx);
      await completed;
      return result;
    } catch (error) {
      completed.catch(() => undefined); // the reason is the error that is thrown
      if (tx.error === null) abort(tx);
      throw error;
    }
  }

  private open(): Promise<IDBDatabase> {
    this.opened ??= this.connect().catch((error: unknown) => {
      this.opened = null;
      throw error;
    });
    return this.opened;
  }

  private async connect(): Promise<IDBDatabase> {
    const request = this.factory.open(NAME, VERSION);
    request.onupgradeneeded = () => build(request.result);
    const database = await answerOf(request);
    const forget = (): void => void (this.opened = null);
    database.onclose = forget;
    database.onversionchange = () => {
      database.close();
      forget();
    };
    return database;
  }
}

export function answerOf<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The database gave no answer'));
  });
}

/** As {@link answerOf}, for what was stored as a known type. */
export function found<Result>(request: IDBRequest): Promise<Result> {
  return answerOf(request) as Promise<Result>;
}

function build(database: IDBDatabase): void {
  const messages = database.createObjectStore(MESSAGES, { keyPath: 'place', autoIncrement: true });
  messages.createIndex('person', 'userId');
  messages.createIndex('message', ['userId', 'clientMsgId'], { unique: true });
  const draftFiles = database.createObjectStore(DRAFT_FILES, { keyPath: 'place', autoIncrement: true });
  draftFiles.createIndex('file', 'file.id', { unique: true });
  draftFiles.createIndex('draft', ['draft.userId', 'draft.ticketId', 'draft.kind', 'draft.clientMsgId']);
  database.createObjectStore(BYTES, { keyPath: 'id' });
}

function completion(tx: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    tx.oncomplete = () => resolve();
    tx.onabort = () => reject(tx.error ?? new Error('The database took the step back'));
  });
}

function abort(tx: IDBTransaction): void {
  try {
    tx.abort();
  } catch {
    // It had already ended.
  }
}
