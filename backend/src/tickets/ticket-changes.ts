import { Injectable } from '@nestjs/common';
import { isStaff, isStaffRole, type Actor } from '../access';
import { AuditLog } from '../audit';
import { CategoriesService } from '../categories';
import { ConversationsService, ReadMarksService, type Conversation } from '../conversations';
import { Statements, updateRow, type Transaction } from '../database';
import { User } from '../users';
import { TicketAssigned, TicketChanged, TicketPriorityChanged, TicketStatusChanged } from './events/ticket-events';
import { consequencesOf, isOver } from './lifecycle';
import { TagsService } from './tags/tags.service';
import { Ticket, TICKET_PRIORITIES, TICKET_STATUSES } from './ticket.entity';

/** The fields of a ticket that can be changed; what is left out stays. */
export type TicketFields = Partial<
  Pick<Ticket, 'subject' | 'description' | 'categoryId' | 'tags' | 'priority' | 'status' | 'assigneeId'>
>;

type Field = keyof TicketFields;
const FIELDS: readonly Field[] = ['subject', 'description', 'categoryId', 'tags', 'priority', 'assigneeId', 'status'];
const ENTRY_TYPES = {
  subject: 'subject.changed',
  description: 'description.changed',
  categoryId: 'category.changed',
  tags: 'tags.changed',
  priority: 'priority.changed',
  assigneeId: 'assignee.changed',
  status: 'status.changed',
} as const satisfies Record<Field, string>;

const PERSON = 'SELECT id, role FROM users WHERE id = ?';

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The one way in which fields of a ticket change: the row, its version, and one timeline entry for each field. */
@Injectable()
export class TicketChanges {
  constructor(
    private readonly statements: Statements,
    private readonly conversations: ConversationsService,
    private readonly readMarks: ReadMarksService,
    private readonly categories: CategoriesService,
    private readonly tags: TagsService,
    private readonly audit: AuditLog,
  ) {}

  /** Under the lock. Changing nothing leaves no trace. `ticket` moves along and is returned. `takesBack`: by a step back. */
  async apply(
    tx: Transaction,
    conversation: Conversation,
    actor: Actor,
    ticket: Ticket,
    fields: TicketFields,
    { takesBack = false } = {},
  ): Promise<Ticket> {
    const changed = FIELDS.filter((field) => fields[field] !== undefined && !isSame(fields[field], ticket[field]));
    if (!changed.length) return ticket;
    const before = { ...ticket };
    Object.assign(ticket, Object.fromEntries(changed.map((field) => [field, fields[field]])));
    for (const field of changed) await this.trace(tx, conversation, actor, field, before, ticket, takesBack);
    if (changed.includes('status')) await this.step(tx, actor, ticket, before, takesBack);
    await this.store(tx, ticket, before, changed);
    await this.follow(tx, actor, ticket, before, changed);
    return ticket;
  }

  /** Says that the customer waits for no word any more, or that they do. */
  async settle(
    tx: Transaction,
    conversation: Conversation,
    actor: Actor,
    ticket: Ticket,
    needsReply: boolean,
  ): Promise<Ticket> {
    if (ticket.needsReply === needsReply) return ticket;
    const { at } = await this.conversations.append(tx, conversation, {
      type: 'needs-reply.changed',
      actorId: actor.id,
      isPublic: false,
      data: { from: ticket.needsReply, to: needsReply },
    });
    Object.assign(ticket, { needsReply, updatedAt: at });
    await tx.manager.update(Ticket, { number: ticket.number }, { needsReply, updatedAt: at });
    tx.record(new TicketChanged(ticket.number, false));
    return ticket;
  }

  private async trace(
    tx: Transaction,
    conversation: Conversation,
    actor: Actor,
    field: Field,
    before: Ticket,
    after: Ticket,
    takesBack: boolean,
  ): Promise<void> {
    const isPublic = field !== 'tags';
    const entry = await this.conversations.append(tx, conversation, {
      type: ENTRY_TYPES[field],
      actorId: actor.id,
      isPublic,
      data: {
        ...(await this.fromTo(tx, field, before, after)),
        ...(field === 'status' && takesBack && { undone: true }),
      },
    });
    after.updatedAt = entry.at;
    if (isPublic) after.publicUpdatedAt = entry.at;
  }

