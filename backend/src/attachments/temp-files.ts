import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../common';
import { Settings } from '../config';
import { isDiskFull, noSpace } from './attachment.errors';

/** Below this the database could soon not write any more. */
const FREE_FLOOR_BYTES = 100 * 1_048_576;
const STALE_MS = 3_600_000;

/** Files that are still coming in. Whatever a crash left behind is removed at the next start. */
@Injectable()
export class TempFiles implements OnModuleInit {
  private readonly logger = new Logger(TempFiles.name);
  private readonly folder: string;

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
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

  /** Writes a file of its own and returns its path. */
  async write(bytes: Buffer): Promise<string> {
    const path = this.newPath();
    try {
      await writeFile(path, bytes, { flag: 'wx', mode: 0o600 });
      return path;
    } catch (error) {
      await this.remove(path);
      throw isDiskFull(error) ? noSpace(error) : error;
    }
  }

  /** Removing what is not there is fine. */
  async remove(path: string): Promise<void> {
    await rm(path, { force: true }).catch((error: unknown) =>
      this.logger.warn({ err: error }, 'A temporary file could not be removed'),
    );
  }

  async assertRoom(): Promise<void> {
    const { bavail, bsize } = await statfs(this.settings.dataDir);
    if (bavail * bsize < FREE_FLOOR_BYTES) throw noSpace();
  }

  private async removeStale(path: string, before: number): Promise<void> {
    const found = await stat(path).catch(() => undefined);
    if (found && found.mtimeMs < before) await this.remove(path);
  }
}
