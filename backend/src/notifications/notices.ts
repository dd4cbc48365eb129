import { Injectable } from '@nestjs/common';
import { Clock, excerpt, newId } from '../common';
import { Message, MessageCreated, TimelineGrew, UnreadChanged, type SaidIn } from '../conversations';
import { InTransaction, placeholders, Statements, type DomainEvent, type Transaction } from '../database';
import {
  TicketAssigned,
  TicketPriorityChanged,
  TicketStatusChanged,
  type TicketPriority,
  type TicketStatus,
} from '../tickets';
import { Notification, type NotificationType } from './notification.entity';

const TEXT_LENGTH = 200;

const COLUMNS = [
  'id',
  'userId',
  'type',
  'ticketNumber',
  'actorId',
  'messageId',
  'title',
  'text',
  'createdAt',
  'readAt',
] as const satisfies readonly (keyof Notification)[];

const STATUS_WORDS: Record<TicketStatus, string> = {
  open: 'Open',
  in_progress: 'In progress',
  resolved: 'Resolved',
  closed: 'Closed',
};
/** Customers do not read the words of staff. */
const PLAIN_STATUS_WORDS: Record<TicketStatus, string> = {
  open: 'Received',
  in_progress: 'We are on it',
  resolved: 'Solved',
  closed: 'Closed',
};
const PRIORITY_WORDS: Record<TicketPriority, string> = { low: 'Low', medium: 'Medium', high: 'High', urgent: 'Urgent' };

/** These rows were stored; whoever they are for can be shown them. */
export class NotificationsCreated implements DomainEvent {
  static readonly eventName = 'notifications.created';
  readonly name = NotificationsCreated.eventName;
  constructor(readonly rows: readonly Notification[]) {}
}

interface Notice {
  type: NotificationType;
  actorId: string;
  messageId?: string;
  text: string;
}

/**
 * Writes a notice for the few people an event concerns, in its own transaction. Nobody is told of what they did
 * themselves, and customers are never told of a note.
 */
@Injectable()
export class Notices {
  constructor(
    private readonly statements: Statements,
    private readonly clock: Clock,
  ) {}

  @InTransaction(MessageCreated)
  async messageCreated({ message, ticket }: MessageCreated, tx: Transaction): Promise<void> {
    const concerned = message.kind === 'note' ? [ticket.assigneeId] : [ticket.assigneeId, ticket.requesterId];
    const text = textOf(message);
    await this.tell(tx, ticket, concerned, {
      type: 'message.created',
      actorId: message.authorId,
      messageId: message.id,
      text,
    });
  }

  @InTransaction(TicketAssigned)
  async assigned({ ticket, actor, to }: TicketAssigned, tx: Transaction): Promise<void> {
    const text = `${actor.name} assigned this ticket to you`;
    await this.tell(tx, ticket, [to], { type: 'ticket.assigned', actorId: actor.id, text });
  }

  @InTransaction(TicketStatusChanged)
  async statusChanged({ ticket, actor, to }: TicketStatusChanged, tx: Transaction): Promise<void> {
    const notice = { type: 'status.changed', actorId: actor.id } as const;
    const toRequester = { ...notice, text: `Status: ${PLAIN_STATUS_WORDS[to]}` };
    await this.tell(tx, ticket, [ticket.requesterId], toRequester);
    if (ticket.assigneeId === ticket.requesterId) return;
    await this.tell(tx, ticket, [ticket.assigneeId], { ...notice, text: `Status: ${STATUS_WORDS[to]}` });
  }

  @InTransaction(TicketPriorityChanged)
  async priorityChanged({ ticket, actor, to }: TicketPriorityChanged, tx: Transaction): Promise<void> {
    const text = `Priority: ${PRIORITY_WORDS[to]}`;
    const parties = [ticket.requesterId, ticket.assigneeId];
    await this.tell(tx, ticket, parties, { type: 'priority.changed', actorId: actor.id, text });
  }

  /** A notice must not go on showing what was taken back. */
  @InTransaction(TimelineGrew)
  async rewritten({ entry }: TimelineGrew, tx: Transaction): Promise<void> {
    if (entry.messageId === null || (entry.type !== 'message.edited' && entry.type !== 'message.removed')) return;
    const message = await tx.manager.findOneByOrFail(Message, { id: entry.messageId });
    await tx.manager.update(Notification, { messageId: message.id }, { text: textOf(message) });
  }

  private async tell(tx: Transaction, ticket: SaidIn, concerned: (string | null)[], notice: Notice): Promise<void> {
    const userIds = [...new Set(concerned)].filter((id): id is string => id !== null && id !== notice.actorId);
    if (!userIds.length) return;
    const rows = userIds.map((userId) => this.row(userId, ticket, notice));
    await this.insert(tx, rows);
    tx.record(new NotificationsCreated(rows));
    tx.record(new UnreadChanged(userIds));
  }

  private async insert(tx: Transaction, rows: Notification[]): Promise<void> {
    const values = rows.flatMap((row) => COLUMNS.map((column) => row[column]));
    const places = rows.map(() => `(${placeholders(COLUMNS.length)})`).join(', ');
    await this.statements.write(tx, `INSERT INTO notifications (${COLUMNS.join(', ')}) VALUES ${places}`, values);
  }

  private row(userId: string, ticket: SaidIn, { type, actorId, messageId, text }: Notice): Notification {
    return {
      id: newId(),
      userId,
      type,
      ticketNumber: ticket.number,
      actorId,
      messageId: messageId ?? null,
      title: excerpt(`#${ticket.number} ${ticket.subject}`, TEXT_LENGTH),
      text: excerpt(text, TEXT_LENGTH),
      createdAt: this.clock.now(),
      readAt: null,
    };
  }
}

const textOf = (message: Message): string =>
  message.removedAt ? 'This message was removed' : excerpt(message.body, TEXT_LENGTH);
