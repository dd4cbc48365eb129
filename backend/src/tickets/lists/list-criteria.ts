import { isStaff, type Actor } from '../../access';
import type { SqlValue } from '../../database';
import type { TicketFilter, TicketListQuery, TicketSort } from '../dto/ticket-list-query.dto';
import { TICKET_PRIORITIES, TICKET_STATUSES } from '../ticket.entity';
import type { EqualColumn, SortColumn } from './list-indexes';

export interface After {
  column: 'createdAt' | 'updatedAt' | 'publicUpdatedAt';
  moment: Date;
  /** Before it instead. */
  isBefore?: true;
}

export type Equal = Readonly<Partial<Record<EqualColumn, readonly SqlValue[]>>>;

/** A filter in the words of the tables, with the rights of its reader: all of it must hold. */
export interface Criteria {
  /** Each column is one of its values; null is a value. No value at all means that nothing is found. */
  equal: Equal;
  /** What follows from the rest; it need not be looked at, but an index may use it. */
  implied: Equal;
  after: readonly After[];
  /** Something, or nothing, is unread for the reader. */
  unread?: { readerId: string; wanted: boolean };
  /** One of these tags. */
  tags?: readonly string[];
  /** One of these tickets: what a search found. */
  among?: readonly number[];
  /** Each of these tags. */
  eachTag?: readonly string[];
  /** It runs, and staff wrote last. */
  isCustomersTurn?: boolean;
}

/** What a filter means only at this moment, found out before. */
export interface Circumstances {
  /** Who holds tickets and is not connected; asked for by `assignee=absent` only. */
  absent?: readonly string[];
}

const ACTIVE = [0, 1];

/** What the actor may see of what the filter asks for; its words are looked for elsewhere. */
export function criteriaOf(
  actor: Actor,
  filter: TicketFilter & Pick<TicketListQuery, 'turn'>,
  { absent }: Circumstances = {},
): Criteria {
  return {
    equal: {
      ...ownOnly(actor),
      ...(filter.requester !== undefined && isStaff(actor) && { requesterId: [filter.requester] }),
      ...assigneeOf(actor, filter.assignee, absent),
      ...(filter.status && { statusRank: ranks(TICKET_STATUSES, filter.status) }),
      ...(filter.priority && { priorityRank: ranks(TICKET_PRIORITIES, filter.priority) }),
      ...(filter.category && { categoryId: unique(filter.category.map((id) => (id === 'none' ? null : id))) }),
      ...(filter.needsReply !== undefined && { needsReply: [filter.needsReply] }),
    },
    // Only what is not over can need a reply, or be somebody's turn.
    implied: (filter.needsReply === true || filter.turn) && !filter.status ? { statusRank: ACTIVE } : {},
    after: [
      ...(filter.createdAfter ? [{ column: 'createdAt' as const, moment: filter.createdAfter }] : []),
      ...(filter.updatedAfter ? [{ column: updatedColumn(actor), moment: filter.updatedAfter }] : []),
    ],
    ...(filter.unread !== undefined && { unread: { readerId: actor.id, wanted: filter.unread } }),
    ...(filter.tag && { tags: unique(filter.tag) }),
    ...(filter.turn && { isCustomersTurn: true }),
  };
}

export function sortColumnOf(actor: Actor, sort: TicketSort): SortColumn {
  const field = sort.replace('-', '');
  if (field === 'priority') return 'priorityRank';
  if (field === 'status') return 'statusRank';
  return field === 'updatedAt' ? updatedColumn(actor) : 'createdAt';
}

const updatedColumn = (actor: Actor): 'updatedAt' | 'publicUpdatedAt' =>
  isStaff(actor) ? 'updatedAt' : 'publicUpdatedAt';

const ownOnly = (actor: Actor): Equal => (isStaff(actor) ? {} : { requesterId: [actor.id] });

function assigneeOf(actor: Actor, assignee: string | undefined, absent: readonly string[] = []): Equal {
  if (assignee === undefined) return {};
  if (assignee === 'absent') return { assigneeId: absent };
  if (assignee === 'none') return { assigneeId: [null] };
  return { assigneeId: [assignee === 'me' ? actor.id : assignee] };
}

const unique = <Value>(values: readonly Value[]): Value[] => [...new Set(values)];

const ranks = <Name>(order: readonly Name[], names: readonly Name[]): number[] =>
  unique(names.map((name) => order.indexOf(name)));
