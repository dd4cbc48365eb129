import type { MigrationInterface, QueryRunner } from 'typeorm';
import { exchangeIndexes } from './dialect';

/** What of a kind of things, or of one person's actions, is found in a long audit log; notices forget who assigned. */
export class AuditLists1796100000000 implements MigrationInterface {
  readonly name = 'AuditLists1796100000000';

  async up(runner: QueryRunner): Promise<void> {
    await exchangeIndexes(runner, 'audit_entries', {
      add: { objectType: ['objectType', 'at', 'id'], actorAction: ['actorId', 'action', 'at', 'id'] },
      drop: ['object'],
    });
    await runner.query(`UPDATE notifications SET text = 'Assigned to you' WHERE type = 'ticket.assigned'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await exchangeIndexes(runner, 'audit_entries', {
      add: { object: ['objectType', 'objectId'] },
      drop: ['objectType', 'actorAction'],
    });
  }
}
