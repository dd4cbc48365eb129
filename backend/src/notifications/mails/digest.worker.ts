import { Injectable } from '@nestjs/common';
import { Clock, newId, Recurring } from '../../common';
import { Settings } from '../../config';
import { ConversationsService } from '../../conversations';
import { UnitOfWork, type Transaction } from '../../database';
import { Mailer } from '../../mail';
import { Ticket } from '../../tickets';
import { OnlineStatus, User } from '../../users';
import { DigestRows, type DigestKey, type WaitingDigest } from './digest-rows';
import { DigestNews } from './digest-news';
import { TicketLetters } from './ticket-letters';
import { isResting } from './ticket-mailer';

const EVERY_MS = 10_000;

/**
 * Mails people what was said while they were away, once for all of it. Whether it is still wanted is looked at under the
 * lock of the ticket, in the transaction that writes the mail: whoever came back and read gets none, and among several
 * nodes one writes it.
 */
@Injectable()
export class DigestWorker extends Recurring {
  constructor(
    private readonly settings: Settings,
    private readonly unitOfWork: UnitOfWork,
    private readonly conversations: ConversationsService,
    private readonly online: OnlineStatus,
    private readonly digests: DigestRows,
    private readonly news: DigestNews,
    private readonly letters: TicketLetters,
    private readonly mailer: Mailer,
    private readonly clock: Clock,
  ) {
    super(EVERY_MS, 'What was said to people who are away could not be mailed');
  }

  /** Mails all that is due. */
  async turn(): Promise<void> {
    const waiting = await this.digests.waiting();
    const here = await this.whoIsHere(waiting);
    const stale = waiting.filter(({ userId, held, isStale }) => isStale && !held && here.has(userId));
    await this.digests.postpone(
      stale.map(({ userId }) => userId),
      (work) => this.unitOfWork.run(work),
    );
    const due = waiting.filter(({ userId, held, isDue }) => isDue && (held || !here.has(userId)));
    await this.mailEach(due);
  }

  /** One that fails does not keep the others waiting. */
  private async mailEach(due: readonly DigestKey[]): Promise<void> {
    const failures: unknown[] = [];
    for (const key of due) {
      if (this.isStopped) return;
      try {
        await this.unitOfWork.run((tx) => this.mail(tx, key));
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length) throw new Error(`${failures.length} digests failed`, { cause: failures[0] });
  }

  /** Whoever has a page open that they do not look at is away. */
  private async whoIsHere(waiting: readonly WaitingDigest[]): Promise<Set<string>> {
    const states = await this.online.statesOf([...new Set(waiting.map(({ userId }) => userId))]);
    return new Set([...states].flatMap(([userId, state]) => (state === 'online' ? [userId] : [])));
  }

  private async mail(tx: Transaction, key: DigestKey): Promise<void> {
    const conversation = await this.conversations.lock(tx, key.ticketNumber);
    const digest = await this.digests.find(tx, key);
    if (!digest) return;
    const reader = await tx.manager.findOneBy(User, { id: key.userId });
    const ticket = await tx.manager.findOneBy(Ticket, { number: key.ticketNumber });
    const isThere = conversation && reader && ticket;
    const telling = isThere && (await this.news.tellingOf(tx, { digest, reader, ticket, conversation }));
    if (!telling) return this.digests.remove(tx, key);
    if (await this.mustWait(tx, reader)) return this.digests.hold(tx, key.userId, key.ticketNumber, digest.fromSeq);
    if (isResting(reader, this.clock.now())) return this.digests.wait(tx, key);
    await this.digests.remove(tx, key);
    const about = { userId: reader.id, ticketNumber: ticket.number, setting: telling.setting, cause: newId() };
    await this.mailer.send(tx, reader.email, this.letters.write(reader, ticket, telling), about);
  }

  private async mustWait(tx: Transaction, { id, confirmedAt }: User): Promise<boolean> {
    return (this.settings.confirmsEmail && confirmedAt === null) || this.mailer.isOverLimit(tx, id);
  }
}
