import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { Clock } from '../common';
import { Attachment } from './attachment.entity';
import { FileStore, KEY_PREFIXES } from './file-store';

/** A part of the store each time: all of it once a day. */
const EVERY_MS = Math.floor((24 * 3_600_000) / KEY_PREFIXES.length);
/** Younger bytes may still get their row. */
const AGE_MS = 24 * 3_600_000;
const BATCH = 500;

/** Deletes bytes that no row names: a process died between storing them and storing the row. */
@Injectable()
export class OrphanedBytesSweeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(OrphanedBytesSweeper.name);
  private timer: NodeJS.Timeout | undefined;
  private part = 0;

  constructor(
    private readonly dataSource: DataSource,
    private readonly store: FileStore,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    // Several nodes, and one that is often restarted, do not all begin with the same part.
    this.part = Math.floor(Math.random() * KEY_PREFIXES.length);
    this.timer = setInterval(() => {
      this.part = (this.part + 1) % KEY_PREFIXES.length;
      this.sweep(KEY_PREFIXES[this.part]).catch((error: unknown) =>
        this.logger.warn({ err: error }, 'Orphaned bytes could not be removed'),
      );
    }, EVERY_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Goes through the keys that begin like this; returns how many it deleted. */
  async sweep(prefix: string): Promise<number> {
    const keys = await this.store.keys(prefix);
    let deleted = 0;
    for (let start = 0; start < keys.length; start += BATCH)
      deleted += await this.sweepBatch(keys.slice(start, start + BATCH));
    return deleted;
  }

  private async sweepBatch(keys: string[]): Promise<number> {
    const named = await this.dataSource.manager.find(Attachment, {
      select: { id: true, storageKey: true, thumbnailKey: true },
      where: [{ storageKey: In(keys) }, { thumbnailKey: In(keys) }],
    });
    const known = new Set(named.flatMap(({ storageKey, thumbnailKey }) => [storageKey, thumbnailKey]));
    let deleted = 0;
    for (const key of keys) if (!known.has(key) && (await this.deleteOld(key))) deleted += 1;
    return deleted;
  }

  private async deleteOld(key: string): Promise<boolean> {
    const storedAt = await this.store.storedAt(key);
    if (!storedAt || this.clock.now().getTime() - storedAt.getTime() < AGE_MS) return false;
    await this.store.delete(key);
    return true;
  }
}
