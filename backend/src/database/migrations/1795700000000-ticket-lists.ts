import type { MigrationInterface, QueryRunner } from 'typeorm';
import { exchangeIndexes } from './dialect';

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
    await exchangeIndexes(runner, 'tickets', { add: NEW, drop: Object.keys(OLD) });
  }

  async down(runner: QueryRunner): Promise<void> {
    await exchangeIndexes(runner, 'tickets', { add: OLD, drop: Object.keys(NEW) });
  }
}
