import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, dialectOf } from './dialect';

/** Texts that staff say again and again, and every text that each of them ever had. */
export class CannedReplies1797210000000 implements MigrationInterface {
  readonly name = 'CannedReplies1797210000000';

  async up(runner: QueryRunner): Promise<void> {
    const t = dialectOf(runner);
    await createTable(runner, 'canned_replies', {
      columns: [
        `id ${t.key()} NOT NULL PRIMARY KEY`,
        `userId ${t.key()} NOT NULL`,
        `shared ${t.flag} NOT NULL`,
        `keyScope ${t.key()} NOT NULL`,
        `replyKey ${t.key(40)} NOT NULL`,
        `title ${t.text(100)} NOT NULL`,
        `titleKey ${t.exact(100)} NOT NULL`,
        `body ${t.longText} NOT NULL`,
        `words ${t.longText} NOT NULL`,
        `inReply ${t.flag} NOT NULL`,
        `inNote ${t.flag} NOT NULL`,
        `uses ${t.int} NOT NULL`,
        `lastUsedAt ${t.time} NULL`,
        `version ${t.int} NOT NULL`,
        `createdAt ${t.time} NOT NULL`,
        `updatedAt ${t.time} NOT NULL`,
        'FOREIGN KEY (userId) REFERENCES users (id)',
      ],
      unique: { key: ['keyScope', 'replyKey'] },
      indexes: { owner: ['userId'], title: ['keyScope', 'titleKey', 'id'], uses: ['keyScope', 'uses', 'id'] },
    });
    await createTable(runner, 'canned_reply_versions', {
      columns: [
        `replyId ${t.key()} NOT NULL`,
        `version ${t.int} NOT NULL`,
        `authorId ${t.key()} NOT NULL`,
        `at ${t.time} NOT NULL`,
        `replyKey ${t.key(40)} NOT NULL`,
        `title ${t.text(100)} NOT NULL`,
        `body ${t.longText} NOT NULL`,
        `inReply ${t.flag} NOT NULL`,
        `inNote ${t.flag} NOT NULL`,
        'PRIMARY KEY (replyId, version)',
        'FOREIGN KEY (replyId) REFERENCES canned_replies (id) ON DELETE CASCADE',
        'FOREIGN KEY (authorId) REFERENCES users (id)',
      ],
      indexes: { author: ['authorId'] },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['canned_reply_versions', 'canned_replies'])
      await runner.query(`DROP TABLE IF EXISTS ${table}`);
  }
}
