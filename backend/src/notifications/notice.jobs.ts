import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { In } from 'typeorm';
import { Clock } from '../common';
import { ConversationsService, Message, UnreadChanged } from '../conversations';
import { placeholders, Statements, UnitOfWork, type Transaction } from '../database';
import { OutboxWorker, type OutboxHandler } from '../outbox';
import { Ticket } from '../tickets';
import { Audience, type Candidate } from './audience';
import { finishes, type News } from './news';
import { NoticeWriter } from './notice-writer';
import { Notification } from './notification.entity';

export const NOTICE_JOBS = 'notices';

/** Short units, so that nobody who writes waits for them. */
const BATCH = 25;

/** Ids sort as they were made: these notices are older than what happened. */
const OUTDATED = `SELECT notifications.id AS id, userId FROM notifications JOIN users ON users.id = userId
  WHERE ticketNumber = ? AND readAt IS NULL AND notifications.id < ? AND role <> 'customer' LIMIT ${BATCH}`;

/** Tells many people what happened, by what is true and what they want at that moment; each of them once. */
@Injectable()
export class NoticeJobs implements OutboxHandler, OnApplicationBootstrap {
  constructor(
    private readonly worker: OutboxWorker,
    private readonly unitOfWork: UnitOfWork,
    private readonly conversations: ConversationsService,
    private readonly audience: Audience,
    private readonly writer: NoticeWriter,
    private readonly statements: Statements,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.worker.register(NOTICE_JOBS, this);
  }

  async run(payload: Record<string, unknown>): Promise<void> {
    const news = payload as News;
    const ids = await this.audience.everybody(news);
    for (let start = 0; start < ids.length; start += BATCH) {
      const some = ids.slice(start, start + BATCH);
      await this.unitOfWork.run((tx) => this.tell(tx, news, some));
    }
    if (!finishes(news)) return;
    while ((await this.unitOfWork.run((tx) => this.clear(tx, news))) === BATCH);
  }

  /** Whatever else staff were told of a finished ticket asks nothing of them any more. Returns how many it found. */
  private async clear(tx: Transaction, { ticketNumber, cause }: News): Promise<number> {
    await this.conversations.lock(tx, ticketNumber);
    const rows = await this.statements.rows<{ id: string; userId: string }>(OUTDATED, [ticketNumber, cause], tx);
    if (!rows.length) return 0;
    const sql = `UPDATE notifications SET readAt = ? WHERE id IN (${placeholders(rows.length)})`;
    await this.statements.write(tx, sql, [this.clock.now(), ...rows.map(({ id }) => id)]);
    tx.record(new UnreadChanged([...new Set(rows.map(({ userId }) => userId))]));
    return rows.length;
  }

  private async tell(tx: Transaction, news: News, ids: readonly string[]): Promise<void> {
    const { ticketNumber: number, cause } = news;
    // Under the lock of the ticket nobody else can be telling the same people the same.
    await this.conversations.lock(tx, number);
    const ticket = await tx.manager.findOneBy(Ticket, { number });
    const message = news.messageId ? await tx.manager.findOneBy(Message, { id: news.messageId }) : null;
    if (!ticket || message?.removedAt) return;
    const told = await tx.manager.find(Notification, {
      select: { userId: true, id: true },
      where: { cause, userId: In(ids) },
    });
    const others = ids.filter((id) => !told.some(({ userId }) => userId === id));
    const candidates = (await this.audience.candidates(tx, number, others)).filter((each) => !hasRead(each, message));
    await this.writer.tell(tx, candidates, { news, ticket, words: message?.body ?? ticket.description });
  }
}

const hasRead = ({ readStaffSeq }: Candidate, message: Message | null): boolean =>
  message !== null && readStaffSeq >= message.staffSeq;
