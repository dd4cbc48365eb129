import { stat } from 'node:fs/promises';
import type { DiskSpace } from '../../attachments';
import type { Settings } from '../../config';
import type { Finding, SelfCheck } from '../self-test/self-check';

const MB = 1_048_576;
const LITTLE_MB = 1_024;
const NONE_MB = 150;
const OTHERS = 0o077;

/** Whether the data folder has room, and is closed to others. */
export class DataFolderCheck implements SelfCheck {
  readonly name = 'Data folder';
  readonly adviceOnFailure = 'Make DATA_DIR a folder that the server may write, on a disk that works.';

  constructor(
    private readonly settings: Pick<Settings, 'dataDir'>,
    private readonly diskSpace: DiskSpace,
  ) {}

  async run(): Promise<Finding> {
    const { dataDir } = this.settings;
    const free = Math.floor((await this.diskSpace.of(dataDir)).free / MB);
    const found = `${dataDir} has ${free} MB of room.`;
    if (free < NONE_MB)
      return { state: 'failed', found, advice: 'Make room now: uploads are refused, and soon nothing can be written.' };
    if (free < LITTLE_MB) return { state: 'warning', found, advice: 'Make room, or move DATA_DIR to a larger disk.' };
    if ((await stat(dataDir)).mode & OTHERS)
      return {
        state: 'warning',
        found: `${found} Other accounts of this machine can look into it.`,
        advice: `It holds what people wrote: chmod 700 ${dataDir}`,
      };
    return { state: 'ok', found };
  }
}
