import { Injectable } from '@nestjs/common';
import { MessageCreated } from '../../conversations';
import { InTransaction, type Transaction } from '../../database';
import { Outbox } from '../../outbox';
import { TicketAssigned, TicketCreated, TicketStatusChanged, type TicketStatus } from '../../tickets';
import { UserAnonymised } from '../../users';
import { DigestRows } from './digest-rows';
import { MailDigest } from './mail-digest.entity';

export const TICKET_MAIL_JOBS = 'ticket.mail';

/** What happened, and whom it concerns; mails are made of it after commit. */
export type TicketMailJob = { ticketNumber: number; actorId: string; to: string[] } & (
  | { about: 'received' }
  | { about: 'comment'; messageId: string }
  | { about: 'status'; status: TicketStatus }
  | { about: 'assigned' }
);

/**
 * Notes down what people are to be told by mail, in the transaction that makes it true: at most one row for each event,
 * so that mails cost those who write next to nothing. Nobody is told of a note, nor of what they did themselves.
 */
@Injectable()
export class TicketMailJobs {
  constructor(
    private readonly outbox: Outbox,
    private readonly digests: DigestRows,
  ) {}

  @InTransaction(TicketCreated)
  async created({ ticket, actor }: TicketCreated, tx: Transaction): Promise<void> {
    const { number: ticketNumber, requesterId } = ticket;
    await this.add(tx, { about: 'received', ticketNumber, actorId: actor.id, to: [requesterId] });
  }

  @InTransaction(MessageCreated)
  async said({ message, ticket }: MessageCreated, tx: Transaction): Promise<void> {
    if (message.kind === 'note') return;
    const { id: messageId, authorId: actorId, ticketNumber, staffSeq } = message;
    const to = others(actorId, [ticket.requesterId, ticket.assigneeId]);
    if (!to.length) return;
    if (message.kind === 'chat') await this.digests.begin(tx, to, ticketNumber, staffSeq);
    else await this.add(tx, { about: 'comment', ticketNumber, actorId, messageId, to });
  }

  @InTransaction(TicketStatusChanged)
  async statusChanged({ ticket, actor, to: status }: TicketStatusChanged, tx: Transaction): Promise<void> {
    const to = others(actor.id, [ticket.requesterId, ticket.assigneeId]);
    await this.add(tx, { about: 'status', ticketNumber: ticket.number, actorId: actor.id, status, to });
  }

  @InTransaction(TicketAssigned)
  async assigned({ ticket, actor, to: assigneeId }: TicketAssigned, tx: Transaction): Promise<void> {
    const to = others(actor.id, [assigneeId]);
    await this.add(tx, { about: 'assigned', ticketNumber: ticket.number, actorId: actor.id, to });
  }

  @InTransaction(UserAnonymised)
  async forget({ userId }: UserAnonymised, { manager }: Transaction): Promise<void> {
    await manager.delete(MailDigest, { userId });
  }

  private async add(tx: Transaction, job: TicketMailJob): Promise<void> {
    if (job.to.length) await this.outbox.add(tx, TICKET_MAIL_JOBS, job);
  }
}

const others = (actorId: string, concerned: (string | null)[]): string[] =>
  [...new Set(concerned)].filter((id): id is string => id !== null && id !== actorId);
