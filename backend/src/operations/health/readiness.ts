import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Unavailable } from '../../common';

const PATIENCE_MS = 2_000;

/** Whether this process can serve requests now. */
@Injectable()
export class Readiness implements BeforeApplicationShutdown {
  private isDraining = false;

  constructor(private readonly dataSource: DataSource) {}

  beforeApplicationShutdown(): void {
    this.isDraining = true;
  }

  /** Throws Unavailable when not; a database that does not answer in time counts as away. */
  async assertReady(): Promise<void> {
    if (this.isDraining) throw new Unavailable();
    const patience = new AbortController();
    const answer = this.dataSource.query('SELECT 1').then(
      () => true,
      () => false,
    );
    const tooLate = sleep(PATIENCE_MS, false, { signal: patience.signal, ref: false }).catch(() => false);
    const isThere = await Promise.race([answer, tooLate]);
    patience.abort();
    if (!isThere) throw new Unavailable();
  }
}
