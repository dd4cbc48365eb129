import { Injectable } from '@nestjs/common';
import { OutboxBacklog } from '../../outbox';
import type { Finding, SelfCheck } from './self-check';

const LATE_SECONDS = 120;

/** Whether what transactions promised, such as mails and notices, is being done. */
@Injectable()
export class JobsCheck implements SelfCheck {
  readonly name = 'Background work';
  readonly adviceOnFailure = 'Look at the log of the server: it says which job fails, and why.';

  constructor(private readonly backlog: OutboxBacklog) {}

  async run(): Promise<Finding> {
    const { pending, parked, lateSeconds } = await this.backlog.look();
    const found = `Jobs that wait: ${pending}.`;
    if (lateSeconds > LATE_SECONDS)
      return {
        state: 'failed',
        found: `${found} The oldest should have been done ${lateSeconds} seconds ago.`,
        advice: this.adviceOnFailure,
      };
    if (parked > 0)
      return {
        state: 'warning',
        found: `${found} Given up after many tries: ${parked}.`,
        advice: 'Mails among them stand under Mails, with the reason and a button to try again.',
      };
    return { state: 'ok', found };
  }
}
