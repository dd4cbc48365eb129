import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, addIndex, createTable, dialectOf } from './dialect';

/** The words of tickets, in two halves, and which tickets have changed since their words were looked at. */
export class Search1795600000000 implements MigrationInterface {
  readonly name = 'Search1795600000000';

  async up(runner: QueryRunner): Promise<void> {
    const t = dialectOf(runner);
    await createTable(runner, 'search_state', {
      columns: [
        `id ${t.int} NOT NULL PRIMARY KEY`,
        `side ${t.key(1)} NOT NULL`,
        `turn ${t.int} NOT NULL`,
        `leaseToken ${t.key()} NULL`,
        `leaseUntil ${t.time} NULL`,
      ],
    });
    for (const side of ['a', 'b']) await createHalf(runner, side);
    const [{ known }] = (await runner.query('SELECT COUNT(*) AS known FROM search_state')) as {
      known: number | string;
    }[];
    if (Number(known) === 0) await runner.query(`INSERT INTO search_state (id, side, turn) VALUES (1, 'a', 0)`);
    // What was written before this step waits to be looked at.
    await addColumn(runner, 'conversations', 'unsearched', `${t.flag} NOT NULL DEFAULT 1`);
    await addIndex(runner, 'conversations', 'unsearched', ['unsearched', 'ticketNumber']);
  }

  async down(runner: QueryRunner): Promise<void> {
    const on = dialectOf(runner).engine === 'mysql' ? ' ON conversations' : '';
    await runner.query(`DROP INDEX IX_conversations_unsearched${on}`);
    await runner.query('ALTER TABLE conversations DROP COLUMN unsearched');
    for (const side of ['a', 'b'])
      for (const table of ['words', 'postings', 'tickets'])
        await runner.query(`DROP TABLE IF EXISTS search_${table}_${side}`);
    await runner.query('DROP TABLE IF EXISTS search_state');
  }
}

async function createHalf(runner: QueryRunner, side: string): Promise<void> {
  const t = dialectOf(runner);
  await createTable(runner, `search_words_${side}`, {
    columns: [`id ${t.int} NOT NULL PRIMARY KEY`, `word ${t.exact(64)} NOT NULL`, `tickets ${t.int} NOT NULL`],
    unique: { word: ['word'] },
  });
  await createTable(runner, `search_postings_${side}`, {
    columns: [
      `wordId ${t.int} NOT NULL`,
      `block ${t.int} NOT NULL`,
      `postings ${t.bytes} NOT NULL`,
      `PRIMARY KEY (wordId, block)`,
    ],
  });
  await createTable(runner, `search_tickets_${side}`, {
    columns: [
      `ticketNumber ${t.int} NOT NULL PRIMARY KEY`,
      `indexedSeq ${t.int} NOT NULL`,
      `revision ${t.int} NOT NULL`,
      `words ${t.bytes} NOT NULL`,
    ],
  });
}
