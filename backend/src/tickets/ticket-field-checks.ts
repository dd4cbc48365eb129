import { Injectable } from '@nestjs/common';
import { isStaff, isStaffRole, type Actor } from '../access';
import { CategoriesService } from '../categories';
import { Clock, ValidationFailed } from '../common';
import { TimelineEntry } from '../conversations';
import { Statements, type Transaction } from '../database';
import { User } from '../users';
import { assertNotClosedFor, assertStep, assertStepBack, type TakenStep } from './lifecycle';
import type { TicketFields } from './ticket-changes';
import type { Ticket } from './ticket.entity';
import { assertCan } from './ticket.policy';

const ACTIVE_PERSON = 'WHERE id = ? AND active = 1';

/** What the form of a request alone cannot tell: rights, state, and whether what is named in it can be used. */
@Injectable()
export class TicketFieldChecks {
  constructor(
    private readonly statements: Statements,
    private readonly categories: CategoriesService,
    private readonly clock: Clock,
  ) {}

  /** Tags and requester are fields of staff; a customer who names them is refused. */
  assertStaffFields(actor: Actor, input: { tags?: unknown; requesterId?: unknown }): void {
    if (isStaff(actor)) return;
    const used = (['tags', 'requesterId'] as const).find((field) => input[field] !== undefined);
    if (used) throw ValidationFailed.of(used, 'can be set by staff only');
  }

  /**
   * Under the lock: throws unless the person may change these fields of the ticket as it is now.
   *
   * @returns whether the change of status takes a step back
   */
  async assertAllowed(
    tx: Transaction,
    actor: Actor,
    ticket: Ticket,
    { status, priority, assigneeId, tags }: TicketFields,
    isUndo: boolean,
  ): Promise<boolean> {
    if (status === undefined) assertNotClosedFor(actor, ticket);
    assertCan(actor, 'edit', ticket);
    if (tags !== undefined) assertCan(actor, 'tag', ticket);
    if (priority !== undefined) assertCan(actor, 'changePriority', ticket);
    if (assigneeId !== undefined) assertCan(actor, assigneeId === null ? 'release' : 'assign', ticket);
    if (status === undefined) return false;
    assertCan(actor, 'changeStatus', ticket);
    if (isUndo)
      return assertStepBack(actor, ticket.status, status, await lastStep(tx, ticket.number), this.clock.now());
    assertStep(actor, ticket.status, status);
    return false;
  }

  /** Throws unless a new category is offered and a new assignee can work on tickets. */
  async assertUsable(tx: Transaction, ticket: Ticket, { categoryId, assigneeId }: TicketFields): Promise<void> {
    if (categoryId !== ticket.categoryId) await this.assertCategory(tx, categoryId);
    if (assigneeId && assigneeId !== ticket.assigneeId) await this.assertAssignable(tx, assigneeId);
  }

  async assertCategory(tx: Transaction, categoryId: string | null | undefined): Promise<void> {
    if (categoryId) await this.categories.getOffered(categoryId, tx.manager);
  }

  async activePerson(tx: Transaction, id: string, path: string): Promise<User> {
    const [person] = await this.statements.entities(User, ACTIVE_PERSON, [id], tx);
    if (!person) throw ValidationFailed.of(path, 'must be an active person');
    return person;
  }

  /** Somebody a ticket can be given to: active staff who can sign in. */
  private async assertAssignable(tx: Transaction, id: string): Promise<void> {
    const [person] = await this.statements.entities(User, ACTIVE_PERSON, [id], tx);
    if (!person || !isStaffRole(person.role) || person.passwordHash === null)
      throw ValidationFailed.of('agentId', 'must be an active agent or admin');
  }
}

async function lastStep({ manager }: Transaction, ticketNumber: number): Promise<TakenStep | null> {
  const entry = await manager
    .createQueryBuilder(TimelineEntry, 'entry')
    .where(`entry.ticketNumber = :ticketNumber AND entry.type = 'status.changed'`, { ticketNumber })
    .orderBy('entry.staffSeq', 'DESC')
    .limit(1)
    .getOne();
  if (!entry) return null;
  const { from, to, undone = false } = entry.data as Pick<TakenStep, 'from' | 'to'> & { undone?: boolean };
  return { actorId: entry.actorId, from, to, at: entry.at, undone };
}
