import { Ticket, TimelineEvent, UserRef } from '../../../core/api/models';
import { PRIORITY_WORDS, STATUS_WORDS } from '../../../domain/tickets/ticket-words';

/** The parts of a ticket that staff change where they stand. */
export type ChangedField = 'status' | 'priority' | 'assignee' | 'subject' | 'category' | 'tags' | 'needsReply';

export const FIELD_WORDS: Readonly<Record<ChangedField, string>> = {
  status: 'Status',
  priority: 'Priority',
  assignee: 'Assignee',
  subject: 'Subject',
  category: 'Category',
  tags: 'Tags',
  needsReply: 'Mark',
};

export const hasChanged = (field: ChangedField, from: Ticket, to: Ticket): boolean =>
  valueOf(field, from) !== valueOf(field, to);

/** The value of a field as people read it. */
export function wordsOf(field: ChangedField, ticket: Ticket): string {
  switch (field) {
    case 'status':
      return STATUS_WORDS[ticket.status];
    case 'priority':
      return PRIORITY_WORDS[ticket.priority];
    case 'assignee':
      return ticket.assignee?.name ?? 'nobody';
    case 'subject':
      return ticket.subject;
    case 'category':
      return ticket.category?.name ?? 'None';
    case 'tags':
      return (ticket.tags ?? []).join(', ');
    case 'needsReply':
      return ticket.needsReply ? 'needs reply' : 'no reply needed';
  }
}

/** Who changed the field last, as far as the events tell. */
export function authorOf(field: ChangedField, events: readonly TimelineEvent[]): UserRef | null {
  const type = field === 'needsReply' ? 'needs-reply.changed' : `${field}.changed`;
  return events.findLast((event) => event.type === type)?.actor ?? null;
}

/** What the person added and removed, done to what is stored now. */
export function mergedTags(seen: readonly string[], mine: readonly string[], now: readonly string[]): string[] {
  const kept = now.filter((tag) => mine.includes(tag) || !seen.includes(tag));
  return [...kept, ...mine.filter((tag) => !seen.includes(tag) && !kept.includes(tag))];
}

function valueOf(field: ChangedField, ticket: Ticket): string {
  if (field === 'assignee') return ticket.assignee?.id ?? '';
  if (field === 'category') return ticket.category?.id ?? '';
  if (field === 'tags') return [...(ticket.tags ?? [])].toSorted().join();
  return String(ticket[field] ?? '');
}
