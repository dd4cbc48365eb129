import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addIndex, dialectOf } from './dialect';

/** Mails that are old enough to be removed are found without looking at the others. */
export class MailAge1797100000000 implements MigrationInterface {
  readonly name = 'MailAge1797100000000';

  async up(runner: QueryRunner): Promise<void> {
    await addIndex(runner, 'mails', 'age', ['status', 'createdAt']);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX IX_mails_age${dialectOf(runner).engine === 'mysql' ? ' ON mails' : ''}`);
  }
}