  private async fromTo(tx: Transaction, field: Field, before: Ticket, after: Ticket): Promise<Record<string, unknown>> {
    if (field === 'description') return {};
    if (field !== 'categoryId') return { from: before[field], to: after[field] };
    const ids = [before.categoryId, after.categoryId].filter((id) => id !== null);
    const refs = await this.categories.refs(ids, tx.manager);
    const ref = (id: string | null) => (id === null ? null : (refs.get(id) ?? null));
    return { from: ref(before.categoryId), to: ref(after.categoryId) };
  }

  private async store(tx: Transaction, ticket: Ticket, before: Ticket, changed: Field[]): Promise<void> {
    ticket.version += 1;
    if (changed.some((field) => field !== 'tags')) ticket.publicVersion += 1;
    ticket.priorityRank = TICKET_PRIORITIES.indexOf(ticket.priority);
    ticket.statusRank = TICKET_STATUSES.indexOf(ticket.status);
    const { number, ...columns } = ticket;
    await updateRow(tx.manager, Ticket, { number }, columns);
    if (changed.includes('tags')) await this.tags.replace(tx, number, before.tags, ticket.tags);
  }

  /** What is over needs no reply; what is opened again needs one, unless staff spoke last and open it themselves. */
  private async step(tx: Transaction, actor: Actor, ticket: Ticket, before: Ticket, takesBack: boolean): Promise<void> {
    Object.assign(ticket, consequencesOf(before, ticket.status, ticket.updatedAt, takesBack));
    if (isOver(ticket.status)) ticket.needsReply = false;
    else if (isOver(before.status)) ticket.needsReply = !isStaff(actor) || !(await staffSpokeLast(tx, ticket));
  }

  /** What else is true after the change: who is tied to the ticket, the audit log, the news. */
  private async follow(tx: Transaction, actor: Actor, ticket: Ticket, before: Ticket, changed: Field[]): Promise<void> {
    if (changed.includes('assigneeId')) await this.reassigned(tx, actor, ticket, before.assigneeId);
    if (changed.includes('status'))
      tx.record(new TicketStatusChanged({ ...ticket }, actor, before.status, ticket.status));
    if (changed.includes('priority'))
      tx.record(new TicketPriorityChanged({ ...ticket }, actor, before.priority, ticket.priority));
    tx.record(new TicketChanged(ticket.number, ticket.publicVersion !== before.publicVersion));
  }

  private async person(tx: Transaction, id: string): Promise<Pick<User, 'id' | 'role'> | undefined> {
    const [person] = await this.statements.rows<Pick<User, 'id' | 'role'>>(PERSON, [id], tx);
    return person;
  }

  private async reassigned(tx: Transaction, actor: Actor, ticket: Ticket, from: string | null): Promise<void> {
    const to = ticket.assigneeId;
    for (const [userId, holds] of [
      [from, false],
      [to, true],
    ] as const) {
      const person = userId === null ? null : await this.person(tx, userId);
      if (person) await this.readMarks.tie(tx, ticket.number, person, 'holds', holds);
    }
    await this.audit.record(tx, {
      action: 'ticket.assigned',
      actorId: actor.id,
      object: { type: 'ticket', id: String(ticket.number) },
      data: { from, to },
    });
    tx.record(new TicketAssigned({ ...ticket }, actor, from, to));
  }
}

/** Whether the last word that the customer can read came from staff. */
export async function staffSpokeLast(
  { manager }: Transaction,
  { publicLastMessageAuthorId: id }: Pick<Ticket, 'publicLastMessageAuthorId'>,
): Promise<boolean> {
  const author = id === null ? null : await manager.findOneBy(User, { id });
  return author !== null && isStaffRole(author.role);
}
