import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Unavailable } from '../../common';
import { SocketHub } from '../../realtime';

const PATIENCE_MS = 2_000;
/** Pages leave within a second; whoever has not by then is cut off, and repeats what it was about to do elsewhere. */
const LEAVE_WITHIN_MS = 3_000;

/** Whether this process can serve requests now. */
@Injectable()
export class Readiness implements BeforeApplicationShutdown {
  private isDraining = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly hub: SocketHub,
  ) {}

  /** Takes this process out of service, while it still answers: whoever is connected is sent elsewhere. */
  async drain(): Promise<void> {
    this.isDraining = true;
    await this.hub.clear(LEAVE_WITHIN_MS);
  }

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
