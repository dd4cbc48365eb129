import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addIndex, dialectOf } from './dialect';

const NEW: Record<string, string[]> = {
  listRequester: ['requesterId', 'deletedAt', 'statusRank', 'createdAt', 'number', 'priorityRank'],
  listRequesterUpdated: ['requesterId', 'deletedAt', 'statusRank', 'publicUpdatedAt', 'number'],
  listAssignee: ['assigneeId', 'deletedAt', 'statusRank', 'createdAt', 'number', 'priorityRank'],
  listAssigneeUpdated: ['assigneeId', 'deletedAt', 'statusRank', 'updatedAt', 'number'],
  listNeedsReply: ['needsReply', 'deletedAt', 'createdAt', 'number'],
  listCategory: ['categoryId', 'deletedAt', 'createdAt', 'number'],
  listStatusPriority: ['deletedAt', 'statusRank', 'priorityRank', 'number'],
  listStatusCreated: ['deletedAt', 'statusRank', 'createdAt', 'number'],
  listStatusUpdated: ['deletedAt', 'statusRank', 'updatedAt', 'number'],
  listStatus: ['deletedAt', 'statusRank', 'number'],
  listCreated: ['deletedAt', 'createdAt', 'number'],
  listUpdated: ['deletedAt', 'updatedAt', 'number'],
};

const OLD: Record<string, string[]> = {
  created: ['createdAt', 'number'],
  updated: ['updatedAt', 'number'],
  priority: ['priorityRank', 'number'],
  status: ['statusRank', 'number'],
  statusUpdated: ['status', 'updatedAt', 'number'],
  statusCreated: ['status', 'createdAt', 'number'],
  requester: ['requesterId', 'publicUpdatedAt', 'number'],
  requesterCreated: ['requesterId', 'createdAt', 'number'],
  assignee: ['assigneeId', 'status', 'updatedAt', 'number'],
  assigneeCreated: ['assigneeId', 'createdAt', 'number'],
  category: ['categoryId', 'createdAt', 'number'],
  deleted: ['deletedAt', 'number'],
};

/** Indexes that lead over deleted tickets, one for each shape of a list, instead of those that do not. */
export class TicketLists1795700000000 implements MigrationInterface {
  readonly name = 'TicketLists1795700000000';

  async up(runner: QueryRunner): Promise<void> {
    await exchange(runner, OLD, NEW);
  }

  async down(runner: QueryRunner): Promise<void> {
    await exchange(runner, NEW, OLD);
  }
}

/** The new ones first: foreign keys never stand without an index. Safe to repeat after it broke off. */
async function exchange(
  runner: QueryRunner,
  before: Record<string, string[]>,
  after: Record<string, string[]>,
): Promise<void> {
  for (const [name, columns] of Object.entries(after)) await addIndex(runner, 'tickets', name, columns);
  const isMysql = dialectOf(runner).engine === 'mysql';
  const known = await runner.getTable('tickets');
  for (const name of Object.keys(before)) {
    const index = `IX_tickets_${name}`;
    if (!known?.indices.some((existing) => existing.name === index)) continue;
    await runner.query(`DROP INDEX ${index}${isMysql ? ' ON tickets' : ''}`);
  }
}
