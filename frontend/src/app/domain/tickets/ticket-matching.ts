import { PushedTicketSummary, TicketSummary } from '../../core/api/models';
import { TicketListQuery } from './tickets-api';

/**
 * Whether a pushed ticket belongs into a list, as far as the client can tell: search words and unread marks are the
 * server's business and never rule a ticket out here.
 */
export function matchesQuery(
  ticket: PushedTicketSummary | TicketSummary,
  query: TicketListQuery,
  myId: string | null,
): boolean {
  if (query.status?.length && !query.status.includes(ticket.status)) return false;
  if (query.priority?.length && !query.priority.includes(ticket.priority)) return false;
  if (query.category?.length && !query.category.includes(ticket.category?.id ?? 'none')) return false;
  if (query.tag?.length && !query.tag.some((tag) => ticket.tags?.includes(tag))) return false;
  if (query.needsReply !== undefined && (ticket.needsReply ?? false) !== query.needsReply) return false;
  if (query.turn && !isCustomersTurn(ticket)) return false;
  if (query.createdAfter && ticket.createdAt <= query.createdAfter) return false;
  if (query.updatedAfter && ticket.updatedAt <= query.updatedAfter) return false;
  if (query.requester && ticket.requester.id !== query.requester) return false;
  return isAssignedAsAsked(ticket, query.assignee, myId);
}

/** Staff wrote last on a running ticket: now it is for the customer to answer. */
export function isCustomersTurn({ status, lastMessage }: PushedTicketSummary | TicketSummary): boolean {
  const isRunning = status === 'open' || status === 'in_progress';
  return isRunning && lastMessage !== null && lastMessage.author.role !== 'customer';
}

function isAssignedAsAsked(ticket: PushedTicketSummary, asked: string | undefined, myId: string | null): boolean {
  if (!asked) return true;
  if (asked === 'none') return ticket.assignee === null;
  if (asked === 'absent') return ticket.assignee?.online === false;
  return ticket.assignee?.id === (asked === 'me' ? myId : asked);
}
