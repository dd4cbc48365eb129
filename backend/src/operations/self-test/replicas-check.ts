import { Injectable } from '@nestjs/common';
import { Replicas } from '../../database';
import type { Finding, SelfCheck } from './self-check';

const ADVICE =
  'Look at the log and at SHOW REPLICA STATUS: both servers have to count transactions (log_bin, on MySQL gtid_mode).';

/** Whether lists and searches are read from the replicas that are there for them. */
@Injectable()
export class ReplicasCheck implements SelfCheck {
  readonly name = 'Replicas';
  readonly adviceOnFailure = ADVICE;

  constructor(private readonly replicas: Replicas) {}

  run(): Promise<Finding> {
    return Promise.resolve(this.find());
  }

  private find(): Finding {
    const { used, leftOut } = this.replicas.counts;
    if (used + leftOut === 0) return { state: 'ok', found: 'Everything is read from the database itself.' };
    if (leftOut === 0) return { state: 'ok', found: `Lists and searches are read from replicas: ${used}.` };
    return {
      state: 'warning',
      found: `Replicas that are away or behind: ${leftOut} of ${used + leftOut}.`,
      advice: ADVICE,
    };
  }
}
