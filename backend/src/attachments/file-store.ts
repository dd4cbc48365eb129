import type { Readable } from 'node:stream';

export interface StoredFile {
  stream: Readable;
  size: number;
}

/** All the ways in which a key can begin. */
export const KEY_PREFIXES = Array.from({ length: 256 }, (_, index) => index.toString(16).padStart(2, '0'));

/** Keeps bytes under generated keys: 32 hexadecimal digits. */
export abstract class FileStore {
  /** Takes the file over; when it returns, the bytes survive a crash. */
  abstract put(tempPath: string, key: string): Promise<void>;
  /** Throws NotFound when there is nothing under the key. */
  abstract open(key: string): Promise<StoredFile>;
  /** Deleting what is not there is fine. */
  abstract delete(key: string): Promise<void>;
  /** The keys that begin with one of the prefixes. */
  abstract keys(prefix: string): Promise<string[]>;
  /** Undefined when there is nothing under the key. */
  abstract storedAt(key: string): Promise<Date | undefined>;
}
