import { Injectable } from '@nestjs/common';
import { Statements, type Transaction } from '../../database';
import type { News } from '../news';
import { mailWishOf, type Hearer, type MailWish, type TicketTold } from '../wishes';
import { DigestRows } from './digest-rows';

const MESSAGE = 'SELECT staffSeq FROM messages WHERE id = ?';
const LAST_OF_TYPE =
  'SELECT staffSeq FROM timeline_events WHERE ticketNumber = ? AND type = ? ORDER BY staffSeq DESC LIMIT 1';

/**
 * Requester and assignee get mails of their own about comments, status and assignments, without waiting whether they come
 * back. Of all else, and to everybody else, there are digests alone.
 */
export const isMailedAtOnce = (event: News['event'], { reason }: Pick<MailWish, 'reason'>): boolean =>
  event === 'assigned' ||
  ((event === 'message' || event === 'status') && (reason === 'requester' || reason === 'assignee'));

/** Notes down who is to be mailed some news, unless they come back and read them. */
@Injectable()
export class DigestBeginnings {
  constructor(
    private readonly statements: Statements,
    private readonly digests: DigestRows,
  ) {}

  /** Under the lock of the ticket. Whoever has a digest of it waiting already gets no second one. */
  async begin(tx: Transaction, hearers: readonly Hearer[], news: News, ticket: TicketTold): Promise<void> {
    const readers = hearers.filter((hearer) => {
      const wish = mailWishOf(hearer, news, ticket);
      return wish !== undefined && !isMailedAtOnce(news.event, wish);
    });
    const fromSeq = readers.length ? await this.seqOf(tx, news) : undefined;
    if (fromSeq === undefined) return;
    await this.digests.begin(
      tx,
      readers.map(({ id }) => id),
      ticket.number,
      fromSeq,
    );
  }

  /** Of several changes of one kind the last counts: a mail says what is so, and not what was. */
  private async seqOf(tx: Transaction, { messageId, ticketNumber, type }: News): Promise<number | undefined> {
    const rows = await (messageId
      ? this.statements.rows<{ staffSeq: number }>(MESSAGE, [messageId], tx)
      : this.statements.rows<{ staffSeq: number }>(LAST_OF_TYPE, [ticketNumber, type], tx));
    return rows.at(0)?.staffSeq;
  }
}
