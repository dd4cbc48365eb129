import { isStaff, type Actor } from '../access';
import { Forbidden } from '../common';
import type { SqlTime } from '../database';
import type { Ticket } from './ticket.entity';
import { TicketNotFound } from './ticket.errors';

/** What the rules need to know of a ticket. */
export type TicketFacts = Pick<Ticket, 'requesterId' | 'assigneeId'>;

/** What the rules need to know of whoever asks; also of people who are not signed in, before they are told something. */
export type Asker = Pick<Actor, 'id' | 'role'>;

const isRequester = (actor: Asker, ticket: TicketFacts): boolean => ticket.requesterId === actor.id;
const isParty = (actor: Asker, ticket: TicketFacts): boolean => isStaff(actor) || isRequester(actor, ticket);

/**
 * Who may do what to a ticket, in one place; REST, sockets and downloads all ask it. Whether the ticket is closed is a
 * matter of state (409), not of rights (403), and stands in the lifecycle.
 */
const RULES = {
  read: isParty,
  chat: isParty,
  comment: isParty,
  note: isStaff,
  edit: isParty,
  tag: (actor) => isStaff(actor),
  changeStatus: isParty,
  settle: (actor) => isStaff(actor),
  follow: (actor) => isStaff(actor),
  changePriority: (actor, ticket) => isStaff(actor) || (isRequester(actor, ticket) && ticket.assigneeId === null),
  claim: (actor) => isStaff(actor),
  assign: (actor) => isStaff(actor),
  release: (actor) => isStaff(actor),
  delete: (actor, ticket) => actor.role === 'admin' || isRequester(actor, ticket),
  restore: (actor) => actor.role === 'admin',
} satisfies Record<string, (actor: Asker, ticket: TicketFacts) => boolean>;

export type TicketAction = keyof typeof RULES;
export const TICKET_ACTIONS = Object.keys(RULES) as TicketAction[];

export const can = (actor: Asker, action: TicketAction, ticket: TicketFacts): boolean => RULES[action](actor, ticket);

export type ReadableFacts = TicketFacts & { readonly deletedAt: SqlTime | null };

/** Whether it may be followed: a deleted ticket is gone for everyone. */
export const mayRead = (actor: Asker, ticket: ReadableFacts): boolean =>
  !ticket.deletedAt && can(actor, 'read', ticket);

/** The rule for notes where membership of a ticket's room has answered for the ticket. */
export function assertMayNote(actor: Actor): void {
  if (!isStaff(actor)) throw new TicketForbidden();
}

/** The same for a ticket that is not theirs and for one that does not exist. */
export class TicketForbidden extends Forbidden {
  constructor() {
    super('You cannot do this with this ticket.');
  }
}

export function assertCan(actor: Actor, action: TicketAction, ticket: TicketFacts): void {
  if (!can(actor, action, ticket)) throw new TicketForbidden();
}

/**
 * Throws unless the actor may read the ticket and it is there; a customer is told the same of a foreign and of an unknown
 * one. `ticket` is null or undefined when there is none.
 */
export function assertReadable<Known extends ReadableFacts>(
  actor: Actor,
  ticketId: number,
  ticket: Known | null | undefined,
): asserts ticket is Known {
  if (ticket && can(actor, 'read', ticket)) {
    if (ticket.deletedAt) throw new TicketNotFound(ticketId);
    return;
  }
  throw isStaff(actor) ? new TicketNotFound(ticketId) : new TicketForbidden();
}

/** `read` as a query condition; a list adds it before any filter the caller chose. */
export const visibleTo = (actor: Actor): { sql: string; parameters: Record<string, unknown> } =>
  isStaff(actor)
    ? { sql: 'ticket.deletedAt IS NULL', parameters: {} }
    : { sql: 'ticket.deletedAt IS NULL AND ticket.requesterId = :viewerId', parameters: { viewerId: actor.id } };
