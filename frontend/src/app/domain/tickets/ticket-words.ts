import type { TicketPriority, TicketStatus } from '../../core/api/models';
import type { IconName } from '../../shared/icon/icon-shapes';
import { worded } from '../../shared/texts/text';

export type WordsFor = 'customer' | 'staff';

export const TICKET_STATUSES: readonly TicketStatus[] = ['open', 'in_progress', 'resolved', 'closed'];
export const TICKET_PRIORITIES: readonly TicketPriority[] = ['low', 'medium', 'high', 'urgent'];

export const STATUS_WORDS = worded<TicketStatus>({
  open: 'tickets.status.open',
  in_progress: 'tickets.status.in_progress',
  resolved: 'tickets.status.resolved',
  closed: 'tickets.status.closed',
});

/** What customers read; the staff's words stay in the accessible label. */
export const CUSTOMER_STATUS_WORDS = worded<TicketStatus>({
  open: 'tickets.state.open',
  in_progress: 'tickets.state.in_progress',
  resolved: 'tickets.state.resolved',
  closed: 'tickets.state.closed',
});

export const STATUS_ICONS: Readonly<Record<TicketStatus, IconName>> = {
  open: 'inbox',
  in_progress: 'hourglass',
  resolved: 'check-circle',
  closed: 'lock',
};

export const PRIORITY_WORDS = worded<TicketPriority>({
  low: 'tickets.priority.low',
  medium: 'tickets.priority.medium',
  high: 'tickets.priority.high',
  urgent: 'tickets.priority.urgent',
});

/** How customers are asked about urgency. */
export const PRIORITY_HINTS = worded<TicketPriority>({
  low: 'tickets.urgency.low',
  medium: 'tickets.urgency.medium',
  high: 'tickets.urgency.high',
  urgent: 'tickets.urgency.urgent',
});

export const PRIORITY_ICONS: Readonly<Record<TicketPriority, IconName>> = {
  low: 'arrow-down',
  medium: 'flag',
  high: 'arrow-up',
  urgent: 'urgent',
};
