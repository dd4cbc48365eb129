import type { MigrationInterface, QueryRunner } from 'typeorm';
import { exchangeIndexes } from './dialect';

const NEW: Record<string, string[]> = {
  listPriority: ['deletedAt', 'priorityRank', 'statusRank', 'createdAt', 'number', 'categoryId'],
};

/** Lists of one priority; the index tells the category too, because both and a tag are rare together. */
export class TicketPriorities1796300000000 implements MigrationInterface {
  readonly name = 'TicketPriorities1796300000000';

  async up(runner: QueryRunner): Promise<void> {
    await exchangeIndexes(runner, 'tickets', { add: NEW, drop: [] });
  }

  async down(runner: QueryRunner): Promise<void> {
    await exchangeIndexes(runner, 'tickets', { add: {}, drop: Object.keys(NEW) });
  }
}
