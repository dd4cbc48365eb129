import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../common';
import { Settings } from '../config';
import { noSpace } from './attachment.errors';
import { DiskSpace } from './disk-space';

/** Below this the database could soon not write any more; of a small disk, a tenth. */
const FREE_FLOOR_BYTES = 100 * 1_048_576;
const FREE_FLOOR_PART = 0.1;
const STALE_MS = 3_600_000;

/** Files that are still coming in. Whatever a crash left behind is removed at the next start. */
@Injectable()
export class TempFiles implements OnModuleInit {
  private readonly logger = new Logger(TempFiles.name);
  private readonly folder: string;

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly diskSpace: DiskSpace,
  ) {
    this.folder = join(settings.dataDir, 'tmp');
  }

  async onModuleInit(): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const before = this.clock.now().getTime() - STALE_MS;
    for (const name of await readdir(this.folder)) await this.removeStale(join(this.folder, name), before);
  }

  newPath(): string {
    return join(this.folder, randomBytes(16).toString('hex'));
  }

  /** Removing what is not there is fine. */
  async remove(path: string): Promise<void> {
    await rm(path, { force: true }).catch((error: unknown) =>
      this.logger.warn({ err: error }, 'A temporary file could not be removed'),
    );
  }

  /** Throws when the disk is so full that the rest of it is for the database. */
  async assertRoom(): Promise<void> {
    const { free, total } = await this.diskSpace.of(this.settings.dataDir);
    if (free < Math.min(FREE_FLOOR_BYTES, total * FREE_FLOOR_PART)) throw noSpace();
  }

  private async removeStale(path: string, before: number): Promise<void> {
    const found = await stat(path).catch(() => undefined);
    if (found && found.mtimeMs < before) await this.remove(path);
  }
}
