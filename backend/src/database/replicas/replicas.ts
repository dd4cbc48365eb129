import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Pool } from 'mysql2';
import { DataSource } from 'typeorm';
import { Settings } from '../../config';
import { replicaPool } from '../data-source';
import { isDatabaseAway } from '../engine';
import { currentUnit } from '../serialised-sqlite';
import { Gtids } from './gtids';
import { Replica } from './replica';
import { currentRead, ReplicaRead } from './replica-read';

/** Who served the reads that may go to a replica. */
export interface ReadCounts {
  replica: number;
  primary: number;
}

/**
 * Copies of the database that take reads off the primary. A read from a replica is as true as one from the primary: it
 * waits a moment until the replica has everything that had been committed before, whoever wrote it and on whichever node.
 * What cannot be had in time is read from the primary.
 */
@Injectable()
export class Replicas implements OnApplicationShutdown {
  readonly reads: ReadCounts = { replica: 0, primary: 0 };
  private readonly replicas: readonly Replica[];
  private turn = 0;

  constructor(settings: Settings, dataSource: DataSource) {
    if (!settings.replicaUrls.length) {
      this.replicas = [];
      return;
    }
    const gtids = new Gtids((dataSource.driver as unknown as { pool: Pool }).pool);
    this.replicas = settings.replicaUrls.map((url) => new Replica(replicaPool(url), new URL(url).host, gtids));
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.replicas.map((replica) => replica.stop()));
  }

  get counts(): { used: number; leftOut: number } {
    const used = this.replicas.filter(({ isUsed }) => isUsed).length;
    return { used, leftOut: this.replicas.length - used };
  }

  /** Whether one has been left out for a while. */
  get isOneMissed(): boolean {
    return this.replicas.some(({ isMissed }) => isMissed);
  }

  /** Lets the prepared queries of `work` go to a replica. It runs again on the primary when the replica fails. */
  async read<Result>(work: () => Promise<Result>): Promise<Result> {
    if (!this.replicas.length || currentRead.getStore() || currentUnit.getStore()?.open) return work();
    const replica = await this.current();
    this.reads[replica ? 'replica' : 'primary'] += 1;
    if (!replica) return work();
    const read = new ReplicaRead(replica);
    try {
      return await currentRead.run(read, work);
    } catch (error) {
      if (!isDatabaseAway(error)) throw error;
      read.failed(error);
      return work();
    }
  }

  /** One that has everything by now; each has its turn. */
  private async current(): Promise<Replica | undefined> {
    const used = this.replicas.filter(({ isUsed }) => isUsed);
    if (!used.length) return undefined;
    this.turn = (this.turn + 1) % used.length;
    const replica = used[this.turn];
    return (await replica.isCurrent()) ? replica : undefined;
  }
}
