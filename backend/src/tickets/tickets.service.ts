import { Injectable } from '@nestjs/common';
import { DataSource, IsNull, MoreThan } from 'typeorm';
import { isStaff, type Actor } from '../access';
import { AuditLog } from '../audit';
import { Clock, type ExpectedVersion } from '../common';
import { ConversationsService, ReadMarksService, type Conversation } from '../conversations';
import { Statements, UnitOfWork, type Transaction } from '../database';
import { TicketChanged, TicketDeleted } from './events/ticket-events';
import { isOver, stepsFrom } from './lifecycle';
import type { UpdateTicketDto } from './dto/ticket-input.dto';
import { TicketChanges, type TicketFields } from './ticket-changes';
import { Ticket, type TicketPriority, type TicketStatus } from './ticket.entity';
import { InvalidTransition, StaleTicket, TicketNotFound } from './ticket.errors';
import { assertCan, assertReadable, type ReadableFacts } from './ticket.policy';
import { TicketFieldChecks } from './ticket-field-checks';

/** For so long a deleted ticket can be restored. */
export const RESTORABLE_MS = 30 * 86_400_000;

/** A ticket under its lock: true until commit. */
export interface LockedTicket {
  conversation: Conversation;
  ticket: Ticket;
}

/** A ticket as far as those who follow it need to know. */
export type FollowedTicket = ReadableFacts & Pick<Ticket, 'number'>;

const SUBJECTS = 'SELECT number, subject FROM tickets WHERE number';
const FOLLOWED = 'SELECT number, requesterId, assigneeId, deletedAt FROM tickets WHERE number';

