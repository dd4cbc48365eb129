import { Injectable } from '@nestjs/common';
import type { SearchTerm } from '../../tickets';
import { SUBJECT_SIGN } from '../index/fields';
import type { Side } from '../index/index.entities';
import { IndexTables, type WordRow } from '../index/index-tables';

/** A beginning stands for so many words at most, the most frequent ones. */
const MOST_ENDINGS = 64;

/** The words of the index that one term stands for, by id, and whether each is the word itself. */
export interface FoundTerm {
  isWhole: ReadonlyMap<number, boolean>;
  /** So many tickets have one of them at most. */
  tickets: number;
  isOfPerson: boolean;
}

/** What is looked for, as the index knows it. */
export interface FoundWords {
  side: Side;
  anywhere: FoundTerm[];
  /** The same where they stand in subjects; those of persons anywhere. */
  inSubject: FoundTerm[];
}

/** Finds words in the dictionary of the index. */
@Injectable()
export class WordLookup {
  constructor(private readonly tables: IndexTables) {}

  /** Null when one of the terms is nowhere. */
  async find(terms: readonly SearchTerm[]): Promise<FoundWords | null> {
    const side = await this.tables.side();
    const named = unique(terms.flatMap(({ words }) => words));
    const rows = byWord(await this.tables.words(side, named));
    const found: { whole: ReadonlySet<string>; rows: WordRow[]; isOfPerson: boolean }[] = [];
    for (const { words, isBeginning, isOfPerson } of terms) {
      const known = byWord(rowsOf(rows, words));
      for (const beginning of isBeginning ? words : [])
        for (const row of await this.tables.wordsBeginning(side, beginning, MOST_ENDINGS)) known.set(row.word, row);
      if (!known.size) return null;
      found.push({ whole: new Set(words), rows: [...known.values()], isOfPerson });
    }
    const signed = unique(found.flatMap(({ rows: known }) => known.map(({ word }) => SUBJECT_SIGN + word)));
    const subjects = byWord(await this.tables.words(side, signed));
    const anywhere = found.map((term) => termOf(term, term.rows));
    const inSubject = found.map((term, index) => {
      if (term.isOfPerson) return anywhere[index];
      return termOf(
        term,
        term.rows.map(({ word }) => subjects.get(SUBJECT_SIGN + word)),
      );
    });
    return { side, anywhere, inSubject };
  }
}

function termOf(
  { rows: words, whole, isOfPerson }: { rows: readonly WordRow[]; whole: ReadonlySet<string>; isOfPerson: boolean },
  rows: readonly (WordRow | undefined)[],
): FoundTerm {
  const isWhole = new Map<number, boolean>();
  let tickets = 0;
  for (const [index, row] of rows.entries()) {
    if (!row) continue;
    isWhole.set(row.id, whole.has(words[index].word));
    tickets += row.tickets;
  }
  return { isWhole, tickets, isOfPerson };
}

const unique = (words: readonly string[]): string[] => [...new Set(words)];
const byWord = (rows: readonly WordRow[]): Map<string, WordRow> => new Map(rows.map((row) => [row.word, row]));
const rowsOf = (rows: ReadonlyMap<string, WordRow>, words: readonly string[]): WordRow[] =>
  words.flatMap((word) => rows.get(word) ?? []);
