import { isStaff, type Actor } from '../access';
import type { Ticket, TicketStatus } from './ticket.entity';
import { InvalidTransition, StepForbidden, TicketClosed } from './ticket.errors';

type Steps = Record<TicketStatus, readonly TicketStatus[]>;
type Role = Pick<Actor, 'role'>;

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

/** For so long the one who took a step may take it back, wherever it led. */
const UNDO_MS = 10 * 60_000;

/** The work on it is done; it can be opened again. */
export const isOver = (status: TicketStatus): boolean => status === 'resolved' || status === 'closed';

/** The steps this person may take from a status. */
export const stepsFrom = (actor: Role, from: TicketStatus): readonly TicketStatus[] =>
  (isStaff(actor) ? STAFF_STEPS : CUSTOMER_STEPS)[from];

/** Throws unless the person may take this step, and says which are possible; staying is always allowed. */
export function assertStep(actor: Role, from: TicketStatus, to: TicketStatus): void {
  const allowed = stepsFrom(actor, from);
  if (from === to || allowed.includes(to)) return;
  if (!isStaff(actor) && from === 'closed') throw new TicketClosed(allowed);
  if (STAFF_STEPS[from].includes(to)) throw new StepForbidden(from, allowed);
  throw new InvalidTransition(from, allowed);
}

/** The step a claim takes; throws where there is nothing left to work on. */
export function claimedStatus(actor: Role, from: TicketStatus): TicketStatus {
  if (isOver(from)) throw new InvalidTransition(from, stepsFrom(actor, from));
  return 'in_progress';
}

/** The step a customer's word takes: it opens a resolved ticket again. */
export const statusAfterWord = (actor: Role, from: TicketStatus): TicketStatus =>
  !isStaff(actor) && from === 'resolved' ? 'open' : from;

/** A step as the timeline tells it. */
export interface TakenStep {
  actorId: string;
  from: TicketStatus;
  to: TicketStatus;
  at: Date;
  /** It took another step back itself. */
  undone: boolean;
}

/**
 * Throws unless the person may go back to where the ticket was: by taking back their own last step, or by a step that is
 * allowed anyway. That nothing else has changed since is asked by the version.
 *
 * @returns whether a step is taken back, which then counts no more; doing an undone step again is a step like any other
 */
export function assertStepBack(
  actor: Pick<Actor, 'id' | 'role'>,
  from: TicketStatus,
  to: TicketStatus,
  last: TakenStep | null,
  now: Date,
): boolean {
  const isOwn = last?.actorId === actor.id && last.from === to && last.to === from;
  if (isOwn && now.getTime() - last.at.getTime() <= UNDO_MS) return !last.undone;
  assertStep(actor, from, to);
  return false;
}

/** For a customer a closed ticket is a record: nothing about it changes any more. */
export function assertNotClosedFor(actor: Role, ticket: Pick<Ticket, 'status'>): void {
  if (!isStaff(actor) && ticket.status === 'closed') throw new TicketClosed();
}

type Consequences = Pick<Ticket, 'resolvedAt' | 'closedAt' | 'reopenCount'>;

/**
 * What goes with a status: times are set when it is reached and cleared when the ticket is opened again, which is
 * counted. A step that is taken back does not count, and one that is undone counts no more.
 */
export function consequencesOf(
  ticket: Consequences & Pick<Ticket, 'status'>,
  to: TicketStatus,
  now: Date,
  takesBack = false,
): Consequences {
  const { status: from, resolvedAt } = ticket;
  const reopenCount = ticket.reopenCount + (takesBack ? -reopenings(to, from) : reopenings(from, to));
  if (to === 'resolved')
    return { resolvedAt: from === 'closed' ? (resolvedAt ?? now) : now, closedAt: null, reopenCount };
  if (to === 'closed') return { resolvedAt, closedAt: now, reopenCount };
  return { resolvedAt: null, closedAt: null, reopenCount };
}

const reopenings = (from: TicketStatus, to: TicketStatus): 0 | 1 => (isOver(from) && !isOver(to) ? 1 : 0);
