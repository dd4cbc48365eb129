import type { Readable } from 'node:stream';

export interface StoredFile {
  stream: Readable;
  size: number;
}

/** Keeps bytes under generated keys: 32 hexadecimal digits. */
export abstract class FileStore {
  /** Takes the file over; when it returns, the bytes survive a crash. */
  abstract put(tempPath: string, key: string): Promise<void>;
  /** Throws NotFound when there is nothing under the key. */
  abstract open(key: string): Promise<StoredFile>;
  /** Deleting what is not there is fine. */
  abstract delete(key: string): Promise<void>;
}
