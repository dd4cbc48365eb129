import { Injectable } from '@nestjs/common';
import type { Role } from '../access';
import { placeholders, Statements, type SqlValue, type Transaction } from '../database';
import { completePreferences } from '../users';
import { mentionedIn, type Named } from './mentions';
import type { News } from './news';
import type { Hearer } from './wishes';

/** So many people are told by the transaction itself, all others by a job. */
export const MOST_AT_ONCE = 5;

interface HearerRow {
  id: string;
  role: Role;
  active: number;
  preferences: string;
  follows: number | null;
  readStaffSeq: number | null;
}

/** A hearer, and how far they have read the ticket. */
export interface Candidate extends Hearer {
  readonly readStaffSeq: number;
}

/** Those told at once; `areAll` when there is nobody else. */
export interface Nearest {
  candidates: Candidate[];
  areAll: boolean;
}

const HEARERS = `SELECT users.id AS id, role, active, preferences, follows, readStaffSeq FROM users`;
const TIED = `${HEARERS} JOIN participants ON participants.userId = users.id
  WHERE ticketNumber = ? AND (holds = 1 OR follows = 1)
  ORDER BY holds DESC, CASE role WHEN 'customer' THEN 0 ELSE 1 END, users.id LIMIT ${MOST_AT_ONCE + 1}`;
const TIED_IDS = 'SELECT userId FROM participants WHERE ticketNumber = ? AND (holds = 1 OR follows = 1)';
const LISTENERS = 'SELECT userId FROM notice_listeners WHERE everything = 1';
const LISTENERS_TO_NEW = 'SELECT userId FROM notice_listeners WHERE created = 1';
const NAMED = `SELECT id, name FROM users WHERE role <> 'customer' AND active = 1 AND passwordHash IS NOT NULL`;

/** Finds those whom something may concern; what they want and may know of it is decided elsewhere. */
@Injectable()
export class Audience {
  constructor(private readonly statements: Statements) {}

  /** Staff whose names stand in a note. */
  async mentionedIn(tx: Transaction, note: string): Promise<string[]> {
    if (!note.includes('@')) return [];
    return mentionedIn(note, await this.statements.rows<Named>(NAMED, [], tx));
  }

  /** The few people who have most to do with it. */
  async nearest(tx: Transaction, news: News): Promise<Nearest> {
    if (news.event === 'created') return { candidates: [], areAll: !(await this.isHeard(tx, LISTENERS_TO_NEW, news)) };
    const mentioned = await this.candidates(tx, news.ticketNumber, news.mentioned.slice(0, MOST_AT_ONCE));
    const tied = toCandidates(await this.statements.rows<HearerRow>(TIED, [news.ticketNumber], tx));
    const near = [...mentioned, ...tied.filter(({ id }) => !news.mentioned.includes(id))];
    const isMore = near.length > MOST_AT_ONCE || news.mentioned.length > MOST_AT_ONCE;
    return {
      candidates: near.slice(0, MOST_AT_ONCE),
      areAll: !isMore && !(await this.isHeard(tx, LISTENERS, news)),
    };
  }

  /** The ids of everybody whom it may concern. */
  async everybody({ event, ticketNumber, mentioned, actorId }: News): Promise<string[]> {
    const idsOf = async (sql: string, values: SqlValue[] = []): Promise<string[]> =>
      (await this.statements.rows<{ userId: string }>(sql, values)).map(({ userId }) => userId);
    const ids =
      event === 'created'
        ? await idsOf(LISTENERS_TO_NEW)
        : [...mentioned, ...(await idsOf(TIED_IDS, [ticketNumber])), ...(await idsOf(LISTENERS))];
    return [...new Set(ids)].filter((id) => id !== actorId);
  }

  /** These people as they are now. */
  async candidates(tx: Transaction, ticketNumber: number, ids: readonly string[]): Promise<Candidate[]> {
    if (!ids.length) return [];
    const sql = `${HEARERS} LEFT JOIN participants ON participants.userId = users.id AND ticketNumber = ?
      WHERE users.id IN (${placeholders(ids.length)})`;
    return toCandidates(await this.statements.rows<HearerRow>(sql, [ticketNumber, ...ids], tx));
  }

  private async isHeard(tx: Transaction, listeners: string, { actorId }: News): Promise<boolean> {
    return (await this.statements.rows(`${listeners} AND userId <> ? LIMIT 1`, [actorId], tx)).length > 0;
  }
}

const toCandidates = (rows: HearerRow[]): Candidate[] =>
  rows.map(({ id, role, active, preferences, follows, readStaffSeq }) => ({
    id,
    role,
    active: Number(active) === 1,
    preferences: completePreferences(JSON.parse(preferences) as object),
    follows: Number(follows) === 1,
    readStaffSeq: readStaffSeq ?? 0,
  }));
