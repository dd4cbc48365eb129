import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { NotFound } from '../common';
import { Settings } from '../config';
import { isDiskFull, noSpace } from './attachment.errors';
import { FileStore, type StoredFile } from './file-store';

const KEY = /^[0-9a-f]{32}$/;

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

/** Files in the data folder, spread over 256 folders. */
@Injectable()
export class LocalFileStore extends FileStore {
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
      await rename(tempPath, path);
      await syncToDisk(dirname(path), 'r');
    } catch (error) {
      throw isDiskFull(error) ? noSpace(error) : error;
    }
  }

  async open(key: string): Promise<StoredFile> {
    try {
      const handle = await open(this.pathOf(key));
      const { size } = await handle.stat();
      return { stream: handle.createReadStream(), size };
    } catch (error) {
      throw codeOf(error) === 'ENOENT' ? new NotFound('This file') : error;
    }
  }

  async delete(key: string): Promise<void> {
    await rm(this.pathOf(key), { force: true });
  }

  async keys(prefix: string): Promise<string[]> {
    try {
      return (await readdir(join(this.folder, prefix))).filter((name) => KEY.test(name));
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return [];
      throw error;
    }
  }

  async storedAt(key: string): Promise<Date | undefined> {
    try {
      return (await stat(this.pathOf(key))).mtime;
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  private pathOf(key: string): string {
    if (!KEY.test(key)) throw new Error('Not a storage key.');
    return join(this.folder, key.slice(0, 2), key);
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
