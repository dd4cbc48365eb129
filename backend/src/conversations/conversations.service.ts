import { Injectable } from '@nestjs/common';
import { Clock, newId } from '../common';
import { filledUp, insertRow, Statements, type Transaction } from '../database';
import { Conversation } from './conversation.entity';
import { TimelineGrew, type Said } from './events/conversation-events';
import { TimelineEntry, type TimelineEventType } from './timeline-entry.entity';

export interface NewEntry {
  type: TimelineEventType;
  actorId: string;
  /** Staff-only entries take no number of the public counter. */
  isPublic: boolean;
  messageId?: string;
  /** The time that the row it tells of was given; now, if left out. */
  at?: Date;
  data?: Record<string, unknown>;
}

const FIND = 'SELECT ticketNumber, staffSeq, publicSeq, stream FROM conversations WHERE ticketNumber = ?';
const LOCK = 'UPDATE conversations SET staffSeq = staffSeq WHERE ticketNumber = ?';
const LOCK_AND_COUNT =
  'UPDATE conversations SET staffSeq = staffSeq + 1, publicSeq = publicSeq + ?, unsearched = 1 WHERE ticketNumber = ?';
const COUNT = 'UPDATE conversations SET staffSeq = ?, publicSeq = ?, unsearched = 1 WHERE ticketNumber = ?';
const HEAD = 'SELECT ticketNumber, staffSeq FROM conversations WHERE ticketNumber = ?';
const UNSEARCHED =
  'SELECT ticketNumber, staffSeq FROM conversations WHERE unsearched = 1 ORDER BY ticketNumber DESC LIMIT ';
const INSERT_ENTRY = `INSERT INTO timeline_events
  (ticketNumber, staffSeq, publicSeq, id, type, actorId, at, messageId, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** The counters of a ticket, and the one way to add to its timeline. */
@Injectable()
export class ConversationsService {
  constructor(
    private readonly statements: Statements,
    private readonly clock: Clock,
  ) {}

  /** With the first entry, which customers may see. */
  async open(tx: Transaction, ticketNumber: number, first: Omit<NewEntry, 'isPublic'>): Promise<Conversation> {
    const conversation: Conversation = { ticketNumber, staffSeq: 1, publicSeq: 1, stream: newId() };
    await insertRow(tx.manager, Conversation, { ...conversation, unsearched: true });
    await this.insert(tx, conversation, { ...first, isPublic: true });
    return conversation;
  }

  /**
   * Takes the lock of a ticket, which is held until commit. It must be the first statement of every unit that touches
   * the ticket. Null when there is no such ticket.
   */
  async lock(tx: Transaction, ticketNumber: number): Promise<Conversation | null> {
    await this.statements.write(tx, LOCK, [ticketNumber]);
    const [found] = await this.statements.rows<Conversation>(FIND, [ticketNumber], tx);
    return found ?? null;
  }

  /**
   * Takes the lock and the numbers of one entry with a single statement. The unit must add that entry or be rolled
   * back, so that no number is left out.
   */
  async lockAndCount(tx: Transaction, ticketNumber: number, isPublic: boolean): Promise<void> {
    await this.statements.write(tx, LOCK_AND_COUNT, [isPublic, ticketNumber]);
  }

  async find(ticketNumber: number): Promise<Conversation | null> {
    const [found] = await this.statements.rows<Conversation>(FIND, [ticketNumber]);
    return found ?? null;
  }

  /** Tickets whose words have to be looked at, newest first, with the number of their last event. */
  unsearched(limit: number): Promise<Pick<Conversation, 'ticketNumber' | 'staffSeq'>[]> {
    return this.statements.rows(UNSEARCHED + limit, []);
  }

  /** The numbers of the last events of some tickets. */
  heads(ticketNumbers: readonly number[]): Promise<Pick<Conversation, 'ticketNumber' | 'staffSeq'>[]> {
    return this.statements.rowsForEach(HEAD, ticketNumbers);
  }

  /** The words of these tickets are known up to an event; nothing is done where there is a later one. */
  async searched(tx: Transaction, tickets: readonly Pick<Conversation, 'ticketNumber' | 'staffSeq'>[]): Promise<void> {
    if (!tickets.length) return;
    const known = filledUp(tickets);
    const places = known.map(() => '(ticketNumber = ? AND staffSeq = ?)').join(' OR ');
    const values = known.flatMap(({ ticketNumber, staffSeq }) => [ticketNumber, staffSeq]);
    await this.statements.write(tx, `UPDATE conversations SET unsearched = 0 WHERE ${places}`, values);
  }

  /** Adds an entry under the lock; `conversation` is the locked row and moves along. */
  async append(tx: Transaction, conversation: Conversation, entry: NewEntry): Promise<TimelineEntry> {
    conversation.staffSeq += 1;
    if (entry.isPublic) conversation.publicSeq += 1;
    const { ticketNumber, staffSeq, publicSeq } = conversation;
    await this.statements.write(tx, COUNT, [staffSeq, publicSeq, ticketNumber]);
    return this.insert(tx, conversation, entry);
  }

  /** Adds the entry whose numbers were taken together with the lock. */
  async insert(tx: Transaction, conversation: Conversation, entry: NewEntry, said?: Said): Promise<TimelineEntry> {
    const { type, actorId, isPublic, messageId = null, data = {} } = entry;
    const { ticketNumber, staffSeq } = conversation;
    const row: TimelineEntry = {
      ticketNumber,
      staffSeq,
      publicSeq: isPublic ? conversation.publicSeq : null,
      id: newId(),
      type,
      actorId,
      at: entry.at ?? said?.message.createdAt ?? this.clock.now(),
      messageId,
      data,
    };
    const { publicSeq, id, at } = row;
    const values = [ticketNumber, staffSeq, publicSeq, id, type, actorId, at, messageId, JSON.stringify(data)];
    await this.statements.write(tx, INSERT_ENTRY, values);
    tx.record(new TimelineGrew(row, said));
    return row;
  }
}
