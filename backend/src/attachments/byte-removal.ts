import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Transaction } from '../database';
import { Outbox, OutboxWorker, type OutboxHandler } from '../outbox';
import type { Attachment } from './attachment.entity';
import { FileStore } from './file-store';

const JOB = 'attachments.remove-bytes';

/** Deletes the bytes of files whose rows say that they are gone, after commit and also after a crash. */
@Injectable()
export class ByteRemoval implements OutboxHandler, OnApplicationBootstrap {
  constructor(
    private readonly outbox: Outbox,
    private readonly worker: OutboxWorker,
    private readonly store: FileStore,
  ) {}

  onApplicationBootstrap(): void {
    this.worker.register(JOB, this);
  }

  promise(tx: Transaction, { storageKey, thumbnailKey }: Attachment): Promise<void> {
    return this.outbox.add(tx, JOB, { keys: [storageKey, ...(thumbnailKey ? [thumbnailKey] : [])] });
  }

  async run({ keys }: Record<string, unknown>): Promise<void> {
    for (const key of keys as string[]) await this.store.delete(key);
  }
}
