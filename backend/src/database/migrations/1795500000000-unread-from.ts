import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, dialectOf } from './dialect';

/** From where on somebody keeps a ticket unread on purpose. */
export class UnreadFrom1795500000000 implements MigrationInterface {
  readonly name = 'UnreadFrom1795500000000';

  async up(runner: QueryRunner): Promise<void> {
    await addColumn(runner, 'participants', 'unreadFrom', `${dialectOf(runner).int} NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE participants DROP COLUMN unreadFrom');
  }
}