/** Tickets one at a time: reading, changing, deleting. */
@Injectable()
export class TicketsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly statements: Statements,
    private readonly unitOfWork: UnitOfWork,
    private readonly conversations: ConversationsService,
    private readonly readMarks: ReadMarksService,
    private readonly changes: TicketChanges,
    private readonly checks: TicketFieldChecks,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Throws unless the actor may read it; a customer is told the same of a foreign and of an unknown ticket. */
  async getFor(actor: Actor, ticketId: number): Promise<Ticket> {
    return this.readable(actor, ticketId);
  }

  /** What following a ticket needs; throws like `getFor`. */
  async assertMayFollow(actor: Actor, ticketId: number): Promise<FollowedTicket> {
    const [ticket] = await this.statements.rowsIn<FollowedTicket>(FOLLOWED, [ticketId]);
    assertReadable(actor, ticketId, ticket);
    return ticket;
  }

  find(ticketId: number): Promise<Ticket | null> {
    return this.dataSource.manager.findOneBy(Ticket, { number: ticketId });
  }

  /** Tickets that a person opened and that are not deleted, by number, after that one. */
  requestedBy(requesterId: string, after: number, limit: number): Promise<Ticket[]> {
    return this.dataSource.manager.find(Ticket, {
      where: { requesterId, deletedAt: IsNull(), number: MoreThan(after) },
      order: { number: 'ASC' },
      take: limit,
    });
  }

  /** The subjects of tickets, deleted ones too; those that were purged are absent. At most some hundred. */
  async subjectsOf(ticketIds: readonly number[]): Promise<Map<number, string>> {
    const rows = await this.statements.rowsIn<Pick<Ticket, 'number' | 'subject'>>(SUBJECTS, ticketIds);
    return new Map(rows.map(({ number, subject }) => [number, subject]));
  }

  /** What the policy asks of many tickets; unknown ones are absent. At most some hundred. */
  async factsOf(ticketIds: readonly number[]): Promise<Map<number, FollowedTicket>> {
    const rows = await this.statements.rowsIn<FollowedTicket>(FOLLOWED, ticketIds);
    return new Map(rows.map((row) => [row.number, row]));
  }

  /** Takes the lock, then reads: the first step of every unit that touches a ticket. */
  async lock(tx: Transaction, actor: Actor, ticketId: number): Promise<LockedTicket> {
    const conversation = await this.conversations.lock(tx, ticketId);
    const ticket = await this.readable(actor, ticketId, tx);
    if (!conversation) throw new TicketNotFound(ticketId);
    return { conversation, ticket };
  }

  async update(actor: Actor, ticketId: number, update: UpdateTicketDto, expected: ExpectedVersion): Promise<Ticket> {
    this.checks.assertStaffFields(actor, update);
    const { subject, description, categoryId, tags } = update;
    return this.change(actor, ticketId, expected, () => ({ subject, description, categoryId, tags }));
  }

  changeStatus(actor: Actor, ticketId: number, status: TicketStatus, expected: ExpectedVersion): Promise<Ticket> {
    return this.change(actor, ticketId, expected, () => ({ status }));
  }

  /** "No reply needed", or back; what is over needs none. */
  async settle(actor: Actor, ticketId: number, needsReply: boolean): Promise<Ticket> {
    return this.unitOfWork.run(async (tx) => {
      const { conversation, ticket } = await this.lock(tx, actor, ticketId);
      assertCan(actor, 'settle', ticket);
      if (needsReply && isOver(ticket.status))
        throw new InvalidTransition(ticket.status, stepsFrom(actor, ticket.status));
      return this.changes.settle(tx, conversation, actor, ticket, needsReply);
    });
  }

  changePriority(actor: Actor, ticketId: number, priority: TicketPriority, expected: ExpectedVersion): Promise<Ticket> {
    return this.change(actor, ticketId, expected, () => ({ priority }));
  }

  /** Gone for everyone; an admin can restore it for 30 days. */
  async delete(actor: Actor, ticketId: number): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const { conversation, ticket } = await this.lock(tx, actor, ticketId);
      assertCan(actor, 'delete', ticket);
      await this.setDeleted(tx, conversation, actor, ticket, this.clock.now());
      await this.readMarks.forget(tx, ticketId);
      tx.record(new TicketDeleted(ticketId, ticket.requesterId));
    });
  }

  async restore(actor: Actor, ticketId: number): Promise<Ticket> {
    return this.unitOfWork.run(async (tx) => {
      const conversation = await this.conversations.lock(tx, ticketId);
      const ticket = await tx.manager.findOneBy(Ticket, { number: ticketId });
      if (!ticket || !conversation) throw new TicketNotFound(ticketId);
      assertCan(actor, 'restore', ticket);
      if (!ticket.deletedAt) return ticket;
      if (this.clock.now().getTime() - ticket.deletedAt.getTime() > RESTORABLE_MS) throw new TicketNotFound(ticketId);
      await this.setDeleted(tx, conversation, actor, ticket, null);
      await this.readMarks.recountAll(tx, ticketId);
      tx.record(new TicketChanged(ticketId, true));
      return ticket;
    });
  }

  /**
   * The frame of every change of fields, of one ticket and of many: lock, rights and state, freshness, what the fields
   * refer to. `isUndo`: the caller takes back an own change, which may be a step that leads nowhere else.
   */
  async change(
    actor: Actor,
    ticketId: number,
    expected: ExpectedVersion,
    wish: (ticket: Ticket) => TicketFields,
    { isUndo = false } = {},
  ): Promise<Ticket> {
    return this.unitOfWork.run(async (tx) => {
      const { conversation, ticket } = await this.lock(tx, actor, ticketId);
      const fields = wish(ticket);
      const takesBack = await this.checks.assertAllowed(tx, actor, ticket, fields, isUndo);
      assertFresh(actor, ticket, expected);
      await this.checks.assertUsable(tx, ticket, fields);
      return this.changes.apply(tx, conversation, actor, ticket, fields, { takesBack });
    });
  }

  private async readable(actor: Actor, ticketId: number, tx?: Transaction): Promise<Ticket> {
    const [ticket] = await this.statements.entities(Ticket, 'WHERE number = ?', [ticketId], tx);
    assertReadable(actor, ticketId, ticket);
    return ticket;
  }

  private async setDeleted(
    tx: Transaction,
    conversation: Conversation,
    actor: Actor,
    ticket: Ticket,
    deletedAt: Date | null,
  ): Promise<void> {
    const type = deletedAt ? 'ticket.deleted' : 'ticket.restored';
    const { at } = await this.conversations.append(tx, conversation, { type, actorId: actor.id, isPublic: true });
    Object.assign(ticket, { deletedAt, updatedAt: at, publicUpdatedAt: at });
    await tx.manager.update(Ticket, { number: ticket.number }, { deletedAt, updatedAt: at, publicUpdatedAt: at });
    await this.audit.record(tx, {
      action: type,
      actorId: actor.id,
      object: { type: 'ticket', id: String(ticket.number) },
    });
  }
}

export function assertFresh(actor: Actor, ticket: Ticket, expected: ExpectedVersion): void {
  const version = isStaff(actor) ? ticket.version : ticket.publicVersion;
  if (expected && !expected.includes(version)) throw new StaleTicket(version);
}
