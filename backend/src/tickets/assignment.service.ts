import { Injectable } from '@nestjs/common';
import type { Actor } from '../access';
import type { ExpectedVersion } from '../common';
import { UnitOfWork, type Transaction } from '../database';
import { PeopleLoader } from '../users';
import { claimedStatus } from './lifecycle';
import { TicketChanges } from './ticket-changes';
import type { Ticket } from './ticket.entity';
import { AlreadyClaimed } from './ticket.errors';
import { assertCan } from './ticket.policy';
import { TicketsService } from './tickets.service';

/** Who is responsible for a ticket. */
@Injectable()
export class AssignmentService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tickets: TicketsService,
    private readonly changes: TicketChanges,
    private readonly people: PeopleLoader,
  ) {}

  /**
   * Makes the actor the assignee and moves an open ticket to in progress. When agents race, exactly one wins; a second
   * claim by the same agent changes nothing.
   */
  async claim(actor: Actor, ticketId: number): Promise<Ticket> {
    return this.unitOfWork.run(async (tx) => {
      const { conversation, ticket } = await this.tickets.lock(tx, actor, ticketId);
      assertCan(actor, 'claim', ticket);
      if (ticket.assigneeId === actor.id) return ticket;
      await this.assertUnclaimed(tx, ticket);
      const fields = { assigneeId: actor.id, status: claimedStatus(actor, ticket.status) };
      return this.changes.apply(tx, conversation, actor, ticket, fields);
    });
  }

  /** Gives the ticket to an active agent or admin; the status stays. */
  assign(actor: Actor, ticketId: number, agentId: string, expected: ExpectedVersion): Promise<Ticket> {
    return this.tickets.change(actor, ticketId, expected, () => ({ assigneeId: agentId }));
  }

  /** Puts the ticket back into the queue; the status stays. */
  release(actor: Actor, ticketId: number, expected: ExpectedVersion): Promise<Ticket> {
    return this.tickets.change(actor, ticketId, expected, () => ({ assigneeId: null }));
  }

  private async assertUnclaimed(tx: Transaction, { assigneeId }: Ticket): Promise<void> {
    if (assigneeId === null) return;
    const people = await this.people.load([assigneeId], tx.manager);
    throw new AlreadyClaimed(people.get(assigneeId));
  }
}
