import { Injectable } from '@nestjs/common';
import { DataSource, In, Not } from 'typeorm';
import { Clock, Recurring } from '../common';
import { Attachment } from './attachment.entity';
import { FileStore, KEY_PREFIXES } from './file-store';

/** A part of the store each time: all of it once a day. */
const EVERY_MS = Math.floor((24 * 3_600_000) / KEY_PREFIXES.length);
/** Younger bytes may still get their row. */
const AGE_MS = 24 * 3_600_000;
const BATCH = 500;

/**
 * Deletes bytes that no row needs: a process died between storing them and storing the row, or the store was away when
 * they were to be deleted, for longer than that was tried.
 */
@Injectable()
export class OrphanedBytesSweeper extends Recurring {
  /** Several nodes, and one that is often restarted, do not all begin with the same part. */
  private part = Math.floor(Math.random() * KEY_PREFIXES.length);

  constructor(
    private readonly dataSource: DataSource,
    private readonly store: FileStore,
    private readonly clock: Clock,
  ) {
    super(EVERY_MS, 'Orphaned bytes could not be removed');
  }

  protected turn(): Promise<number> {
    this.part = (this.part + 1) % KEY_PREFIXES.length;
    return this.sweep(KEY_PREFIXES[this.part]);
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
      where: [
        { storageKey: In(keys), state: Not('removed') },
        { thumbnailKey: In(keys), state: Not('removed') },
      ],
    });
    const known = new Set(named.flatMap(({ storageKey, thumbnailKey }) => [storageKey, thumbnailKey]));
    let deleted = 0;
    for (const key of keys) if (!known.has(key) && (await this.deleteOld(key))) deleted += 1;
    return deleted;
  }

  private async deleteOld(key: string): Promise<boolean> {
    const facts = await this.store.facts(key);
    if (!facts || this.clock.now().getTime() - facts.storedAt.getTime() < AGE_MS) return false;
    await this.store.delete(key);
    return true;
  }
}
