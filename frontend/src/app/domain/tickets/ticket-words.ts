import type { TicketPriority, TicketStatus } from '../../core/api/models';
import type { IconName } from '../../shared/icon/icon-shapes';

export type WordsFor = 'customer' | 'staff';

export const TICKET_STATUSES: readonly TicketStatus[] = ['open', 'in_progress', 'resolved', 'closed'];
export const TICKET_PRIORITIES: readonly TicketPriority[] = ['low', 'medium', 'high', 'urgent'];

export const STATUS_WORDS: Readonly<Record<TicketStatus, string>> = {
  open: 'Open',
  in_progress: 'In progress',
  resolved: 'Resolved',
  closed: 'Closed',
};

/** What customers read; the staff's words stay in the accessible label. */
export const CUSTOMER_STATUS_WORDS: Readonly<Record<TicketStatus, string>> = {
  open: 'Received',
  in_progress: 'We are on it',
  resolved: 'Solved',
  closed: 'Closed',
};

export const STATUS_ICONS: Readonly<Record<TicketStatus, IconName>> = {
  open: 'inbox',
  in_progress: 'hourglass',
  resolved: 'check-circle',
  closed: 'lock',
};

export const PRIORITY_WORDS: Readonly<Record<TicketPriority, string>> = {
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  urgent: 'Urgent',
};

/** How customers are asked about urgency. */
export const PRIORITY_HINTS: Readonly<Record<TicketPriority, string>> = {
  low: 'It can wait',
  medium: 'It gets in my way',
  high: 'I can hardly work',
  urgent: 'Everything stands still',
};

export const PRIORITY_ICONS: Readonly<Record<TicketPriority, IconName>> = {
  low: 'arrow-down',
  medium: 'flag',
  high: 'arrow-up',
  urgent: 'urgent',
};
