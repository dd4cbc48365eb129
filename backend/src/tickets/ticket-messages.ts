import { Injectable } from '@nestjs/common';
import { isStaff, type Actor, type Role } from '../access';
import { Clock, excerpt, Unauthenticated } from '../common';
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
    u.name AS authorName, u.role AS authorRole, s.id AS openSignIn, m.id AS repeatId, m.payloadHash AS repeatHash, p.readPublicSeq AS ownMark, d.clientMsgId AS draftId
  FROM conversations c
  JOIN tickets t ON t.number = c.ticketNumber
  LEFT JOIN users u ON u.id = ? AND u.active = 1
  LEFT JOIN sign_ins s ON s.id = ? AND s.userId = u.id AND s.endedAt IS NULL AND s.expiresAt > ?
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
  authorName: string | null;
  authorRole: Role | null;
  openSignIn: string | null;
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
  /** Who speaks, with the rights of this moment. */
  author: Actor;
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

/** Whoever speaks without a sign-in does so on behalf of the product: sample data, for one. */
function asOfNow(sender: Actor, { authorName, authorRole, openSignIn }: Facts): Actor {
  if (authorRole === null || authorName === null) throw new Unauthenticated();
  if (sender.signInId && openSignIn === null) throw new Unauthenticated();
  return { ...sender, name: authorName, role: authorRole };
}

/** How messages come into a ticket, and what they do to it. */
@Injectable()
export class TicketMessages {
  constructor(
    private readonly statements: Statements,
    private readonly conversations: ConversationsService,
    private readonly changes: TicketChanges,
    private readonly messages: MessagesService,
    private readonly clock: Clock,
  ) {}

  /**
   * The first step of storing a message: takes the lock with the message's numbers, and decides by the rights of this
   * moment, whatever `sender` was let in with. Throws when the sign-in has ended or the message is refused, and
   * StoredBefore for a repeat, which is answered also in a ticket that was closed since.
   */
  async open(tx: Transaction, sender: Actor, message: NewMessage): Promise<OpenPlace> {
    const { ticketId, kind } = message;
    await this.conversations.lockAndCount(tx, ticketId, kind !== 'note');
    const facts = await this.facts(tx, sender, message);
    const author = facts ? asOfNow(sender, facts) : sender;
    assertReadable(author, ticketId, facts);
    assertCan(author, kind, facts);
    if (facts.repeatId !== null) {
      assertRepeat(message, facts.repeatHash ?? '');
      throw new StoredBefore(facts.repeatId);
    }
    assertMayBeSaid(author, facts, kind);
    const { staffSeq, publicSeq, stream, requesterId, assigneeId, subject, status, ownMark } = facts;
    return {
      conversation: { ticketNumber: ticketId, staffSeq, publicSeq, stream },
      ticket: { number: ticketId, subject, requesterId, assigneeId },
      ownMark,
      author,
      status,
      hasDraft: facts.draftId !== null,
    };
  }

  /** Keeps the last line, the first response and who has to speak; a customer's word reopens a resolved ticket. */
  async said(tx: Transaction, place: OpenPlace, message: Message): Promise<void> {
    const { conversation, status, author: actor } = place;
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
    { id, signInId }: Actor,
    { ticketId, kind, clientMsgId }: NewMessage,
  ): Promise<Facts | undefined> {
    const values = [id, signInId, this.clock.now(), id, clientMsgId, id, id, kind, clientMsgId, ticketId];
    const [facts] = await this.statements.rows<Facts>(FACTS, values, tx);
    return facts;
  }

  private async moveTo(tx: Transaction, conversation: Conversation, actor: Actor, status: TicketStatus): Promise<void> {
    const ticket = await tx.manager.findOneByOrFail(Ticket, { number: conversation.ticketNumber });
    await this.changes.apply(tx, conversation, actor, ticket, { status });
  }
}
