import type { MigrationInterface, QueryRunner } from 'typeorm';
import { comparisonKey } from '../../common';
import { addColumn, addIndex, createTable, dialectOf } from './dialect';

interface TagCount {
  tag: string;
  uses: number | string;
}

/** Requests that can be repeated, saved views, tags to choose from, and what lists tell staff of a ticket. */
export class TicketWork1795400000000 implements MigrationInterface {
  readonly name = 'TicketWork1795400000000';

  async up(runner: QueryRunner): Promise<void> {
    await createIdempotencyKeys(runner);
    await createViews(runner);
    await createTags(runner);
    await addColumn(runner, 'tickets', 'reopenCount', `${dialectOf(runner).int} NOT NULL DEFAULT 0`);
    await addIndex(runner, 'tickets', 'deleted', ['deletedAt', 'number']);
    await addIndex(runner, 'attachments', 'storage', ['storageKey']);
    await addIndex(runner, 'attachments', 'thumbnail', ['thumbnailKey']);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, index] of [
      ['attachments', 'thumbnail'],
      ['attachments', 'storage'],
      ['tickets', 'deleted'],
    ] as const)
      await dropIndex(runner, table, index);
    await runner.query('ALTER TABLE tickets DROP COLUMN reopenCount');
    for (const table of ['tags', 'ticket_views', 'idempotency_keys'])
      await runner.query(`DROP TABLE IF EXISTS ${table}`);
  }
}

async function createIdempotencyKeys(runner: QueryRunner): Promise<void> {
  const t = dialectOf(runner);
  await createTable(runner, 'idempotency_keys', {
    columns: [
      `id ${t.key()} NOT NULL PRIMARY KEY`,
      `userId ${t.key()} NOT NULL`,
      `route ${t.key(100)} NOT NULL`,
      `idempotencyKey ${t.key(255)} NOT NULL`,
      `payloadHash ${t.key(64)} NOT NULL`,
      `state ${t.key(10)} NOT NULL`,
      `leaseToken ${t.key()} NOT NULL`,
      `leaseUntil ${t.time} NOT NULL`,
      `resourceId ${t.key()} NULL`,
      `answer ${t.longText} NULL`,
      `expiresAt ${t.time} NOT NULL`,
      `FOREIGN KEY (userId) REFERENCES users (id)`,
    ],
    unique: { request: ['userId', 'route', 'idempotencyKey'] },
    indexes: { expires: ['expiresAt'] },
  });
}

async function createViews(runner: QueryRunner): Promise<void> {
  const t = dialectOf(runner);
  await createTable(runner, 'ticket_views', {
    columns: [
      `id ${t.key()} NOT NULL PRIMARY KEY`,
      `userId ${t.key()} NOT NULL`,
      `name ${t.text(100)} NOT NULL`,
      `nameKey ${t.exact(100)} NOT NULL`,
      `nameScope ${t.key()} NOT NULL`,
      `shared ${t.flag} NOT NULL`,
      `filter ${t.longText} NOT NULL`,
      `sort ${t.key(20)} NOT NULL`,
      `createdAt ${t.time} NOT NULL`,
      `updatedAt ${t.time} NOT NULL`,
      `FOREIGN KEY (userId) REFERENCES users (id)`,
    ],
    unique: { name: ['nameScope', 'nameKey'] },
    indexes: { owner: ['userId'], shared: ['shared', 'nameKey'] },
  });
}

async function createTags(runner: QueryRunner): Promise<void> {
  const t = dialectOf(runner);
  await createTable(runner, 'tags', {
    columns: [`tag ${t.exact(40)} NOT NULL PRIMARY KEY`, `tagKey ${t.exact(80)} NOT NULL`, `uses ${t.int} NOT NULL`],
    indexes: { key: ['tagKey'], uses: ['uses', 'tag'] },
  });
  const [{ known }] = (await runner.query('SELECT COUNT(*) AS known FROM tags')) as { known: number | string }[];
  if (Number(known) > 0) return;
  const counted = (await runner.query(
    'SELECT tag, COUNT(*) AS uses FROM ticket_tags GROUP BY tag ORDER BY tag',
  )) as TagCount[];
  for (const { tag, uses } of counted)
    await runner.query('INSERT INTO tags (tag, tagKey, uses) VALUES (?, ?, ?)', [
      tag,
      comparisonKey(tag, 80),
      Number(uses),
    ]);
}

async function dropIndex(runner: QueryRunner, table: string, name: string): Promise<void> {
  const on = dialectOf(runner).engine === 'mysql' ? ` ON ${table}` : '';
  await runner.query(`DROP INDEX IX_${table}_${name}${on}`);
}
