import { Injectable } from '@nestjs/common';
import { filledUp, placeholders, Statements } from '../../database';
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

/** What was written in a ticket after one event, up to another. */
export interface Place {
  ticketNumber: number;
  after: number;
  staffSeq: number;
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

  /** The kinds of events in each of some tickets after what is known of it. */
  async eventsAfter(places: readonly Place[]): Promise<Map<number, Set<string>>> {
    const kinds = new Map<number, Set<string>>();
    if (!places.length) return kinds;
    const rows = await this.after<{ ticketNumber: number; type: string }>(
      'SELECT DISTINCT ticketNumber, type FROM timeline_events',
      places,
    );
    for (const { ticketNumber, type } of rows)
      kinds.set(ticketNumber, (kinds.get(ticketNumber) ?? new Set()).add(type));
    return kinds;
  }

  /** The messages in each of some tickets after what is known of it: for little that was added to many. */
  saidAfter(places: readonly Place[]): Promise<Said[]> {
    return places.length ? this.after<Said>(SAID, places, 'AND removedAt IS NULL') : Promise.resolve([]);
  }

  private after<Row>(query: string, places: readonly Place[], and = ''): Promise<Row[]> {
    const filled = filledUp(places);
    const ranges = filled.map(() => '(ticketNumber = ? AND staffSeq > ? AND staffSeq <= ?)').join(' OR ');
    const values = filled.flatMap(({ ticketNumber, after, staffSeq }) => [ticketNumber, after, staffSeq]);
    return this.statements.rows<Row>(`${query} WHERE (${ranges}) ${and}`, values);
  }
}

export const fieldOfMessage = (kind: string): number => (kind === 'note' ? FIELD.note : FIELD.message);
export const fieldOfFile = (kind: string | null): number => (kind === 'note' ? FIELD.noteFile : FIELD.file);
