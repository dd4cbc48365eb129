import { copyFile, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { NotFound, Unavailable } from '../common';
import { Settings } from '../config';
import { isDiskFull, noSpace } from './attachment.errors';
import { FileStore, isKey, type ByteRange, type StoredFacts, type StoredFile } from './file-store';

/** A file that is still being copied from another disk; it is no key, so nobody takes it for a whole one. */
const COPYING = '.copying';

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

/** Files in the data folder, spread over 256 folders. */
@Injectable()
export class LocalFileStore extends FileStore {
  readonly isAway = false;
  private readonly folder: string;

  constructor({ dataDir }: Settings) {
    super();
    this.folder = join(dataDir, 'files');
  }

  async put(tempPath: string, key: string): Promise<void> {
    const path = this.pathOf(key);
    try {
      await syncToDisk(tempPath, 'r+');
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await moveTo(path, tempPath);
      await syncToDisk(dirname(path), 'r');
    } catch (error) {
      throw isDiskFull(error) ? noSpace(error) : new Unavailable(error);
    }
  }

  async open(key: string, part?: ByteRange): Promise<StoredFile> {
    const path = this.pathOf(key);
    try {
      const handle = await open(path);
      const size = part ? part.end - part.start + 1 : (await handle.stat()).size;
      return { stream: handle.createReadStream(part), size };
    } catch (error) {
      throw codeOf(error) === 'ENOENT' ? new NotFound('This file') : new Unavailable(error);
    }
  }

  async delete(key: string): Promise<void> {
    await rm(this.pathOf(key), { force: true });
  }

  async keys(prefix: string): Promise<string[]> {
    try {
      return (await readdir(join(this.folder, prefix))).filter(isKey);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return [];
      throw error;
    }
  }

  async facts(key: string): Promise<StoredFacts | undefined> {
    try {
      const { size, mtime } = await stat(this.pathOf(key));
      return { size, storedAt: mtime };
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  async probe(): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
  }

  private pathOf(key: string): string {
    if (!isKey(key)) throw new Error('Not a storage key.');
    return join(this.folder, key.slice(0, 2), key);
  }
}

/** Also where the folder of files is a disk of its own, onto which nothing can be renamed. */
async function moveTo(path: string, tempPath: string): Promise<void> {
  try {
    await rename(tempPath, path);
  } catch (error) {
    if (codeOf(error) !== 'EXDEV') throw error;
    await copyTo(path, tempPath);
  }
}

async function copyTo(path: string, tempPath: string): Promise<void> {
  const copy = path + COPYING;
  try {
    await copyFile(tempPath, copy);
    await syncToDisk(copy, 'r+');
    await rename(copy, path);
    await rm(tempPath);
  } catch (error) {
    await rm(copy, { force: true });
    throw error;
  }
}

async function syncToDisk(path: string, flags: 'r' | 'r+'): Promise<void> {
  const handle = await open(path, flags);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
