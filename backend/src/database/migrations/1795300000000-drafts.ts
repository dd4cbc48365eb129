import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, dialectOf } from './dialect';

/** What people have begun to write and not sent yet. */
export class Drafts1795300000000 implements MigrationInterface {
  readonly name = 'Drafts1795300000000';

  async up(runner: QueryRunner): Promise<void> {
    const t = dialectOf(runner);
    await createTable(runner, 'drafts', {
      columns: [
        `userId ${t.key()} NOT NULL`,
        `ticketNumber ${t.int} NOT NULL`,
        `kind ${t.key(20)} NOT NULL`,
        `clientMsgId ${t.key()} NOT NULL`,
        `body ${t.longText} NOT NULL`,
        `attachmentIds ${t.longText} NOT NULL`,
        `baseSeq ${t.int} NOT NULL`,
        `updatedAt ${t.time} NOT NULL`,
        `PRIMARY KEY (userId, ticketNumber, kind)`,
        `FOREIGN KEY (userId) REFERENCES users (id)`,
        `FOREIGN KEY (ticketNumber) REFERENCES tickets (number)`,
      ],
      indexes: { user: ['userId', 'updatedAt'], ticket: ['ticketNumber'] },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE IF EXISTS drafts');
  }
}
