import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addIndex, exchangeIndexes } from './dialect';

/** What one person did to a kind of things is found in a long audit log. */
export class AuditOfAPerson1796110000000 implements MigrationInterface {
  readonly name = 'AuditOfAPerson1796110000000';

  async up(runner: QueryRunner): Promise<void> {
    await addIndex(runner, 'audit_entries', 'actorObject', ['actorId', 'objectType', 'at', 'id']);
  }

  async down(runner: QueryRunner): Promise<void> {
    await exchangeIndexes(runner, 'audit_entries', { add: {}, drop: ['actorObject'] });
  }
}
