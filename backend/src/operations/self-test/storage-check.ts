import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import { FileStore, TempFiles } from '../../attachments';
import { Settings } from '../../config';
import type { Finding, SelfCheck } from './self-check';

const BYTES = randomBytes(1_024);

/** Whether files can be kept: one is stored, found and deleted again. */
@Injectable()
export class StorageCheck implements SelfCheck {
  readonly name = 'Files';
  readonly adviceOnFailure =
    'Look at the disk of DATA_DIR or the store of STORAGE_URL: until then nothing can be attached.';

  constructor(
    private readonly store: FileStore,
    private readonly tempFiles: TempFiles,
    private readonly settings: Settings,
  ) {}

  async run(): Promise<Finding> {
    await this.tempFiles.assertRoom();
    const size = await this.roundTrip();
    const { storage } = this.settings;
    const place = storage ? `the bucket ${storage.bucket}` : 'the data folder';
    if (size === BYTES.length) return { state: 'ok', found: `Files are kept in ${place}.` };
    return { state: 'failed', found: `What was stored in ${place} is not there.`, advice: this.adviceOnFailure };
  }

  private async roundTrip(): Promise<number | undefined> {
    const key = randomBytes(16).toString('hex');
    const path = this.tempFiles.newPath();
    try {
      await writeFile(path, BYTES, { mode: 0o600 });
      await this.store.put(path, key);
      return (await this.store.facts(key))?.size;
    } finally {
      await this.tempFiles.remove(path);
      await this.store.delete(key);
    }
  }
}
