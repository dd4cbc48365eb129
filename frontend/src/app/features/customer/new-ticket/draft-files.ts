import { Injectable } from '@angular/core';

const DATABASE = 'parley-drafts';
const STORE = 'files';

/** Keeps picked files in this browser's IndexedDB. Where that is forbidden or full, files are simply not kept. */
@Injectable({ providedIn: 'root' })
export class DraftFiles {
  async save(key: string, files: readonly File[]): Promise<void> {
    if (files.length > 0) await this.run('readwrite', (store) => store.put([...files], key));
    else await this.run('readwrite', (store) => store.delete(key));
  }

  async load(key: string): Promise<File[]> {
    const found = await this.run<unknown>('readonly', (store) => store.get(key));
    return Array.isArray(found) ? found.filter((entry): entry is File => entry instanceof File) : [];
  }

  private async run<Result>(
    mode: IDBTransactionMode,
    work: (store: IDBObjectStore) => IDBRequest<Result>,
  ): Promise<Result | undefined> {
    try {
      const database = await open();
      try {
        return await answerOf(work(database.transaction(STORE, mode).objectStore(STORE)));
      } finally {
        database.close();
      }
    } catch {
      return undefined;
    }
  }
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return answerOf(request);
}

function answerOf<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The browser refused to keep files'));
  });
}
