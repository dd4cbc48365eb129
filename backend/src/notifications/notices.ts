import { Injectable } from '@nestjs/common';
import { newId } from '../common';
import { Message, MessageCreated, TimelineGrew, type SaidIn } from '../conversations';
import { InTransaction, type Transaction } from '../database';
import { Outbox } from '../outbox';
import { TicketAssigned, TicketCreated, TicketPriorityChanged, TicketStatusChanged } from '../tickets';
import { Audience } from './audience';
import { finishes, type News } from './news';
import { NOTICE_JOBS } from './notice.jobs';
import { NoticeWriter, noticeText } from './notice-writer';
import { Notification } from './notification.entity';

type Told = Pick<News, 'event' | 'type' | 'actorId'> & Partial<News>;

/**
 * Tells people what happened to a ticket: the few who have most to do with it in the transaction that makes it true, all
 * others, if there are any, by a job that this transaction promises.
 */
@Injectable()
export class Notices {
  constructor(
    private readonly audience: Audience,
    private readonly writer: NoticeWriter,
    private readonly outbox: Outbox,
  ) {}

  @InTransaction(TicketCreated)
  async created({ ticket, actor }: TicketCreated, tx: Transaction): Promise<void> {
    const told = { event: 'created', type: 'ticket.created', actorId: actor.id } as const;
    await this.tell(tx, ticket, told, ticket.description);
  }

  @InTransaction(MessageCreated)
  async messageCreated({ message, ticket }: MessageCreated, tx: Transaction): Promise<void> {
    const isNote = message.kind === 'note';
    const told: Told = {
      event: 'message',
      type: 'message.created',
      actorId: message.authorId,
      cause: message.id,
      messageId: message.id,
      isForStaff: isNote,
      mentioned: isNote ? await this.audience.mentionedIn(tx, message.body) : [],
    };
    await this.tell(tx, ticket, told, message.body);
  }

  @InTransaction(TicketAssigned)
  async assigned({ ticket, actor, to }: TicketAssigned, tx: Transaction): Promise<void> {
    if (to === null) return;
    const news = newsOf(ticket, { event: 'assigned', type: 'ticket.assigned', actorId: actor.id });
    const candidates = await this.audience.candidates(tx, ticket.number, [to]);
    await this.writer.tell(tx, candidates, { news, ticket: { ...ticket, deletedAt: null }, words: '' });
  }

  @InTransaction(TicketStatusChanged)
  async statusChanged({ ticket, actor, to }: TicketStatusChanged, tx: Transaction): Promise<void> {
    await this.tell(tx, ticket, { event: 'status', type: 'status.changed', actorId: actor.id, to });
  }

  @InTransaction(TicketPriorityChanged)
  async priorityChanged({ ticket, actor, to }: TicketPriorityChanged, tx: Transaction): Promise<void> {
    await this.tell(tx, ticket, { event: 'priority', type: 'priority.changed', actorId: actor.id, to });
  }

  /** A notice must not go on showing what was taken back. */
  @InTransaction(TimelineGrew)
  async rewritten({ entry }: TimelineGrew, tx: Transaction): Promise<void> {
    if (entry.messageId === null || (entry.type !== 'message.edited' && entry.type !== 'message.removed')) return;
    const message = await tx.manager.findOneByOrFail(Message, { id: entry.messageId });
    await tx.manager.update(Notification, { messageId: message.id }, { text: noticeText(message) });
  }

  private async tell(tx: Transaction, ticket: SaidIn, told: Told, words = ''): Promise<void> {
    const news = newsOf(ticket, told);
    const { candidates, areAll } = await this.audience.nearest(tx, news);
    await this.writer.tell(tx, candidates, { news, ticket: { ...ticket, deletedAt: null }, words });
    if (!areAll || finishes(news)) await this.outbox.add(tx, NOTICE_JOBS, news);
  }
}

const newsOf = ({ number }: SaidIn, told: Told): News => ({
  ticketNumber: number,
  cause: newId(),
  messageId: null,
  to: null,
  isForStaff: false,
  mentioned: [],
  ...told,
});
