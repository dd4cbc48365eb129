import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, addIndex, createTable, dialectOf } from './dialect';

/** Changes of address, the places people sign in from, and the chain that seals the audit log. */
export class AccountsAndAudit1795800000000 implements MigrationInterface {
  readonly name = 'AccountsAndAudit1795800000000';

  async up(runner: QueryRunner): Promise<void> {
    const t = dialectOf(runner);
    await addColumn(runner, 'one_time_tokens', 'email', `${t.text(254)} NULL`);
    await addColumn(runner, 'sign_ins', 'address', `${t.key(64)} NULL`);
    await addIndex(runner, 'sign_ins', 'place', ['userId', 'address', 'createdAt']);
    await addIndex(runner, 'mails', 'recipient', ['recipient']);
    await addIndex(runner, 'audit_entries', 'at', ['at', 'id']);
    await addIndex(runner, 'audit_entries', 'objectAt', ['objectType', 'objectId', 'at']);
    await createTable(runner, 'audit_seals', {
      columns: [
        `position ${t.int} NOT NULL PRIMARY KEY`,
        `entryId ${t.key()} NOT NULL`,
        `hash ${t.key(64)} NOT NULL`,
        `sealedAt ${t.time} NOT NULL`,
      ],
      unique: { entry: ['entryId'] },
    });
    await createTable(runner, 'audit_heads', {
      columns: [
        `id ${t.int} NOT NULL PRIMARY KEY`,
        `position ${t.int} NOT NULL`,
        `hash ${t.key(64)} NOT NULL`,
        `leaseToken ${t.key()} NULL`,
        `leaseUntil ${t.time} NULL`,
      ],
    });
    const [{ heads }] = (await runner.query('SELECT COUNT(*) AS heads FROM audit_heads')) as {
      heads: number | string;
    }[];
    if (Number(heads) === 0)
      await runner.query(
        `INSERT INTO audit_heads (id, position, hash, leaseToken, leaseUntil) VALUES (1, 0, '', NULL, NULL)`,
      );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE IF EXISTS audit_heads');
    await runner.query('DROP TABLE IF EXISTS audit_seals');
    const isMysql = dialectOf(runner).engine === 'mysql';
    for (const [table, index] of [
      ['audit_entries', 'objectAt'],
      ['audit_entries', 'at'],
      ['mails', 'recipient'],
      ['sign_ins', 'place'],
    ])
      await runner.query(`DROP INDEX IX_${table}_${index}${isMysql ? ` ON ${table}` : ''}`);
    await runner.query('ALTER TABLE sign_ins DROP COLUMN address');
    await runner.query('ALTER TABLE one_time_tokens DROP COLUMN email');
  }
}
