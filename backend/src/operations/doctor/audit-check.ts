import type { DataSource } from 'typeorm';
import { timeOf, type SqlTime } from '../../database';
import type { Finding, SelfCheck } from '../self-test/self-check';

const LATE_SECONDS = 60;

/** Whether the chain of the audit log ends where it says, and grows. `audit:verify` reads all of it. */
export class AuditCheck implements SelfCheck {
  readonly name = 'Audit log';
  readonly adviceOnFailure = 'Run npm run cli -- audit:verify: it names the first entry that was changed or removed.';

  constructor(private readonly dataSource: DataSource) {}

  async run(): Promise<Finding> {
    const [head] = await this.rows<{ position: number; hash: string }>('SELECT position, hash FROM audit_heads');
    const [last] = await this.rows<{ position: number; hash: string }>(
      'SELECT position, hash FROM audit_seals ORDER BY position DESC LIMIT 1',
    );
    const [{ seals }] = await this.rows<{ seals: number | string }>('SELECT COUNT(*) AS seals FROM audit_seals');
    const found = `Sealed entries: ${head.position}.`;
    const isWhole = head.position === (last?.position ?? 0) && head.hash === (last?.hash ?? '');
    if (!isWhole || Number(seals) !== head.position)
      return { state: 'failed', found: `${found} The chain does not end there.`, advice: this.adviceOnFailure };
    const [oldest] = await this.rows<{ at: SqlTime }>(
      'SELECT at FROM audit_entries WHERE sealedIn IS NULL ORDER BY id LIMIT 1',
    );
    const late = oldest ? Math.floor((Date.now() - timeOf(oldest.at).getTime()) / 1_000) : 0;
    if (late < LATE_SECONDS) return { state: 'ok', found };
    return {
      state: 'warning',
      found: `${found} One has been waiting for its seal for ${late} seconds.`,
      advice: 'A running server seals within ten seconds: start it, or look at its log.',
    };
  }

  private rows<Row>(sql: string): Promise<Row[]> {
    return this.dataSource.query(sql);
  }
}
