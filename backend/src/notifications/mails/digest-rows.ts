import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { databaseNow, engineOf, placeholders, Statements, type Engine, type Transaction } from '../../database';
import { MailDigest } from './mail-digest.entity';

/** Whoever is away that long without reading gets a mail. */
export const AWAY_SECONDS = 120;
/** What could not be mailed is looked at again after this. */
const HELD_SECONDS = 900;
/** Rows that one look takes; the others come with the next. */
const MOST_ROWS = 1_000;
/** Who is online is noted once in a while, and not at each look. */
const FRESH_SECONDS = 15;
/** Short statements, so that nobody who writes waits for them. */
const BATCH = 50;

export type DigestKey = Pick<MailDigest, 'userId' | 'ticketNumber'>;

export interface WaitingDigest extends DigestKey {
  held: boolean;
  isDue: boolean;
  /** Nobody has noted for a while whether the person is online. */
  isStale: boolean;
}

/** The rows of what people are still to be told; written under the lock of the ticket, but for their time. */
@Injectable()
export class DigestRows {
  private readonly engine: Engine;

  constructor(
    private readonly statements: Statements,
    dataSource: DataSource,
  ) {
    this.engine = engineOf(dataSource.manager);
  }

  /** Something was said in chat; does nothing for whom a digest of this ticket waits already. */
  async begin(tx: Transaction, userIds: readonly string[], ticketNumber: number, fromSeq: number): Promise<void> {
    const insert = this.engine === 'mysql' ? 'INSERT IGNORE' : 'INSERT OR IGNORE';
    // In one order for everybody, so that nobody waits for each other.
    const people = userIds.toSorted();
    const rows = people.map(() => `(?, ?, ?, 0, ${databaseNow(this.engine, AWAY_SECONDS)})`).join(', ');
    await this.statements.write(
      tx,
      `${insert} INTO mail_digests (userId, ticketNumber, fromSeq, held, dueAt) VALUES ${rows}`,
      people.flatMap((userId) => [userId, ticketNumber, fromSeq]),
    );
  }

  /** Keeps back what cannot be mailed now: it goes into one later mail. */
  async hold(tx: Transaction, userId: string, ticketNumber: number, fromSeq: number): Promise<void> {
    await this.begin(tx, [userId], ticketNumber, fromSeq);
    await this.statements.write(
      tx,
      `UPDATE mail_digests SET held = 1, fromSeq = CASE WHEN fromSeq < ? THEN fromSeq ELSE ? END,
        dueAt = ${databaseNow(this.engine, HELD_SECONDS)} WHERE userId = ? AND ticketNumber = ?`,
      [fromSeq, fromSeq, userId, ticketNumber],
    );
  }

  /** Looks at it again later, as it is: its person is not to be disturbed now. */
  async wait(tx: Transaction, { userId, ticketNumber }: DigestKey): Promise<void> {
    await this.statements.write(
      tx,
      `UPDATE mail_digests SET dueAt = ${databaseNow(this.engine, HELD_SECONDS)} WHERE userId = ? AND ticketNumber = ?`,
      [userId, ticketNumber],
    );
  }

  find(tx: Transaction, { userId, ticketNumber }: DigestKey): Promise<MailDigest | null> {
    return tx.manager.findOneBy(MailDigest, { userId, ticketNumber });
  }

  async remove(tx: Transaction, { userId, ticketNumber }: DigestKey): Promise<void> {
    await tx.manager.delete(MailDigest, { userId, ticketNumber });
  }

  /** Those that have waited longest. */
  async waiting(): Promise<WaitingDigest[]> {
    const now = databaseNow(this.engine);
    const fresh = databaseNow(this.engine, AWAY_SECONDS - FRESH_SECONDS);
    const rows = await this.statements.rows<DigestKey & { held: number; isDue: number; isStale: number }>(
      `SELECT userId, ticketNumber, held, dueAt <= ${now} AS isDue, dueAt <= ${fresh} AS isStale
        FROM mail_digests ORDER BY dueAt LIMIT ${MOST_ROWS}`,
      [],
    );
    return rows.map((row) => ({
      ...row,
      held: Number(row.held) === 1,
      isDue: Number(row.isDue) === 1,
      isStale: Number(row.isStale) === 1,
    }));
  }

  /** These people are here: the time until they count as away begins anew. */
  async postpone(
    userIds: readonly string[],
    run: (work: (tx: Transaction) => Promise<void>) => Promise<void>,
  ): Promise<void> {
    const people = [...new Set(userIds)].toSorted();
    for (let start = 0; start < people.length; start += BATCH) {
      const some = people.slice(start, start + BATCH);
      const sql = `UPDATE mail_digests SET dueAt = ${databaseNow(this.engine, AWAY_SECONDS)}
        WHERE held = 0 AND userId IN (${placeholders(some.length)})`;
      await run(async (tx) => void (await tx.manager.query(sql, some)));
    }
  }
}
