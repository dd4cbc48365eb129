import { Injectable } from '@nestjs/common';
import { DataSource, In, MoreThan, type EntityManager } from 'typeorm';
import { isStaffRole, type Actor, type Role } from '../access';
import { insertRow, Statements, updateRow, type Transaction } from '../database';
import { User } from '../users';
import { audienceOf, headOf, type Audience } from './audience';
import type { Conversation } from './conversation.entity';
import { ReadMarkMoved, TicketUnreadChanged, UnreadChanged } from './events/conversation-events';
import type { Message } from './message.entity';
import { Participant } from './participant.entity';
import { TimelineEntry } from './timeline-entry.entity';

const MOST_UNREAD = 1000;

type Tie = 'holds' | 'follows' | 'wrote';

const INSERT_AUTHOR = `INSERT INTO participants
  (userId, ticketNumber, holds, follows, wrote, readStaffSeq, readPublicSeq, unread, unreadFrom)
  VALUES (?, ?, 0, 0, 1, 0, 0, 0, NULL)`;

/** Those who hear of new messages, among the participants of a ticket. */
const IS_TIED = '(holds = 1 OR follows = 1 OR wrote = 1 OR unreadFrom IS NOT NULL)';

/** The author has read all up to the own message; for everybody else who hears it there is one more to read. */
const countMessage = (hearers: string): string => `UPDATE participants SET
  wrote = CASE WHEN userId = ? THEN 1 ELSE wrote END,
  readStaffSeq = CASE WHEN userId = ? THEN ? ELSE readStaffSeq END,
  readPublicSeq = CASE WHEN userId = ? THEN ? ELSE readPublicSeq END,
  unread = CASE WHEN userId = ? THEN 0 WHEN unread < ${MOST_UNREAD} THEN unread + 1 ELSE unread END,
  unreadFrom = CASE WHEN userId = ? THEN NULL ELSE unreadFrom END
  WHERE ticketNumber = ? AND (userId = ? OR (${IS_TIED} AND ${hearers}))`;
const COUNT_MESSAGE = countMessage('1 = 1');
const COUNT_NOTE = countMessage(`userId IN (SELECT id FROM users WHERE role <> 'customer')`);

const UNREAD = 'SELECT unread FROM participants WHERE userId = ? AND ticketNumber = ?';

const MARKS = `SELECT p.userId, u.role, p.readStaffSeq, p.readPublicSeq
  FROM participants p JOIN users u ON u.id = p.userId WHERE p.ticketNumber = ?`;

interface MarkRow {
  userId: string;
  role: Role;
  readStaffSeq: number;
  readPublicSeq: number;
}

interface Reader {
  id: string;
  role: Role;
}

/**
 * How far each person has read each ticket, and what is unread. Staff have unread messages only on tickets they hold,
 * follow or have written in. All writes happen under the lock of the ticket.
 */
