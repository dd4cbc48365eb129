import type { DataSource } from 'typeorm';
import { engineOf } from '../../database';
import type { Finding, SelfCheck } from '../self-test/self-check';

const ODD_SECONDS = 5;
const WRONG_SECONDS = 60;

/** Whether the clocks of this machine and of the database agree. */
export class ClockCheck implements SelfCheck {
  readonly name = 'Clock';
  readonly adviceOnFailure = 'Let both machines follow a time server (NTP).';

  constructor(private readonly dataSource: DataSource) {}

  async run(): Promise<Finding> {
    if (engineOf(this.dataSource.manager) === 'sqlite')
      return { state: 'ok', found: `It is ${new Date().toISOString()}, for the database too.` };
    const asked = Date.now();
    const [{ now }] = await this.dataSource.query<{ now: string }[]>(
      `SELECT DATE_FORMAT(UTC_TIMESTAMP(3), '%Y-%m-%dT%H:%i:%s.%fZ') AS now`,
    );
    const middle = (asked + Date.now()) / 2;
    const seconds = Math.round(Math.abs(new Date(now).getTime() - middle) / 1_000);
    if (seconds < ODD_SECONDS) return { state: 'ok', found: 'This machine and the database have the same time.' };
    return {
      state: seconds < WRONG_SECONDS ? 'warning' : 'failed',
      found: `The clock of the database is ${seconds} seconds off from that of this machine.`,
      advice: this.adviceOnFailure,
    };
  }
}
