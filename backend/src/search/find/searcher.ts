import { Injectable } from '@nestjs/common';
import { Statements } from '../../database';
import type { Hit, Hits, Reach } from '../../tickets';
import { FIELD, weightOf } from '../index/fields';
import { IndexTables } from '../index/index-tables';
import { blockOf, eachPosting, numberAt } from '../index/postings';
import { BlockMatches } from './block-matches';
import type { FoundTerm, FoundWords } from './word-lookup';

const FEWEST_BLOCKS = 4;
const GROWTH = 4;
/** Some more than needed are read at once, because words are not spread evenly. */
const SPARE = 1.5;
const PERSON = FIELD.name | FIELD.email;

/** Looks tickets up in the index, newest first. */
@Injectable()
export class Searcher {
  constructor(
    private readonly tables: IndexTables,
    private readonly statements: Statements,
  ) {}

  /** Tickets with all words in their subjects, or those with all words that are not such. */
  async find(words: FoundWords, place: 'subject' | 'elsewhere', fields: number, reach: Reach): Promise<Hits> {
    const terms = (place === 'subject' ? words.inSubject : words.anywhere).toSorted((a, b) => a.tickets - b.tickets);
    const numbers = await this.numbers(reach);
    if (!numbers || terms.some(({ isWhole }) => !isWhole.size)) return { hits: [], floor: 0 };
    const [lowest, top] = [blockOf(numbers.first), blockOf(numbers.last)];
    const enough = reach.floor === null ? reach.enough : Infinity;
    const hits: Hit[] = [];
    let size = Math.max(FEWEST_BLOCKS, Math.ceil((reach.enough * SPARE * (top + 1)) / Math.max(terms[0].tickets, 1)));
    for (let high = top; high >= lowest && hits.length <= enough; size *= GROWTH) {
      const low = Math.max(lowest, high - size + 1);
      for (const matches of await this.blocks(words, terms, [low, high]))
        for (const hit of hitsOf(matches, terms, fields, place))
          if (hit.number >= numbers.first && hit.number <= numbers.last && (reach.within?.has(hit.number) ?? true))
            hits.push(hit);
      high = low - 1;
    }
    if (hits.length <= enough) return { hits, floor: reach.floor ?? 0 };
    return { hits: hits.slice(0, enough), floor: hits[enough - 1].number };
  }

  private async numbers({ below, floor, within }: Reach): Promise<{ first: number; last: number } | null> {
    const [first, last] = within ? [Math.min(...within), Math.max(...within)] : [0, await this.lastNumber()];
    const range = { first: Math.max(first, floor ?? 0), last: Math.min(last, (below ?? Infinity) - 1) };
    return range.first <= range.last ? range : null;
  }

  /** The blocks in which all terms stand, newest first. */
  private async blocks(
    { side }: FoundWords,
    [driver, ...others]: readonly FoundTerm[],
    range: readonly [number, number],
  ): Promise<BlockMatches[]> {
    const blocks = new Map<number, BlockMatches>();
    for (const { wordId, block, postings } of await this.tables.postings(side, [...driver.isWhole.keys()], range)) {
      const matches = blocks.get(block) ?? new BlockMatches(block);
      blocks.set(block, matches);
      eachPosting(postings, (spot, fields) => matches.add(0, spot, fields, driver.isWhole.get(wordId) ?? false));
    }
    for (const [index, term] of others.entries()) {
      if (!blocks.size) break;
      const narrow = [Math.min(...blocks.keys()), Math.max(...blocks.keys())] as const;
      for (const { wordId, block, postings } of await this.tables.postings(side, [...term.isWhole.keys()], narrow)) {
        const matches = blocks.get(block);
        if (!matches) continue;
        eachPosting(postings, (spot, fields) =>
          matches.add(index + 1, spot, fields, term.isWhole.get(wordId) ?? false),
        );
      }
    }
    return [...blocks.values()].toSorted((a, b) => b.block - a.block);
  }

  private async lastNumber(): Promise<number> {
    const [{ last }] = await this.statements.rows<{ last: number | null }>(
      'SELECT MAX(number) AS last FROM tickets',
      [],
    );
    return last ?? 0;
  }
}

/** Newest first. */
function* hitsOf(
  matches: BlockMatches,
  terms: readonly FoundTerm[],
  visible: number,
  place: 'subject' | 'elsewhere',
): Generator<Hit> {
  for (const spot of matches.spots()) {
    let score = 0;
    let isAllInSubject = true;
    for (const [index, { isOfPerson }] of terms.entries()) {
      const { whole, begun } = matches.fieldsAt(index, spot);
      const mask = isOfPerson ? visible & PERSON : visible;
      const weight = Math.max(weightOf(whole & mask, true), weightOf(begun & mask, false));
      score = weight ? score + (isOfPerson ? 0 : weight) : -Infinity;
      isAllInSubject &&= isOfPerson || ((whole | begun) & FIELD.subject) !== 0;
    }
    if (score >= 0 && (place === 'subject' || !isAllInSubject)) yield { number: numberAt(matches.block, spot), score };
  }
}
