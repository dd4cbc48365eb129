import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, addUniqueIndex, createTable, dialectOf } from './dialect';

/** Why somebody is told and of which event, who wants to hear of more than their own tickets, and what new staff begin with. */
export class Notices1796400000000 implements MigrationInterface {
  readonly name = 'Notices1796400000000';

  async up(runner: QueryRunner): Promise<void> {
    const t = dialectOf(runner);
    await addColumn(runner, 'notifications', 'cause', `${t.key()} NULL`);
    await addColumn(runner, 'notifications', 'reason', `${t.key(20)} NULL`);
    await addUniqueIndex(runner, 'notifications', 'cause', ['userId', 'cause']);
    await createTable(runner, 'notice_listeners', {
      columns: [
        `userId ${t.key()} NOT NULL PRIMARY KEY`,
        `created ${t.flag} NOT NULL`,
        `everything ${t.flag} NOT NULL`,
        'FOREIGN KEY (userId) REFERENCES users (id)',
      ],
      indexes: { created: ['created', 'userId'], everything: ['everything', 'userId'] },
    });
    await createTable(runner, 'staff_defaults', {
      columns: [`id ${t.key(20)} NOT NULL PRIMARY KEY`, `preferences ${t.longText} NOT NULL`],
    });
    const [row] = (await runner.query('SELECT id FROM staff_defaults')) as unknown[];
    if (!row) await runner.query(`INSERT INTO staff_defaults (id, preferences) VALUES ('staff', '{}')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE IF EXISTS staff_defaults');
    await runner.query('DROP TABLE IF EXISTS notice_listeners');
    const on = dialectOf(runner).engine === 'mysql' ? ' ON notifications' : '';
    await runner.query(`DROP INDEX UQ_notifications_cause${on}`);
    for (const column of ['reason', 'cause']) await runner.query(`ALTER TABLE notifications DROP COLUMN ${column}`);
  }
}
