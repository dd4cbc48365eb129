import { Injectable } from '@nestjs/common';
import { placeholders, Statements } from '../../database';
import { FIELD } from './fields';

export interface Head {
  number: number;
  subject: string;
  description: string;
  requesterId: string;
  name: string;
  email: string;
}

export interface Said {
  ticketNumber: number;
  staffSeq: number;
  kind: string;
  body: string;
}

export interface Named {
  ticketNumber: number;
  filename: string;
  /** Null for the files a ticket was created with. */
  kind: string | null;
}

export interface Texts {
  /** The last event of each ticket. */
  heads: { ticketNumber: number; staffSeq: number }[];
  tickets: Head[];
  said: Said[];
  named: Named[];
}

const SEQS = 'SELECT ticketNumber, staffSeq FROM conversations WHERE ticketNumber BETWEEN ? AND ?';
const HEADS = `SELECT t.number, t.subject, t.description, t.requesterId, u.name, u.email
  FROM tickets t JOIN users u ON u.id = t.requesterId`;
const SAID = 'SELECT ticketNumber, staffSeq, kind, body FROM messages';
/** So many messages of a ticket are read together with those of others. */
export const LATEST_MESSAGES = 50;
const LATEST = `SELECT * FROM (${SAID} WHERE ticketNumber = ? AND removedAt IS NULL
  ORDER BY staffSeq DESC LIMIT ${LATEST_MESSAGES}) AS latest`;
const NAMED = `SELECT a.ticketNumber, a.filename, m.kind FROM attachments a LEFT JOIN messages m ON m.id = a.messageId
  WHERE a.state = 'bound' AND`;

/** Everything about tickets that can be looked for, as it is now; search reads the tables of other rooms here only. */
@Injectable()
export class TicketTexts {
  constructor(private readonly statements: Statements) {}

  heads(numbers: readonly number[]): Promise<Head[]> {
    const filled = filledUp(numbers);
    return this.statements.rows(`${HEADS} WHERE t.number IN (${placeholders(filled.length)})`, filled);
  }

  /** All texts of a range of tickets. How far each goes is read first, so that nothing written meanwhile is passed over. */
  async block(first: number, last: number): Promise<Texts> {
    const heads = await this.statements.rows<Texts['heads'][number]>(SEQS, [first, last]);
    const [tickets, said, named] = await Promise.all([
      this.headsBetween(first, last),
      this.saidBetween(first, last),
      this.namedBetween(first, last),
    ]);
    return { heads, tickets, said, named };
  }

  private headsBetween(first: number, last: number): Promise<Head[]> {
    return this.statements.rows(`${HEADS} WHERE t.number BETWEEN ? AND ?`, [first, last]);
  }

  /** The messages of one ticket between two events, oldest first. */
  said(ticketNumber: number, after: number, upTo: number, limit: number): Promise<Said[]> {
    const range = 'ticketNumber = ? AND staffSeq > ? AND staffSeq <= ? AND removedAt IS NULL';
    return this.statements.rows(`${SAID} WHERE ${range} ORDER BY staffSeq LIMIT ${limit}`, [ticketNumber, after, upTo]);
  }

  /** The newest messages of each of some tickets, with few statements. */
  latestSaid(numbers: readonly number[]): Promise<Said[]> {
    return this.statements.rowsForEach(LATEST, numbers);
  }

  /** The messages of one ticket before an event, newest first. */
  saidBefore(ticketNumber: number, before: number, limit: number): Promise<Said[]> {
    const range = 'ticketNumber = ? AND staffSeq < ? AND removedAt IS NULL';
    return this.statements.rows(`${SAID} WHERE ${range} ORDER BY staffSeq DESC LIMIT ${limit}`, [ticketNumber, before]);
  }

  private saidBetween(first: number, last: number): Promise<Said[]> {
    const range = 'ticketNumber BETWEEN ? AND ? AND removedAt IS NULL';
    return this.statements.rows(`${SAID} WHERE ${range}`, [first, last]);
  }

  named(numbers: readonly number[]): Promise<Named[]> {
    const filled = filledUp(numbers);
    return this.statements.rows(`${NAMED} a.ticketNumber IN (${placeholders(filled.length)})`, filled);
  }

  private namedBetween(first: number, last: number): Promise<Named[]> {
    return this.statements.rows(`${NAMED} a.ticketNumber BETWEEN ? AND ?`, [first, last]);
  }

  /** The kinds of events of one ticket after a number. */
  async eventsAfter(ticketNumber: number, after: number): Promise<Set<string>> {
    const rows = await this.statements.rows<{ type: string }>(
      'SELECT DISTINCT type FROM timeline_events WHERE ticketNumber = ? AND staffSeq > ?',
      [ticketNumber, after],
    );
    return new Set(rows.map(({ type }) => type));
  }
}

/** Lists are filled up to a power of two, so that there are few statements to prepare. */
const filledUp = (numbers: readonly number[]): number[] => {
  const size = 2 ** Math.ceil(Math.log2(Math.max(numbers.length, 1)));
  return [...numbers, ...Array.from({ length: size - numbers.length }, () => numbers[0])];
};

export const fieldOfMessage = (kind: string): number => (kind === 'note' ? FIELD.note : FIELD.message);
export const fieldOfFile = (kind: string | null): number => (kind === 'note' ? FIELD.noteFile : FIELD.file);