@Injectable()
export class ReadMarksService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly statements: Statements,
  ) {}

  /** Ties a person to a ticket, or unties them, and counts anew what is unread for them. */
  async tie(tx: Transaction, ticketNumber: number, reader: Reader, tie: Tie, on = true): Promise<void> {
    const found = await this.find(tx, ticketNumber, reader.id);
    const participant = { ...(found ?? nothingRead(ticketNumber, reader.id)), [tie]: on };
    if (found) await updateRow(tx.manager, Participant, keyOf(participant), { [tie]: on });
    else await insertRow(tx.manager, Participant, participant);
    await this.recount(tx, participant, reader.role);
  }

  /** Ties whoever asked for a ticket to it, in the unit that opens it: there is nothing yet to have read or not. */
  async begin(tx: Transaction, ticketNumber: number, userId: string): Promise<void> {
    await insertRow(tx.manager, Participant, { ...nothingRead(ticketNumber, userId), follows: true });
  }

  /**
   * Counts a new message for everybody who hears it, and takes it as read by its author. `ownMark` is how far the author
   * had read in public; null when they had no tie to the ticket yet. A note leaves that mark where it is: customers see
   * it, and must not notice that a note was written.
   */
  async messageSent(
    tx: Transaction,
    { ticketNumber, staffSeq, publicSeq }: Conversation,
    { id, role }: Reader,
    ownMark: number | null,
    isPublic: boolean,
  ): Promise<void> {
    const author = { id, role };
    const publicMark = isPublic ? publicSeq : (ownMark ?? 0);
    if (ownMark === null) await this.statements.write(tx, INSERT_AUTHOR, [id, ticketNumber]);
    const values = [id, id, staffSeq, id, publicMark, id, id, ticketNumber, id];
    await this.statements.write(tx, isPublic ? COUNT_MESSAGE : COUNT_NOTE, values);
    tx.record(new ReadMarkMoved(ticketNumber, author, staffSeq, publicMark, isPublic));
    tx.record(new TicketUnreadChanged(ticketNumber, isPublic));
  }

  /** A removed message no longer counts. */
  async messageRemoved(tx: Transaction, message: Message): Promise<void> {
    await this.recountAll(tx, message.ticketNumber);
  }

  /** Counts anew for everybody tied to the ticket: after a removal or a restored ticket. */
  async recountAll(tx: Transaction, ticketNumber: number): Promise<void> {
    const participants = await tx.manager.findBy(Participant, { ticketNumber });
    const roles = await this.roles(
      tx.manager,
      participants.map(({ userId }) => userId),
    );
    for (const participant of participants)
      await this.recount(tx, participant, roles.get(participant.userId) ?? 'customer');
  }

  /** A deleted ticket has nothing unread for anybody. */
  async forget(tx: Transaction, ticketNumber: number): Promise<void> {
    const affected = await tx.manager.findBy(Participant, { ticketNumber, unread: MoreThan(0) });
    if (!affected.length) return;
    await tx.manager.update(Participant, { ticketNumber }, { unread: 0 });
    tx.record(new UnreadChanged(affected.map(({ userId }) => userId)));
  }

  /**
   * Moves the mark forward to `seq` of the reader's own numbering; above the head counts as the head, and reaching it
   * ends what was kept unread.
   */
  async mark(tx: Transaction, conversation: Conversation, actor: Actor, seq: number): Promise<void> {
    const audience = audienceOf(actor);
    const participant = await this.participant(tx, conversation.ticketNumber, actor.id);
    const head = headOf(audience, conversation);
    const target = Math.min(seq, head);
    const isKeptUnread = participant.unreadFrom !== null;
    if (isKeptUnread && target === head) await this.keepFrom(tx, participant, null);
    // Who has written a note has read everything, but is shown to customers as having read once it is said here.
    const isHidden = audience === 'staff' && participant.readPublicSeq < conversation.publicSeq;
    if (isHidden || target > (audience === 'staff' ? participant.readStaffSeq : participant.readPublicSeq)) {
      const { staffSeq, publicSeq } = await this.bothNumbers(tx.manager, conversation, audience, target);
      await this.advance(tx, participant, actor, staffSeq, publicSeq);
    } else if (!isKeptUnread) return;
    await this.recount(tx, participant, actor.role);
  }

  /** Counts the message with this number and all after it as unread, for this person alone; no mark moves back. */
  async keepUnread(tx: Transaction, conversation: Conversation, actor: Actor, seq: number): Promise<void> {
    const participant = await this.participant(tx, conversation.ticketNumber, actor.id);
    await this.keepFrom(tx, participant, Math.min(seq, headOf(audienceOf(actor), conversation)));
    await this.recount(tx, participant, actor.role);
  }

  /** How many messages of a ticket are unread for one person. */
  async unreadOf(userId: string, ticketNumber: number): Promise<number> {
    const [row] = await this.statements.rows<{ unread: number }>(UNREAD, [userId, ticketNumber]);
    return row?.unread ?? 0;
  }

  /** In how many tickets something is unread for each of these people, counted up to `limit`. */
  async unreadTickets(userIds: readonly string[], limit: number): Promise<Map<string, number>> {
    const rows = await this.statements.rowsForEach<{ userId: string | null; count: number }>(
      `SELECT MAX(userId) AS userId, COUNT(*) AS count FROM
        (SELECT userId FROM participants WHERE userId = ? AND unread > 0 LIMIT ${limit}) AS open_tickets`,
      userIds,
    );
    return new Map(rows.map(({ userId, count }) => [userId ?? '', count]));
  }

  /** Everybody, or all staff, tied to one of these tickets. */
  async tiedTo(ticketNumbers: readonly number[], audience: Audience): Promise<string[]> {
    const hearers = audience === 'staff' ? `role <> 'customer'` : '1 = 1';
    const rows = await this.statements.rowsForEach<{ userId: string }>(
      `SELECT userId FROM participants JOIN users ON users.id = participants.userId
        WHERE ticketNumber = ? AND ${IS_TIED} AND ${hearers}`,
      ticketNumbers,
    );
    return rows.map(({ userId }) => userId);
  }

  /** Everybody's marks in one numbering, by user id; towards customers all staff are the one key `staff`. */
  async marks(ticketNumber: number, audience: Audience): Promise<Record<string, number>> {
    const rows = await this.statements.rows<MarkRow>(MARKS, [ticketNumber]);
    const marks: Record<string, number> = {};
    for (const { userId, role, readStaffSeq, readPublicSeq } of rows) {
      if (audience === 'staff') marks[userId] = readStaffSeq;
      else {
        const key = isStaffRole(role) ? 'staff' : userId;
        marks[key] = Math.max(marks[key] ?? 0, readPublicSeq);
      }
    }
    return marks;
  }

  /** The marks of many tickets for both audiences, as `marks` gives them; at most some hundred tickets. */
  async marksOf(ticketNumbers: readonly number[]): Promise<Map<number, Record<Audience, Record<string, number>>>> {
    if (!ticketNumbers.length) return new Map();
    const rows = await this.dataSource.manager
      .createQueryBuilder(Participant, 'participant')
      .innerJoin(User, 'user', 'user.id = participant.userId')
      .select(['participant.ticketNumber AS ticketNumber', 'participant.userId AS userId', 'user.role AS role'])
      .addSelect(['participant.readStaffSeq AS readStaffSeq', 'participant.readPublicSeq AS readPublicSeq'])
      .where('participant.ticketNumber IN (:...ticketNumbers)', { ticketNumbers })
      .getRawMany<Pick<Participant, 'ticketNumber' | 'userId' | 'readStaffSeq' | 'readPublicSeq'> & { role: Role }>();
    const found = new Map<number, Record<Audience, Record<string, number>>>();
    for (const { ticketNumber, userId, role, readStaffSeq, readPublicSeq } of rows) {
      const marks = found.get(ticketNumber) ?? { staff: {}, public: {} };
      const key = isStaffRole(role) ? 'staff' : userId;
      marks.staff[userId] = readStaffSeq;
      marks.public[key] = Math.max(marks.public[key] ?? 0, readPublicSeq);
      found.set(ticketNumber, marks);
    }
    return found;
  }

  private async keepFrom(tx: Transaction, participant: Participant, unreadFrom: number | null): Promise<void> {
    participant.unreadFrom = unreadFrom;
    await tx.manager.update(Participant, keyOf(participant), { unreadFrom });
  }

  private async find(tx: Transaction, ticketNumber: number, userId: string): Promise<Participant | undefined> {
    const where = 'WHERE userId = ? AND ticketNumber = ?';
    const [found] = await this.statements.entities(Participant, where, [userId, ticketNumber], tx);
    return found;
  }

  private async participant(tx: Transaction, ticketNumber: number, userId: string): Promise<Participant> {
    const found = await this.find(tx, ticketNumber, userId);
    if (found) return found;
    const fresh = nothingRead(ticketNumber, userId);
    await insertRow(tx.manager, Participant, fresh);
    return fresh;
  }

  private async advance(
    tx: Transaction,
    participant: Participant,
    reader: Reader,
    staffSeq: number,
    publicSeq: number,
  ): Promise<void> {
    if (staffSeq <= participant.readStaffSeq && publicSeq <= participant.readPublicSeq) return;
    const isPublicMoved = publicSeq > (await this.shownPublicMark(tx.manager, participant, reader));
    participant.readStaffSeq = Math.max(participant.readStaffSeq, staffSeq);
    participant.readPublicSeq = Math.max(participant.readPublicSeq, publicSeq);
    const hadUnread = participant.unread > 0;
    participant.unread = 0;
    const { readStaffSeq, readPublicSeq } = participant;
    await tx.manager.update(Participant, keyOf(participant), { readStaffSeq, readPublicSeq, unread: 0 });
    tx.record(
      new ReadMarkMoved(
        participant.ticketNumber,
        { id: reader.id, role: reader.role },
        readStaffSeq,
        readPublicSeq,
        isPublicMoved,
      ),
    );
    if (hadUnread) tx.record(new UnreadChanged([participant.userId]));
  }

  /** The mark that customers see: the reader's own, or for staff that of whoever of them has read furthest. */
  private async shownPublicMark(
    manager: EntityManager,
    participant: Pick<Participant, 'ticketNumber' | 'readPublicSeq'>,
    reader: Reader,
  ): Promise<number> {
    if (!isStaffRole(reader.role)) return participant.readPublicSeq;
    const furthest = await manager
      .createQueryBuilder(Participant, 'participant')
      .innerJoin(User, 'user', 'user.id = participant.userId')
      .select('MAX(participant.readPublicSeq)', 'mark')
      .where(`participant.ticketNumber = :ticketNumber AND user.role <> 'customer'`, {
        ticketNumber: participant.ticketNumber,
      })
      .getRawOne<{ mark: number | null }>();
    return furthest?.mark ?? 0;
  }

  private async bothNumbers(
    manager: EntityManager,
    conversation: Conversation,
    audience: Audience,
    target: number,
  ): Promise<{ staffSeq: number; publicSeq: number }> {
    const query = manager.createQueryBuilder(TimelineEntry, 'entry').where('entry.ticketNumber = :ticketNumber', {
      ticketNumber: conversation.ticketNumber,
    });
    if (audience === 'public') {
      const entry = await query.andWhere('entry.publicSeq = :target', { target }).getOneOrFail();
      return { staffSeq: entry.staffSeq, publicSeq: target };
    }
    const entry = await query
      .andWhere('entry.staffSeq <= :target AND entry.publicSeq IS NOT NULL', { target })
      .orderBy('entry.staffSeq', 'DESC')
      .limit(1)
      .getOne();
    return { staffSeq: target, publicSeq: entry?.publicSeq ?? 0 };
  }

  private async recount(tx: Transaction, participant: Participant, role: Role): Promise<void> {
    const unread = await this.count(tx, participant, role);
    if (unread === participant.unread) return;
    participant.unread = unread;
    await updateRow(tx.manager, Participant, keyOf(participant), { unread });
    tx.record(new UnreadChanged([participant.userId]));
  }

  private async count(tx: Transaction, participant: Participant, role: Role): Promise<number> {
    const { userId, ticketNumber, holds, follows, wrote, readStaffSeq, readPublicSeq, unreadFrom } = participant;
    const isTied = !isStaffRole(role) || holds || follows || wrote;
    if (!isTied && unreadFrom === null) return 0;
    const [seq, read] = isStaffRole(role) ? ['staffSeq', readStaffSeq] : ['publicSeq', readPublicSeq];
    const keptFrom = unreadFrom === null ? read : unreadFrom - 1;
    const mark = isTied ? Math.min(read, keptFrom) : keptFrom;
    const [{ count }] = await this.statements.rows<{ count: number }>(
      `SELECT COUNT(*) AS count FROM (SELECT 1 FROM messages WHERE ticketNumber = ? AND ${seq} > ? AND authorId <> ? AND removedAt IS NULL LIMIT ${MOST_UNREAD}) AS unread_messages`,
      [ticketNumber, mark, userId],
      tx,
    );
    return count;
  }

  private async roles(manager: EntityManager, userIds: string[]): Promise<Map<string, Role>> {
    const users = await manager.find(User, { select: { id: true, role: true }, where: { id: In(userIds) } });
    return new Map(users.map(({ id, role }) => [id, role]));
  }
}

const nothingRead = (ticketNumber: number, userId: string): Participant => ({
  userId,
  ticketNumber,
  holds: false,
  follows: false,
  wrote: false,
  readStaffSeq: 0,
  readPublicSeq: 0,
  unread: 0,
  unreadFrom: null,
});

const keyOf = ({ userId, ticketNumber }: Participant): { userId: string; ticketNumber: number } => ({
  userId,
  ticketNumber,
});
