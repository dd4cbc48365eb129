import { PushedTicketSummary } from '../../../core/api/models';

/** Staff wrote last on a running ticket: now it is for the customer to answer. */
export function isCustomersTurn({ status, lastMessage }: PushedTicketSummary): boolean {
  const isRunning = status === 'open' || status === 'in_progress';
  return isRunning && lastMessage !== null && lastMessage.author.role !== 'customer';
}
