import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, addIndex, addUniqueIndex, createTable, dialectOf } from './dialect';

/** What a mail is about and how sending it went, and what is to be told to people who are away. */
export class MailDelivery1796200000000 implements MigrationInterface {
  readonly name = 'MailDelivery1796200000000';

  async up(runner: QueryRunner): Promise<void> {
    const t = dialectOf(runner);
    await addColumn(runner, 'mails', 'messageId', `${t.text(255)} NULL`);
    await addColumn(runner, 'mails', 'userId', `${t.key()} NULL`);
    await addColumn(runner, 'mails', 'ticketNumber', `${t.int} NULL`);
    await addColumn(runner, 'mails', 'setting', `${t.key(20)} NULL`);
    await addColumn(runner, 'mails', 'cause', `${t.key(100)} NULL`);
    await addColumn(runner, 'mails', 'attempts', `${t.int} NOT NULL DEFAULT 0`);
    await addColumn(runner, 'mails', 'lastError', `${t.longText} NULL`);
    await addUniqueIndex(runner, 'mails', 'cause', ['cause']);
    await addIndex(runner, 'mails', 'status', ['status', 'id']);
    await addIndex(runner, 'mails', 'person', ['userId', 'createdAt']);
    await createTable(runner, 'mail_digests', {
      columns: [
        `userId ${t.key()} NOT NULL`,
        `ticketNumber ${t.int} NOT NULL`,
        `fromSeq ${t.int} NOT NULL`,
        `held ${t.flag} NOT NULL`,
        `dueAt ${t.time} NOT NULL`,
        'PRIMARY KEY (userId, ticketNumber)',
      ],
      indexes: { due: ['dueAt'], ticket: ['ticketNumber'] },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE IF EXISTS mail_digests');
    const on = dialectOf(runner).engine === 'mysql' ? ' ON mails' : '';
    for (const index of ['IX_mails_person', 'IX_mails_status', 'UQ_mails_cause'])
      await runner.query(`DROP INDEX ${index}${on}`);
    for (const column of ['lastError', 'attempts', 'cause', 'setting', 'ticketNumber', 'userId', 'messageId'])
      await runner.query(`ALTER TABLE mails DROP COLUMN ${column}`);
  }
}
