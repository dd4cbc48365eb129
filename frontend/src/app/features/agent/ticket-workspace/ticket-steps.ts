import { TicketStatus } from '../../../core/api/models';

/** Where staff may take a ticket from each status; the server has the last word. */
export const STAFF_STEPS: Readonly<Record<TicketStatus, readonly TicketStatus[]>> = {
  open: ['in_progress', 'resolved', 'closed'],
  in_progress: ['resolved', 'closed'],
  resolved: ['open', 'in_progress', 'closed'],
  closed: ['open'],
};
