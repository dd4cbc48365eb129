import { Injectable } from '@nestjs/common';
import { isStaff, type Actor } from '../access';
import { AuditLog } from '../audit';
import { Clock, DomainError, Forbidden } from '../common';
import {
  audienceOf,
  DraftsService,
  MessagesService,
  ReadMarksService,
  TimelineRenderer,
  type FileAddresses,
  type Message,
  MessageNotFound,
  type MessageDto,
  type NewMessage,
  type Said,
} from '../conversations';
import { isUniqueViolation, UnitOfWork, type Transaction } from '../database';
import { assertMayBeSaid, StoredBefore, TicketMessages, TicketsService } from '../tickets';

const EDIT_WINDOW_MS = 15 * 60_000;

export interface SentMessage {
  message: MessageDto;
  seq: number;
  /** True when this very request had stored the message before. */
  duplicate: boolean;
}

export class EditWindowOver extends DomainError {
  constructor() {
    super('conflict', 'A message can be changed for 15 minutes only.', { code: 'edit-window-over' });
  }
}

class NotTheAuthor extends Forbidden {
  constructor() {
    super('Only the author can change this message.');
  }
}

/** The conversation of a ticket; the one service behind the gateway and its REST twin. */
@Injectable()
export class ChatService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tickets: TicketsService,
    private readonly ticketMessages: TicketMessages,
    private readonly messages: MessagesService,
    private readonly drafts: DraftsService,
    private readonly readMarks: ReadMarksService,
    private readonly renderer: TimelineRenderer,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Stores a message exactly once, however often and over whatever way the same request arrives. Whether `actor` is still
   * signed in, and as what, is asked in the same transaction.
   */
  async send(actor: Actor, message: NewMessage, files: FileAddresses): Promise<SentMessage> {
    try {
      const said = await this.unitOfWork.run((tx) => this.store(tx, actor, message));
      const shown = await this.renderer.saidMessage(said, audienceOf(said.author), files);
      return { message: shown, seq: shown.seq, duplicate: false };
    } catch (error) {
      if (!(error instanceof StoredBefore) && !isUniqueViolation(error)) throw error;
      const stored = await this.messages.findRepeat(actor.id, message);
      if (!stored) throw error;
      const [shown] = await this.renderer.messages([stored], audienceOf(actor), files);
      return { message: shown, seq: shown.seq, duplicate: true };
    }
  }

  /** A message that was sent before, as it is now, shown to its author once more. */
  async sent(actor: Actor, messageId: string, files: FileAddresses): Promise<SentMessage> {
    const stored = await this.messages.get(messageId);
    if (!stored || (stored.kind === 'note' && !isStaff(actor))) throw new MessageNotFound();
    await this.tickets.getFor(actor, stored.ticketNumber);
    const [shown] = await this.renderer.messages([stored], audienceOf(actor), files);
    return { message: shown, seq: shown.seq, duplicate: false };
  }

  /** The author may, for 15 minutes; returns the number of the trace in the author's numbering. */
  async edit(actor: Actor, ticketId: number, messageId: string, body: string): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      const { conversation, ticket } = await this.tickets.lock(tx, actor, ticketId);
      const message = await this.visibleMessage(tx, actor, ticketId, messageId);
      if (message.authorId !== actor.id) throw new NotTheAuthor();
      this.assertStillOpen(message);
      assertMayBeSaid(actor, ticket, message.kind);
      const entry = await this.messages.edit(tx, conversation, actor, message, body);
      await this.ticketMessages.rewritten(tx, ticket, message.kind !== 'note', entry.at);
      await this.audit.record(tx, {
        action: 'message.edited',
        actorId: actor.id,
        object: { type: 'message', id: messageId },
      });
      return audienceOf(actor) === 'staff' ? entry.staffSeq : (entry.publicSeq ?? 0);
    });
  }

  /** The author may for 15 minutes, staff always. Removing what is removed changes nothing. */
  async remove(actor: Actor, ticketId: number, messageId: string): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      const { conversation, ticket } = await this.tickets.lock(tx, actor, ticketId);
      const message = await this.visibleMessage(tx, actor, ticketId, messageId);
      if (!isStaff(actor)) {
        if (message.authorId !== actor.id) throw new NotTheAuthor();
        assertMayBeSaid(actor, ticket, message.kind);
        this.assertStillOpen(message);
      }
      if (message.removedAt) return audienceOf(actor) === 'staff' ? message.staffSeq : (message.publicSeq ?? 0);
      const entry = await this.messages.remove(tx, conversation, actor, message);
      await this.ticketMessages.rewritten(tx, ticket, message.kind !== 'note', entry.at);
      await this.audit.record(tx, {
        action: 'message.removed',
        actorId: actor.id,
        object: { type: 'message', id: messageId },
      });
      return audienceOf(actor) === 'staff' ? entry.staffSeq : (entry.publicSeq ?? 0);
    });
  }

  async markRead(actor: Actor, ticketId: number, seq: number): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const { conversation } = await this.tickets.lock(tx, actor, ticketId);
      await this.readMarks.mark(tx, conversation, actor, seq);
    });
  }

  /** For the caller alone: the message with this number and all after it count as unread until they are read again. */
  async markUnread(actor: Actor, ticketId: number, seq: number): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const { conversation } = await this.tickets.lock(tx, actor, ticketId);
      await this.readMarks.keepUnread(tx, conversation, actor, seq);
    });
  }

  private async store(tx: Transaction, actor: Actor, message: NewMessage): Promise<Said> {
    const { ticketId: ticketNumber, kind, clientMsgId } = message;
    const place = await this.ticketMessages.open(tx, actor, message);
    const said = await this.messages.create(tx, place, place.author, message);
    await this.ticketMessages.said(tx, place, said.message);
    tx.made(said.message.id);
    if (place.hasDraft) await this.drafts.clearSent(tx, { userId: actor.id, ticketNumber, kind, clientMsgId });
    return said;
  }

  /** For a customer a note does not exist. */
  private async visibleMessage(tx: Transaction, actor: Actor, ticketId: number, messageId: string): Promise<Message> {
    const message = await this.messages.find(tx, ticketId, messageId);
    if (message.kind === 'note' && !isStaff(actor)) throw new MessageNotFound();
    return message;
  }

  private assertStillOpen(message: Message): void {
    if (message.removedAt) throw new DomainError('conflict', 'This message was removed.', { code: 'message-removed' });
    if (this.clock.now().getTime() - message.createdAt.getTime() > EDIT_WINDOW_MS) throw new EditWindowOver();
  }
}
