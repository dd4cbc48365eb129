import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { KEY_PREFIXES, type FileStore } from '../../attachments';
import { NotFound } from '../../common';
import type { Snapshot } from '../../database';
import { BackupProblem } from './backup-problem';
import { hashing, readLines, writeLines } from './lines-file';
import type { Manifest, SavedFiles } from './manifest';
import { inParallel } from './parallel';

const ABREAST = 4;
const LIST = 'files.ndjson.gz';

/** A file as the list of a backup names it. */
export interface SavedFile {
  readonly key: string;
  readonly size: number;
  readonly sha256: string;
}

interface FileRow {
  storageKey: string;
  thumbnailKey: string | null;
  sha256: string;
}

const pathOf = (key: string): string => join('files', key.slice(0, 2), key);

/** Bytes of a store, digested while they go to a file or to nowhere. */
export async function readStored(store: FileStore, key: string, path?: string): Promise<SavedFile> {
  const hash = createHash('sha256');
  const { stream } = await store.open(key);
  let size = 0;
  async function* counted(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of hashing(hash)(chunks)) {
      size += chunk.length;
      yield chunk;
    }
  }
  if (path) await pipeline(stream, counted, createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }));
  else await pipeline(stream, counted, async (chunks) => void (await drained(chunks)));
  return { key, size, sha256: hash.digest('hex') };
}

async function drained(chunks: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const chunk of chunks) if (chunk) count += 1;
  return count;
}

/** Copies everything that the store holds into a backup, and compares it with the rows that name it. */
export class FileSaver {
  private readonly gone: string[] = [];
  private readonly changed: string[] = [];
  private bytes = 0;

  constructor(
    private readonly store: FileStore,
    private readonly snapshot: Snapshot,
    private readonly folder: string,
    private readonly onProgress: (done: number) => void,
  ) {}

  /** `isNamedNow` tells what was deleted meanwhile from what has been missing before. */
  async save(isNamedNow: (key: string) => Promise<boolean>): Promise<SavedFiles> {
    const list = await writeLines(this.folder, LIST, this.saved());
    const [missing, deletedMeanwhile]: [string[], string[]] = [[], []];
    for (const key of this.gone) ((await isNamedNow(key)) ? missing : deletedMeanwhile).push(key);
    return { list, bytes: this.bytes, deletedMeanwhile, missing, changed: this.changed };
  }

  /** A part of the store at a time, so that memory does not grow with it. */
  private async *saved(): AsyncGenerator<SavedFile[]> {
    let done = 0;
    for (const prefix of KEY_PREFIXES) {
      const digests = await this.named(prefix);
      const keys = new Set([...digests.keys(), ...(await this.store.keys(prefix))]);
      if (keys.size) await mkdir(dirname(join(this.folder, pathOf(prefix))), { recursive: true, mode: 0o700 });
      const files: SavedFile[] = [];
      await inParallel([...keys].toSorted(), ABREAST, async (key) => {
        const file = await this.saveOne(key, digests);
        if (file) files.push(file);
      });
      done += files.length;
      this.onProgress(done);
      yield files.toSorted((a, b) => (a.key < b.key ? -1 : 1));
    }
  }

  private async saveOne(key: string, digests: ReadonlyMap<string, string | null>): Promise<SavedFile | undefined> {
    try {
      const file = await readStored(this.store, key, join(this.folder, pathOf(key)));
      const stored = digests.get(key);
      if (stored && stored !== file.sha256) this.changed.push(key);
      this.bytes += file.size;
      return file;
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
      if (digests.has(key)) this.gone.push(key);
      return undefined;
    }
  }

  /** The keys that rows name, with the digests that are known: of small pictures none is. */
  private async named(prefix: string): Promise<Map<string, string | null>> {
    const columns = 'storageKey, thumbnailKey, sha256';
    const range = [prefix, `${prefix}g`];
    const rows = await this.snapshot.rows<FileRow>(
      `SELECT ${columns} FROM attachments WHERE storageKey BETWEEN ? AND ? AND state <> 'removed'
        UNION SELECT ${columns} FROM attachments WHERE thumbnailKey BETWEEN ? AND ? AND state <> 'removed'`,
      [...range, ...range],
    );
    const digests = new Map<string, string | null>();
    for (const { storageKey, thumbnailKey, sha256 } of rows) {
      if (storageKey.startsWith(prefix)) digests.set(storageKey, sha256);
      if (thumbnailKey?.startsWith(prefix)) digests.set(thumbnailKey, null);
    }
    return digests;
  }
}

/** Compares every file of a backup with its list. */
export function verifyFiles(folder: string, { files }: Manifest, onProgress: (done: number) => void): Promise<void> {
  return eachFile(folder, files, onProgress, async (file) => {
    const hash = createHash('sha256');
    try {
      await pipeline(createReadStream(join(folder, pathOf(file.key))), hash);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      throw new BackupProblem(`${pathOf(file.key)} is missing in the backup.`);
    }
    if (hash.digest('hex') !== file.sha256)
      throw new BackupProblem(`${pathOf(file.key)} is not what the backup wrote.`);
  });
}

/** Puts every file of a backup into a store, and reads it from there again. What is there already is left alone. */
export function restoreFiles(
  folder: string,
  { files }: Manifest,
  store: FileStore,
  newTempPath: () => string,
  onProgress: (done: number) => void,
): Promise<void> {
  return eachFile(folder, files, onProgress, async (file) => {
    if (await isStored(store, file)) return;
    const path = newTempPath();
    try {
      await pipeline(
        createReadStream(join(folder, pathOf(file.key))),
        createWriteStream(path, { flags: 'wx', mode: 0o600 }),
      );
      await store.put(path, file.key);
    } finally {
      await rm(path, { force: true });
    }
    if (!(await isStored(store, file)))
      throw new BackupProblem(`The file ${file.key} is not in the store as it was put there. Look at the disk.`);
  });
}

async function isStored(store: FileStore, { key, size, sha256 }: SavedFile): Promise<boolean> {
  if ((await store.facts(key))?.size !== size) return false;
  return (await readStored(store, key)).sha256 === sha256;
}

async function eachFile(
  folder: string,
  { list }: SavedFiles,
  onProgress: (done: number) => void,
  work: (file: SavedFile) => Promise<void>,
): Promise<void> {
  let done = 0;
  for await (const files of readLines<SavedFile>(folder, list)) {
    await inParallel(files, ABREAST, work);
    onProgress((done += files.length));
  }
}
