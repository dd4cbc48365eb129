import { DomainError, Forbidden, NotFound } from '../common';
import type { UserRefDto } from '../users';
import type { TicketStatus } from './ticket.entity';

export class TicketNotFound extends NotFound {
  constructor(ticketId: number) {
    super(`Ticket #${ticketId}`);
  }
}

export class TicketClosed extends DomainError {
  /** @param allowed the steps that are possible, where a step was refused */
  constructor(allowed?: readonly TicketStatus[]) {
    super('conflict', 'This ticket is closed. Open a new one if you need more help.', {
      code: 'ticket-closed',
      ...(allowed && { extensions: { allowed } }),
    });
  }
}

/** For staff: the record stays open for comments and notes. */
export class ChatClosed extends DomainError {
  constructor() {
    super('conflict', 'This ticket is closed. Reopen it to chat; comments and notes can still be added.', {
      code: 'ticket-closed',
    });
  }
}

const possible = (allowed: readonly TicketStatus[]): string =>
  allowed.length ? `Possible from here: ${allowed.join(', ')}.` : 'Nothing is possible from here.';

/** A step that nobody can take from this status. */
export class InvalidTransition extends DomainError {
  constructor(from: TicketStatus, allowed: readonly TicketStatus[]) {
    const detail = `The ticket is ${from}. ${possible(allowed)}`;
    super('conflict', detail, { code: 'invalid-transition', extensions: { allowed } });
  }
}

/** A step that others may take. */
export class StepForbidden extends Forbidden {
  constructor(from: TicketStatus, allowed: readonly TicketStatus[]) {
    super(`You cannot take this step while the ticket is ${from}. ${possible(allowed)}`, { extensions: { allowed } });
  }
}

export class AlreadyClaimed extends DomainError {
  constructor(assignee: UserRefDto) {
    super('conflict', `${assignee.name} has claimed this ticket.`, {
      code: 'already-claimed',
      extensions: { assignee },
    });
  }
}

export class StaleTicket extends DomainError {
  constructor(version: number) {
    super('stale', 'The ticket was changed meanwhile. Load it again and repeat the change.', {
      extensions: { version },
    });
  }
}
