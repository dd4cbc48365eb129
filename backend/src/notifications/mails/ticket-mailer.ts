import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { In } from 'typeorm';
import { isStaff } from '../../access';
import { Clock } from '../../common';
import { Settings } from '../../config';
import { ConversationsService, Message, type Conversation } from '../../conversations';
import { UnitOfWork, type Transaction } from '../../database';
import { Mailer } from '../../mail';
import { OutboxWorker, type OutboxHandler } from '../../outbox';
import { mayRead, Ticket } from '../../tickets';
import { completePreferences, isQuiet, User } from '../../users';
import { DigestRows } from './digest-rows';
import { TicketLetters, type Telling } from './ticket-letters';
import { TICKET_MAIL_JOBS, type TicketMailJob } from './ticket-mail.jobs';

/** A ticket under its lock, and what happened to it. */
interface Occasion {
  ticket: Ticket;
  conversation: Conversation;
  actor: User | undefined;
  telling: Telling;
  /** Names it, so that a worker that was interrupted tells nobody twice. */
  cause: string;
  isReceived: boolean;
  /** The event a digest begins with, when the mail cannot go out now. */
  fromSeq: number;
}

/** What keeps a mail from going out at once, if anything. */
type Verdict = 'send' | 'hold' | 'drop';

/** Makes the mails about what happened to a ticket, after commit, for the few people it concerns. */
@Injectable()
export class TicketMailer implements OutboxHandler, OnApplicationBootstrap {
  constructor(
    private readonly settings: Settings,
    private readonly worker: OutboxWorker,
    private readonly unitOfWork: UnitOfWork,
    private readonly conversations: ConversationsService,
    private readonly digests: DigestRows,
    private readonly letters: TicketLetters,
    private readonly mailer: Mailer,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.worker.register(TICKET_MAIL_JOBS, this);
  }

  async run(payload: Record<string, unknown>, jobId: string): Promise<void> {
    const job = payload as TicketMailJob;
    await this.unitOfWork.run(async (tx) => {
      const conversation = await this.conversations.lock(tx, job.ticketNumber);
      const ticket = await tx.manager.findOneBy(Ticket, { number: job.ticketNumber });
      if (!conversation || !ticket) return;
      const people = await tx.manager.findBy(User, { id: In([...job.to, job.actorId]) });
      const actor = people.find(({ id }) => id === job.actorId);
      const occasion = await this.occasionOf(tx, job, jobId, { ticket, conversation, actor });
      if (!occasion) return;
      for (const reader of people.filter(({ id }) => job.to.includes(id))) await this.tell(tx, reader, occasion);
    });
  }

  private async occasionOf(
    tx: Transaction,
    job: TicketMailJob,
    jobId: string,
    known: Pick<Occasion, 'ticket' | 'conversation' | 'actor'>,
  ): Promise<Occasion | undefined> {
    const { actor } = known;
    const common = { ...known, cause: jobId, fromSeq: known.conversation.staffSeq, isReceived: false };
    switch (job.about) {
      case 'received':
        return { ...common, isReceived: true, telling: receivedBy(known.ticket, actor) };
      case 'status':
        return {
          ...common,
          telling: { setting: 'status', lines: (texts, isForStaff) => [texts.status(job.status, isForStaff)] },
        };
      case 'assigned':
        return {
          ...common,
          telling: { setting: 'assignments', lines: (texts) => [texts.assignedToYou(actor?.name ?? null)] },
        };
      case 'comment': {
        const message = await tx.manager.findOneBy(Message, { id: job.messageId });
        if (!message || message.removedAt) return undefined;
        const quotes = [{ author: actor?.name ?? '', body: message.body }];
        const telling: Telling = { setting: 'messages', lines: () => [], quotes };
        return { ...common, telling, cause: message.id, fromSeq: message.staffSeq };
      }
    }
  }

  private async tell(tx: Transaction, reader: User, occasion: Occasion): Promise<void> {
    const { ticket, telling, cause, fromSeq } = occasion;
    const verdict = await this.judge(tx, reader, occasion);
    if (verdict === 'drop') return;
    if (verdict === 'hold') return this.digests.hold(tx, reader.id, ticket.number, fromSeq);
    await this.mailer.send(tx, reader.email, this.letters.write(reader, ticket, telling), {
      userId: reader.id,
      ticketNumber: ticket.number,
      setting: telling.setting,
      cause,
    });
  }

  private async judge(tx: Transaction, reader: User, occasion: Occasion): Promise<Verdict> {
    const { ticket, telling, cause, isReceived } = occasion;
    if (!mayBeTold(reader, ticket, telling)) return 'drop';
    if ((await this.mailer.told(tx, reader.id, [cause])).has(cause)) return 'drop';
    if (reader.confirmedAt === null) {
      // Nobody knows yet whose address it is: it is told of one ticket, and then only of what staff do with them.
      if (isReceived && (this.settings.confirmsEmail || (await this.mailer.hasWrittenTo(tx, reader.id)))) return 'drop';
      if (this.settings.confirmsEmail) return 'hold';
    }
    if (isResting(reader, this.clock.now())) return 'hold';
    const waiting = await this.digests.find(tx, { userId: reader.id, ticketNumber: ticket.number });
    return waiting?.held || (await this.mailer.isOverLimit(tx, reader.id)) ? 'hold' : 'send';
  }
}

/** By the rights and the wishes of this moment: a ticket may have been deleted or taken away since. */
export const mayBeTold = (reader: User, ticket: Ticket, { setting }: Pick<Telling, 'setting'>): boolean =>
  reader.active &&
  reader.email !== '' &&
  mayRead(reader, ticket) &&
  completePreferences(reader.preferences).email[setting];

/** In quiet hours mails about tickets wait, as sounds do not sound. */
export function isResting({ preferences }: User, now: Date): boolean {
  const { notifications, timeZone } = completePreferences(preferences);
  return isQuiet(notifications.quietHours, timeZone, now);
}

function receivedBy(ticket: Ticket, actor: User | undefined): Telling {
  const isOwn = actor?.id === ticket.requesterId;
  return {
    setting: 'status',
    lines: (texts) => [
      isOwn || !actor || !isStaff(actor)
        ? texts.received(ticket.number)
        : texts.openedForYou(ticket.number, actor.name),
    ],
  };
}
