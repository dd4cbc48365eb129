import type { Actor } from '../../access';
import type { DomainEvent } from '../../database';
import type { Ticket, TicketPriority, TicketStatus } from '../ticket.entity';

/** Something that lists show of this ticket is different now. */
export class TicketChanged implements DomainEvent {
  static readonly eventName = 'ticket.changed';
  readonly name = TicketChanged.eventName;
  /** @param isPublic false when customers must not notice */
  constructor(
    readonly ticketId: number,
    readonly isPublic: boolean,
  ) {}
}

export class TicketCreated implements DomainEvent {
  static readonly eventName = 'ticket.created';
  readonly name = TicketCreated.eventName;
  constructor(
    readonly ticket: Ticket,
    readonly actor: Actor,
  ) {}
}

export class TicketAssigned implements DomainEvent {
  static readonly eventName = 'ticket.assigned';
  readonly name = TicketAssigned.eventName;
  constructor(
    readonly ticket: Ticket,
    readonly actor: Actor,
    readonly from: string | null,
    readonly to: string | null,
  ) {}
}

export class TicketStatusChanged implements DomainEvent {
  static readonly eventName = 'ticket.status-changed';
  readonly name = TicketStatusChanged.eventName;
  constructor(
    readonly ticket: Ticket,
    readonly actor: Actor,
    readonly from: TicketStatus,
    readonly to: TicketStatus,
  ) {}
}

export class TicketPriorityChanged implements DomainEvent {
  static readonly eventName = 'ticket.priority-changed';
  readonly name = TicketPriorityChanged.eventName;
  constructor(
    readonly ticket: Ticket,
    readonly actor: Actor,
    readonly from: TicketPriority,
    readonly to: TicketPriority,
  ) {}
}

export class TicketDeleted implements DomainEvent {
  static readonly eventName = 'ticket.deleted';
  readonly name = TicketDeleted.eventName;
  constructor(
    readonly ticketId: number,
    readonly requesterId: string,
  ) {}
}
