import { Injectable } from '@nestjs/common';
import { Recurring } from '../common';
import { FileStore } from './file-store';

const EVERY_MS = 3_000;

/** Notices that the store is away, or back, also while nobody needs a file. */
@Injectable()
export class StoreWatch extends Recurring {
  constructor(private readonly store: FileStore) {
    super(EVERY_MS, 'Files cannot be reached');
  }

  get isStoreAway(): boolean {
    return this.store.isAway;
  }

  protected turn(): Promise<void> {
    return this.store.probe();
  }
}
