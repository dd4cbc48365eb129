import type { SqlValue } from '../../database';
import type { After, Criteria, Equal } from '../lists/list-criteria';
import { TICKET_PRIORITIES, TICKET_STATUSES } from '../ticket.entity';
import type { SearchOperators } from './ticket-search';

/** A filter, and what the operators of a search ask for besides. `absent`: who holds tickets and is offline. */
export function narrowed(criteria: Criteria, operators: SearchOperators, absent: readonly string[]): Criteria {
  const { tags, createdBefore, createdFrom, number } = operators;
  const after: After[] = [
    ...criteria.after,
    ...(createdFrom ? [{ column: 'createdAt' as const, moment: new Date(createdFrom.getTime() - 1) }] : []),
    ...(createdBefore ? [{ column: 'createdAt' as const, moment: createdBefore, isBefore: true as const }] : []),
  ];
  return {
    ...criteria,
    equal: intersection(criteria.equal, equalOf(operators, absent)),
    after,
    ...(tags && { eachTag: tags }),
    ...(number !== undefined && { among: [number] }),
  };
}

function equalOf(
  { status, priority, categoryIds, requesterIds, assigneeIds }: SearchOperators,
  absent: readonly string[],
): Equal {
  return {
    ...(status && { statusRank: status.map((name) => TICKET_STATUSES.indexOf(name)) }),
    ...(priority && { priorityRank: priority.map((name) => TICKET_PRIORITIES.indexOf(name)) }),
    ...(categoryIds && { categoryId: categoryIds }),
    ...(requesterIds && { requesterId: requesterIds }),
    ...(assigneeIds && { assigneeId: assigneeIds === 'absent' ? absent : assigneeIds }),
  };
}

function intersection(one: Equal, other: Equal): Equal {
  const both: Record<string, readonly SqlValue[]> = { ...one };
  for (const [column, values] of Object.entries(other)) {
    const known = both[column];
    both[column] = [...new Set(known ? values.filter((value) => known.includes(value)) : values)];
  }
  return both;
}
