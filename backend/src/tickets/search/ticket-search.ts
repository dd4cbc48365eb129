import type { Actor } from '../../access';
import type { Transaction } from '../../database';
import type { TicketPriority, TicketStatus } from '../ticket.entity';

/** One thing that a ticket must have: any of these words, or one that begins so. */
export interface SearchTerm {
  words: readonly string[];
  isBeginning: boolean;
  /** Of the ticket that is meant when the term is a number. */
  number: number | null;
  /** Asked of the requester's name and address alone; it is no part of the match that is shown. */
  isOfPerson: boolean;
}

/** What one text must also show, word by word or sign by sign. */
export interface SearchCheck {
  kind: 'words' | 'signs';
  text: string;
}

/** The words that somebody looks for, taken apart. */
export interface SearchWords {
  readonly terms: readonly SearchTerm[];
  readonly checks: readonly SearchCheck[];
  /** The same without regard to signs, for when nothing has them; null when there are none. */
  readonly withoutSigns: SearchWords | null;
}

/** What the operators of a search ask for; each that is there must hold. An empty list finds nothing. */
export interface SearchOperators {
  status?: readonly TicketStatus[];
  priority?: readonly TicketPriority[];
  /** Null: none. */
  categoryIds?: readonly (string | null)[];
  requesterIds?: readonly string[];
  /** Null: nobody; `absent`: somebody who is offline now. */
  assigneeIds?: readonly (string | null)[] | 'absent';
  /** All of them. */
  tags?: readonly string[];
  createdBefore?: Date;
  createdFrom?: Date;
  number?: number;
}

export interface ParsedSearch {
  operators: SearchOperators;
  /** Null when there are only operators. */
  words: SearchWords | null;
}

/** A ticket that has all words, and how well it matches. */
export interface Hit {
  number: number;
  score: number;
}

/** The part of the tickets that is looked through, newest first. */
export interface Reach {
  /** Only numbers below this one; null from the newest on. */
  below: number | null;
  /** Only from this number on; null until enough are found. */
  floor: number | null;
  enough: number;
  /** Only these tickets, where others are known to be of no use. */
  within: ReadonlySet<number> | null;
}

export interface Hits {
  /** Newest first. */
  hits: Hit[];
  /** All tickets from this number on were looked through; 0 when there are no more. */
  floor: number;
}

/** The better matches first: the ticket that is named by its number, words in subjects, words elsewhere. */
export const SEARCH_PLACES = ['number', 'subject', 'elsewhere'] as const;
export type SearchPlace = (typeof SEARCH_PLACES)[number];

export const MATCH_FIELDS = ['subject', 'description', 'message', 'note', 'file', 'person'] as const;

/** The line of a ticket that matches, in pieces that make the line when put together. */
export interface TicketMatch {
  field: (typeof MATCH_FIELDS)[number];
  excerpt: { text: string; hit: boolean }[];
}

/** One search for words by one person. It may name tickets they cannot see, and deleted ones: ask for those again. */
export interface SearchRun {
  /** No ticket is in two places. */
  find(place: SearchPlace, reach: Reach): Promise<Hits>;
  /** Those of the tickets that pass the checks of the words. */
  passing(numbers: readonly number[]): Promise<ReadonlySet<number>>;
  /** The lines that match; tickets without such a text are absent. */
  matches(numbers: readonly number[]): Promise<ReadonlyMap<number, TicketMatch>>;
}

/** Finds tickets by what is said in them. */
export abstract class TicketSearch {
  abstract parse(actor: Actor, text: string): Promise<ParsedSearch>;
  abstract begin(actor: Actor, words: SearchWords): Promise<SearchRun>;
  /** Forgets a ticket that this unit erases. */
  abstract erase(tx: Transaction, ticketNumber: number): Promise<void>;
}
