import { Injectable } from '@nestjs/common';
import { isStaff, type Actor } from '../access';
import { excerpt } from '../common';
import {
  assertRepeat,
  ConversationsService,
  MessagesService,
  type Conversation,
  type Message,
  type MessageKind,
  type NewMessage,
  type Place,
} from '../conversations';
import { Statements, type SqlTime, type Transaction } from '../database';
import { TicketChanged } from './events/ticket-events';
import { isOver, statusAfterWord } from './lifecycle';
import { staffSpokeLast, TicketChanges } from './ticket-changes';
import { assertCan, assertReadable } from './ticket.policy';
import { Ticket, type TicketStatus } from './ticket.entity';
import { ChatClosed, TicketClosed } from './ticket.errors';

const EXCERPT_LENGTH = 120;

/** A message that this very request stored before: nothing is to be stored, and the numbers taken are given back. */
export class StoredBefore extends Error {
  constructor(readonly messageId: string) {
    super('This message was stored before.');
  }
}

/** All that the decision about a message depends on, in one look under the lock. */
const FACTS = `SELECT c.staffSeq, c.publicSeq, c.stream,
    t.requesterId, t.assigneeId, t.status, t.subject, t.deletedAt,
    m.id AS repeatId, m.payloadHash AS repeatHash, p.readPublicSeq AS ownMark, d.clientMsgId AS draftId
  FROM conversations c
  JOIN tickets t ON t.number = c.ticketNumber
  LEFT JOIN messages m ON m.authorId = ? AND m.clientMsgId = ?
  LEFT JOIN participants p ON p.userId = ? AND p.ticketNumber = c.ticketNumber
  LEFT JOIN drafts d ON d.userId = ? AND d.ticketNumber = c.ticketNumber AND d.kind = ? AND d.clientMsgId = ?
  WHERE c.ticketNumber = ?`;

interface Facts {
  staffSeq: number;
  publicSeq: number;
  stream: string;
  requesterId: string;
  assigneeId: string | null;
  status: TicketStatus;
  subject: string;
  deletedAt: SqlTime | null;
  repeatId: string | null;
  repeatHash: string | null;
  ownMark: number | null;
  draftId: string | null;
}

const NOTE_SAID = `UPDATE tickets SET updatedAt = ?,
  lastMessageAt = ?, lastMessageAuthorId = ?, lastMessageExcerpt = ? WHERE number = ?`;
const PUBLIC_SAID = `UPDATE tickets SET updatedAt = ?,
  lastMessageAt = ?, lastMessageAuthorId = ?, lastMessageExcerpt = ?,
  publicUpdatedAt = ?, publicLastMessageAt = ?, publicLastMessageAuthorId = ?, publicLastMessageExcerpt = ?,
  needsReply = ?, firstRespondedAt = COALESCE(firstRespondedAt, ?) WHERE number = ?`;

/** A place under the lock that may be spoken in; `status` is that of before the message. */
export interface OpenPlace extends Place {
  status: TicketStatus;
  /** The message was kept as a draft until now. */
  hasDraft: boolean;
}

/** Throws when nothing of this kind may be said any more: customers are silent on closed tickets, staff do not chat. */
export function assertMayBeSaid(actor: Actor, ticket: Pick<Ticket, 'status'>, kind: MessageKind): void {
  if (ticket.status !== 'closed') return;
  if (!isStaff(actor)) throw new TicketClosed();
  if (kind === 'chat') throw new ChatClosed();
}

/** How messages come into a ticket, and what they do to it. */
@Injectable()
export class TicketMessages {
  constructor(
    private readonly statements: Statements,
    private readonly conversations: ConversationsService,
    private readonly changes: TicketChanges,
    private readonly messages: MessagesService,
  ) {}

  /**
   * The first step of storing a message: takes the lock with the message's numbers, and decides. Throws when the message
   * is refused, and StoredBefore for a repeat, which is answered also in a ticket that was closed since.
   */
  async open(tx: Transaction, actor: Actor, message: NewMessage): Promise<OpenPlace> {
    const { ticketId, kind } = message;
    await this.conversations.lockAndCount(tx, ticketId, kind !== 'note');
    const facts = await this.facts(tx, actor, message);
    assertReadable(actor, ticketId, facts);
    assertCan(actor, kind, facts);
    if (facts.repeatId !== null) {
      assertRepeat(message, facts.repeatHash ?? '');
      throw new StoredBefore(facts.repeatId);
    }
    assertMayBeSaid(actor, facts, kind);
    const { staffSeq, publicSeq, stream, requesterId, assigneeId, subject, status, ownMark } = facts;
    return {
      conversation: { ticketNumber: ticketId, staffSeq, publicSeq, stream },
      ticket: { number: ticketId, subject, requesterId, assigneeId },
      ownMark,
      status,
      hasDraft: facts.draftId !== null,
    };
  }

  /** Keeps the last line, the first response and who has to speak; a customer's word reopens a resolved ticket. */
  async said(tx: Transaction, { conversation, status }: OpenPlace, actor: Actor, message: Message): Promise<void> {
    const { ticketNumber, kind, createdAt } = message;
    const isPublic = kind !== 'note';
    const last = [createdAt, actor.id, excerpt(message.body, EXCERPT_LENGTH)];
    if (isPublic) {
      const firstResponse = isStaff(actor) ? createdAt : null;
      const values = [createdAt, ...last, createdAt, ...last, !isStaff(actor), firstResponse, ticketNumber];
      await this.statements.write(tx, PUBLIC_SAID, values);
    } else await this.statements.write(tx, NOTE_SAID, [createdAt, ...last, ticketNumber]);
    const next = statusAfterWord(actor, status);
    if (isPublic && next !== status) await this.moveTo(tx, conversation, actor, next);
    tx.record(new TicketChanged(ticketNumber, isPublic));
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

  private async facts(
    tx: Transaction,
    { id }: Actor,
    { ticketId, kind, clientMsgId }: NewMessage,
  ): Promise<Facts | undefined> {
    const values = [id, clientMsgId, id, id, kind, clientMsgId, ticketId];
    const [facts] = await this.statements.rows<Facts>(FACTS, values, tx);
    return facts;
  }

  private async moveTo(tx: Transaction, conversation: Conversation, actor: Actor, status: TicketStatus): Promise<void> {
    const ticket = await tx.manager.findOneByOrFail(Ticket, { number: conversation.ticketNumber });
    await this.changes.apply(tx, conversation, actor, ticket, { status });
  }
}
