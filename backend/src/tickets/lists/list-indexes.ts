/** What lists are sorted by; `number` is for those who take tickets one after the other. */
export type SortColumn = 'createdAt' | 'updatedAt' | 'publicUpdatedAt' | 'priorityRank' | 'statusRank' | 'number';

/** What is filtered by being one of some values. */
export type EqualColumn = 'requesterId' | 'assigneeId' | 'statusRank' | 'priorityRank' | 'categoryId' | 'needsReply';

export type IndexColumn = SortColumn | EqualColumn | 'deletedAt';

export interface ListIndex {
  name: string;
  /** Filters first, then the order, then the tie; what follows the tie is there to be read without its row. */
  columns: readonly IndexColumn[];
}

const index = (name: string, ...columns: IndexColumn[]): ListIndex => ({ name: `IX_tickets_${name}`, columns });

/**
 * The indexes of lists and counts, as their migration makes them; those that narrow a list down most come first. All
 * lead over `deletedAt`, so that deleted tickets are never read.
 */
export const LIST_INDEXES: readonly ListIndex[] = [
  index('listRequester', 'requesterId', 'deletedAt', 'statusRank', 'createdAt', 'number', 'priorityRank'),
  index('listRequesterUpdated', 'requesterId', 'deletedAt', 'statusRank', 'publicUpdatedAt', 'number'),
  index('listAssignee', 'assigneeId', 'deletedAt', 'statusRank', 'createdAt', 'number', 'priorityRank'),
  index('listAssigneeUpdated', 'assigneeId', 'deletedAt', 'statusRank', 'updatedAt', 'number'),
  index('listNeedsReply', 'needsReply', 'deletedAt', 'createdAt', 'number'),
  index('listCategory', 'categoryId', 'deletedAt', 'createdAt', 'number'),
  index('listPriority', 'deletedAt', 'priorityRank', 'statusRank', 'createdAt', 'number', 'categoryId'),
  index('listStatusPriority', 'deletedAt', 'statusRank', 'priorityRank', 'number'),
  index('listStatusCreated', 'deletedAt', 'statusRank', 'createdAt', 'number'),
  index('listStatusUpdated', 'deletedAt', 'statusRank', 'updatedAt', 'number'),
  index('listStatus', 'deletedAt', 'statusRank', 'number'),
  index('listCreated', 'deletedAt', 'createdAt', 'number'),
  index('listUpdated', 'deletedAt', 'updatedAt', 'number'),
];
