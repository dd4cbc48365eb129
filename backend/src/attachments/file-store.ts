import type { Readable } from 'node:stream';

/** Bytes of a file from one to another, both counted from 0 and both meant. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

export interface StoredFile {
  stream: Readable;
  /** Of what the stream brings. */
  size: number;
}

export interface StoredFacts {
  readonly size: number;
  readonly storedAt: Date;
}

/** All the ways in which a key can begin. */
export const KEY_PREFIXES = Array.from({ length: 256 }, (_, index) => index.toString(16).padStart(2, '0'));

const KEY = /^[0-9a-f]{32}$/;

export const isKey = (text: string): boolean => KEY.test(text);

/** Keeps bytes under generated keys: 32 hexadecimal digits. A store that cannot be reached throws Unavailable. */
export abstract class FileStore {
  /** Known to be out of reach; asking it would only take time. */
  abstract readonly isAway: boolean;
  /** Takes the file over; when it returns, the bytes survive a crash. */
  abstract put(tempPath: string, key: string): Promise<void>;
  /** The bytes, or a part that lies within them. Throws NotFound when there is nothing under the key. */
  abstract open(key: string, part?: ByteRange): Promise<StoredFile>;
  /** Deleting what is not there is fine. */
  abstract delete(key: string): Promise<void>;
  /** The keys that begin with one of the prefixes. */
  abstract keys(prefix: string): Promise<string[]>;
  /** Undefined when there is nothing under the key. */
  abstract facts(key: string): Promise<StoredFacts | undefined>;
  /** Throws when the store cannot be used now. */
  abstract probe(): Promise<void>;
}
