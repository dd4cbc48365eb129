import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../common';
import { timeOf, type SqlTime } from '../database';

/** How far behind the jobs are. */
export interface Backlog {
  readonly pending: number;
  /** Given up after many tries. */
  readonly parked: number;
  /** For how long the longest waiting job has been due; 0 when none is. */
  readonly lateSeconds: number;
}

interface Row {
  state: string;
  jobs: number | string;
  oldest: SqlTime;
}

/** Counts the jobs that wait, for people and for what watches the process. */
@Injectable()
export class OutboxBacklog {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  async look(): Promise<Backlog> {
    const rows: Row[] = await this.dataSource.query(
      'SELECT state, COUNT(*) AS jobs, MIN(runAfter) AS oldest FROM outbox GROUP BY state',
    );
    const pending = rows.find(({ state }) => state === 'pending');
    const late = pending ? this.clock.now().getTime() - timeOf(pending.oldest).getTime() : 0;
    return {
      pending: Number(pending?.jobs ?? 0),
      parked: Number(rows.find(({ state }) => state === 'parked')?.jobs ?? 0),
      lateSeconds: Math.max(0, Math.floor(late / 1_000)),
    };
  }
}
