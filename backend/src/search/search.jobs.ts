import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { InTransaction, type Transaction } from '../database';
import { Outbox, OutboxWorker, type OutboxHandler } from '../outbox';
import { UserRenamed } from '../users';
import { Indexer } from './index/indexer';
import { PeopleWatch } from './index/people-watch';

export const SEARCH_JOBS = 'search';

/** What the index must learn that no event of a ticket tells: people who changed, and tickets that are gone. */
@Injectable()
export class SearchJobs implements OutboxHandler, OnApplicationBootstrap {
  constructor(
    private readonly outbox: Outbox,
    private readonly worker: OutboxWorker,
    private readonly people: PeopleWatch,
    private readonly indexer: Indexer,
  ) {}

  onApplicationBootstrap(): void {
    this.worker.register(SEARCH_JOBS, this);
  }

  @InTransaction(UserRenamed)
  renamed({ userId }: UserRenamed, tx: Transaction): Promise<void> {
    return this.outbox.add(tx, SEARCH_JOBS, { person: userId });
  }

  async run({ person, erase }: Record<string, unknown>): Promise<void> {
    if (typeof person === 'string') await this.people.renamed(person);
    if (typeof erase === 'number') await this.indexer.erase(erase);
  }
}
