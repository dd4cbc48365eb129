import { Injectable } from '@nestjs/common';
import { isStaff, type Actor } from '../access';
import { excerpt } from '../common';
import { MessagesService, type Conversation, type Message, type MessageKind } from '../conversations';
import type { Transaction } from '../database';
import { TicketChanged } from './events/ticket-events';
import { isOver, statusAfterWord } from './lifecycle';
import { staffSpokeLast, TicketChanges } from './ticket-changes';
import { Ticket } from './ticket.entity';
import { ChatClosed, TicketClosed } from './ticket.errors';

const EXCERPT_LENGTH = 120;

/** Throws when nothing of this kind may be said any more: customers are silent on closed tickets, staff do not chat. */
export function assertMayBeSaid(actor: Actor, ticket: Pick<Ticket, 'status'>, kind: MessageKind): void {
  if (ticket.status !== 'closed') return;
  if (!isStaff(actor)) throw new TicketClosed();
  if (kind === 'chat') throw new ChatClosed();
}

/** What messages do to their ticket. */
@Injectable()
export class TicketMessages {
  constructor(
    private readonly changes: TicketChanges,
    private readonly messages: MessagesService,
  ) {}

  /** Keeps the last line, the first response and who has to speak; a customer's word reopens a resolved ticket. */
  async said(
    tx: Transaction,
    conversation: Conversation,
    actor: Actor,
    ticket: Ticket,
    message: Message,
  ): Promise<void> {
    const isPublic = message.kind !== 'note';
    ticket.updatedAt = message.createdAt;
    if (isPublic) {
      ticket.publicUpdatedAt = message.createdAt;
      ticket.needsReply = !isStaff(actor);
      if (isStaff(actor)) ticket.firstRespondedAt ??= message.createdAt;
    }
    setLastMessage(ticket, message, isPublic);
    const { number, ...columns } = ticket;
    await tx.manager.update(Ticket, { number }, columns);
    if (isPublic) {
      const status = statusAfterWord(actor, ticket.status);
      await this.changes.apply(tx, conversation, actor, ticket, { status });
    }
    tx.record(new TicketChanged(number, isPublic));
  }

  /** After an edit or a removal: the line that lists show may be another one. */
  async rewritten(tx: Transaction, ticket: Ticket, isPublic: boolean, at: Date): Promise<void> {
    ticket.updatedAt = at;
    if (isPublic) ticket.publicUpdatedAt = at;
    const latest = await this.messages.latest(tx.manager, ticket.number, false);
    const latestPublic = await this.messages.latest(tx.manager, ticket.number, true);
    const before = { ...ticket };
    Object.assign(ticket, {
      lastMessageAt: latest?.createdAt ?? null,
      lastMessageAuthorId: latest?.authorId ?? null,
      lastMessageExcerpt: latest ? excerpt(latest.body, EXCERPT_LENGTH) : null,
      publicLastMessageAt: latestPublic?.createdAt ?? null,
      publicLastMessageAuthorId: latestPublic?.authorId ?? null,
      publicLastMessageExcerpt: latestPublic ? excerpt(latestPublic.body, EXCERPT_LENGTH) : null,
    });
    ticket.needsReply = await this.needsReplyAfter(tx, before, ticket);
    const { number, ...columns } = ticket;
    await tx.manager.update(Ticket, { number }, columns);
    tx.record(new TicketChanged(number, isPublic));
  }

  /**
   * An answer that was taken back leaves the customer waiting again; a question that was taken back needs no answer
   * when staff had the word before it. That staff have said "no reply needed" stays.
   */
  private async needsReplyAfter(tx: Transaction, before: Ticket, after: Ticket): Promise<boolean> {
    const isLastGone =
      before.publicLastMessageAt?.getTime() !== after.publicLastMessageAt?.getTime() ||
      before.publicLastMessageAuthorId !== after.publicLastMessageAuthorId;
    if (!isLastGone || isOver(after.status)) return before.needsReply;
    const isAnswered = await staffSpokeLast(tx, after);
    return (await staffSpokeLast(tx, before)) ? !isAnswered : before.needsReply && !isAnswered;
  }
}

function setLastMessage(ticket: Ticket, message: Message, isPublic: boolean): void {
  const line = excerpt(message.body, EXCERPT_LENGTH);
  Object.assign(ticket, {
    lastMessageAt: message.createdAt,
    lastMessageAuthorId: message.authorId,
    lastMessageExcerpt: line,
    ...(isPublic && {
      publicLastMessageAt: message.createdAt,
      publicLastMessageAuthorId: message.authorId,
      publicLastMessageExcerpt: line,
    }),
  });
}
