import type { DataSource } from 'typeorm';
import type { Finding, SelfCheck } from '../self-test/self-check';

/** Whether anybody can look after the desk. */
export class AdminsCheck implements SelfCheck {
  readonly name = 'Administrators';
  readonly adviceOnFailure = 'Make one: npm run cli -- user:create --role admin';

  constructor(private readonly dataSource: DataSource) {}

  async run(): Promise<Finding> {
    const [{ admins }] = await this.dataSource.query<{ admins: number | string }[]>(
      `SELECT COUNT(*) AS admins FROM users WHERE role = 'admin' AND active = 1 AND passwordHash IS NOT NULL`,
    );
    if (Number(admins) > 0) return { state: 'ok', found: `Those who can sign in: ${Number(admins)}.` };
    return { state: 'failed', found: 'Nobody can sign in as administrator.', advice: this.adviceOnFailure };
  }
}
