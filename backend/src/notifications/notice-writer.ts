import { Injectable } from '@nestjs/common';
import { isStaff } from '../access';
import { Clock, excerpt, newId } from '../common';
import { UnreadChanged, type Message } from '../conversations';
import { placeholders, Statements, type DomainEvent, type Transaction } from '../database';
import type { TicketPriority, TicketStatus } from '../tickets';
import { DigestBeginnings } from './mails/digest-beginnings';
import type { News } from './news';
import type { Notification } from './notification.entity';
import { wishOf, type Hearer, type TicketTold, type Wish } from './wishes';

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
  'cause',
  'reason',
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

/** A stored notice, and whether its person's devices may show it on the desktop and make a sound. */
export interface NewNotice {
  readonly row: Notification;
  readonly alerts: Pick<Wish, 'desktop' | 'sound'>;
}

/** These were stored; whoever they are for can be shown them. */
export class NotificationsCreated implements DomainEvent {
  static readonly eventName = 'notifications.created';
  readonly name = NotificationsCreated.eventName;
  constructor(readonly notices: readonly NewNotice[]) {}
}

/** What a notice is made from. */
export interface Occasion {
  readonly news: News;
  readonly ticket: TicketTold;
  /** What was said, or what a new ticket asks for. */
  readonly words: string;
}

/** Makes the notices of those among some people who want one, and sees to it that those who want a mail get it. */
@Injectable()
export class NoticeWriter {
  constructor(
    private readonly statements: Statements,
    private readonly clock: Clock,
    private readonly digests: DigestBeginnings,
  ) {}

  async tell(tx: Transaction, hearers: readonly Hearer[], occasion: Occasion): Promise<void> {
    await this.digests.begin(tx, hearers, occasion.news, occasion.ticket);
    const now = this.clock.now();
    const notices = hearers.flatMap((hearer) => {
      const wish = wishOf(hearer, occasion.news, occasion.ticket, now);
      return wish ? [{ row: rowOf(hearer, wish, occasion, now), alerts: wish }] : [];
    });
    if (!notices.length) return;
    await this.insert(
      tx,
      notices.map(({ row }) => row),
    );
    tx.record(new NotificationsCreated(notices));
    tx.record(new UnreadChanged(notices.map(({ row }) => row.userId)));
  }

  private async insert(tx: Transaction, rows: Notification[]): Promise<void> {
    const values = rows.flatMap((row) => COLUMNS.map((column) => row[column]));
    const places = rows.map(() => `(${placeholders(COLUMNS.length)})`).join(', ');
    await this.statements.write(tx, `INSERT INTO notifications (${COLUMNS.join(', ')}) VALUES ${places}`, values);
  }
}

function rowOf(hearer: Hearer, { event, reason }: Wish, { news, ticket, words }: Occasion, now: Date): Notification {
  return {
    id: newId(),
    userId: hearer.id,
    type: event === 'mention' ? 'mention' : news.type,
    ticketNumber: ticket.number,
    actorId: news.actorId,
    messageId: news.messageId,
    title: excerpt(`#${ticket.number} ${ticket.subject}`, TEXT_LENGTH),
    text: excerpt(textFor(hearer, news, words), TEXT_LENGTH),
    createdAt: now,
    readAt: null,
    cause: news.cause,
    reason,
  };
}

function textFor(hearer: Hearer, { type, to }: News, words: string): string {
  const statusWords = isStaff(hearer) ? STATUS_WORDS : PLAIN_STATUS_WORDS;
  switch (type) {
    case 'status.changed':
      return `Status: ${statusWords[to as TicketStatus]}`;
    case 'priority.changed':
      return `Priority: ${PRIORITY_WORDS[to as TicketPriority]}`;
    // Whoever did it is named when it is shown, by the name that is theirs then.
    case 'ticket.assigned':
      return 'Assigned to you';
    default:
      return words;
  }
}

/** What is shown of a message, as long as it stands there. */
export const noticeText = (message: Pick<Message, 'body' | 'removedAt'>): string =>
  message.removedAt ? 'This message was removed' : excerpt(message.body, TEXT_LENGTH);
