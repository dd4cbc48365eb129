import { isStaff, type Actor } from '../access';
import type { Ticket, TicketStatus } from './ticket.entity';
import { InvalidTransition, TicketClosed } from './ticket.errors';
import { TicketForbidden } from './ticket.policy';

type Steps = Record<TicketStatus, readonly TicketStatus[]>;

const STAFF_STEPS: Steps = {
  open: ['in_progress', 'resolved', 'closed'],
  in_progress: ['resolved', 'closed'],
  resolved: ['open', 'in_progress', 'closed'],
  closed: ['open'],
};

const CUSTOMER_STEPS: Steps = {
  open: ['resolved', 'closed'],
  in_progress: ['resolved', 'closed'],
  resolved: ['open', 'closed'],
  closed: [],
};

/** The steps this person may take from a status. */
export const stepsFrom = (actor: Pick<Actor, 'role'>, from: TicketStatus): readonly TicketStatus[] =>
  (isStaff(actor) ? STAFF_STEPS : CUSTOMER_STEPS)[from];

/** Throws unless the person may take this step; staying where it is is always allowed. */
export function assertStep(actor: Pick<Actor, 'role'>, from: TicketStatus, to: TicketStatus): void {
  if (from === to || stepsFrom(actor, from).includes(to)) return;
  if (!isStaff(actor) && from === 'closed') throw new TicketClosed();
  if (STAFF_STEPS[from].includes(to)) throw new TicketForbidden();
  throw new InvalidTransition(from, stepsFrom(actor, from));
}

/** For a customer a closed ticket is a record: nothing about it changes any more. */
export function assertNotClosedFor(actor: Pick<Actor, 'role'>, ticket: Pick<Ticket, 'status'>): void {
  if (!isStaff(actor) && ticket.status === 'closed') throw new TicketClosed();
}

/** The times that go with a status: set when it is reached, cleared when the ticket is opened again. */
export function timesOf(
  ticket: Pick<Ticket, 'resolvedAt' | 'closedAt'>,
  to: TicketStatus,
  now: Date,
): Pick<Ticket, 'resolvedAt' | 'closedAt'> {
  if (to === 'resolved') return { resolvedAt: now, closedAt: null };
  if (to === 'closed') return { resolvedAt: ticket.resolvedAt, closedAt: now };
  return { resolvedAt: null, closedAt: null };
}
