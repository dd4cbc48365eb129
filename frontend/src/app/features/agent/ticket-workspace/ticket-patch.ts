import { PushedTicketSummary, Ticket, TimelineEvent } from '../../../core/api/models';

/** The ticket as it stands after an event. Events older than the copy are already in it. */
export function afterEvent(ticket: Ticket, event: TimelineEvent): Ticket {
  if (event.ticketId !== ticket.id || event.at < ticket.updatedAt) return ticket;
  const changed = { ...ticket, updatedAt: event.at };
  switch (event.type) {
    case 'status.changed':
      return { ...changed, status: event.data.to };
    case 'priority.changed':
      return { ...changed, priority: event.data.to };
    case 'assignee.changed':
      return { ...changed, assignee: event.data.to };
    case 'category.changed':
      return { ...changed, category: event.data.to };
    case 'subject.changed':
      return { ...changed, subject: event.data.to };
    case 'tags.changed':
      return { ...changed, tags: event.data.to };
    default:
      return changed;
  }
}

/** The ticket with what a push says of it; a push that is older than the copy says nothing new. */
export function afterPush(ticket: Ticket, summary: PushedTicketSummary): Ticket {
  if (summary.id !== ticket.id || summary.updatedAt < ticket.updatedAt) return ticket;
  return { ...ticket, ...summary, unread: summary.unread ?? ticket.unread };
}
