import { Injectable, Logger } from '@nestjs/common';
import { isStaff, type Actor } from '../access';
import { FailureLog } from '../common';
import type { Transaction } from '../database';
import { Outbox } from '../outbox';
import {
  TicketSearch,
  type Hits,
  type ParsedSearch,
  type Reach,
  type SearchPlace,
  type SearchRun,
  type SearchTerm,
  type SearchWords,
} from '../tickets';
import { FoundTexts } from './find/found-texts';
import { OperatorLookup } from './find/operator-lookup';
import { typedSearch } from './find/operators';
import { Searcher } from './find/searcher';
import { parseWords, personTerms, withTerms } from './find/search-words';
import { WordLookup, type FoundWords } from './find/word-lookup';
import { visibleFields } from './index/fields';
import { Indexer } from './index/indexer';
import { SEARCH_JOBS } from './search.jobs';

/** When no more tickets than these wait to be looked at, a search looks at them first. */
const LITTLE = 50;
const NUMBER_SCORE = 1_000;

/** Binds the port of `tickets` to the index of words. */
@Injectable()
export class IndexedTicketSearch extends TicketSearch {
  private readonly failures = new FailureLog(
    new Logger(IndexedTicketSearch.name),
    'What was just written could not be made findable before a search',
  );

  constructor(
    private readonly indexer: Indexer,
    private readonly lookup: WordLookup,
    private readonly searcher: Searcher,
    private readonly texts: FoundTexts,
    private readonly operators: OperatorLookup,
    private readonly outbox: Outbox,
  ) {
    super();
  }

  async parse(actor: Actor, text: string): Promise<ParsedSearch> {
    const typed = typedSearch(text);
    const operators = await this.operators.find(actor, typed.operators);
    const people = typed.operators.filter(({ name, value }) => name === 'from' && value.toLowerCase() !== 'me');
    const words = withTerms(
      typed.text.trim() ? parseWords(typed.text) : null,
      people.flatMap(({ value }) => personTerms(value)),
    );
    return { operators: { ...operators, ...(typed.number !== null && { number: typed.number }) }, words };
  }

  /** What somebody has just written is found at once, or, when that fails, as soon as the worker has come to it. */
  async begin(actor: Actor, words: SearchWords): Promise<SearchRun> {
    await this.indexer.little(LITTLE).then(
      () => this.failures.succeeded(),
      (error: unknown) => this.failures.failed(error),
    );
    const fields = visibleFields(isStaff(actor));
    const found = words.terms.length ? await this.lookup.find(words.terms) : null;
    const named = await this.named(words.terms, fields);
    return {
      find: (place, reach) => this.find(found, named, fields, place, reach),
      passing: (numbers) => this.texts.passing(actor, words, numbers),
      matches: (numbers) => this.texts.matches(actor, words, numbers),
    };
  }

  erase(tx: Transaction, ticketNumber: number): Promise<void> {
    return this.outbox.add(tx, SEARCH_JOBS, { erase: ticketNumber });
  }

  private async find(
    found: FoundWords | null,
    named: ReadonlySet<number>,
    fields: number,
    place: SearchPlace,
    reach: Reach,
  ): Promise<Hits> {
    if (place === 'number')
      return { hits: [...named].map((number) => ({ number, score: NUMBER_SCORE })).toReversed(), floor: 0 };
    if (!found) return { hits: [], floor: 0 };
    const { hits, floor } = await this.searcher.find(found, place, fields, reach);
    return { hits: hits.filter(({ number }) => !named.has(number)), floor };
  }

  /** Tickets whose own number is one of the terms, and that have all the others. */
  private async named(terms: readonly SearchTerm[], fields: number): Promise<Set<number>> {
    const named = new Set<number>();
    for (const term of terms) {
      if (term.number === null) continue;
      const others = terms.filter((other) => other !== term);
      if (!others.length || (await this.hasAll(term.number, others, fields))) named.add(term.number);
    }
    return named;
  }

  private async hasAll(number: number, terms: readonly SearchTerm[], fields: number): Promise<boolean> {
    const found = await this.lookup.find(terms);
    if (!found) return false;
    const reach: Reach = { below: null, floor: null, enough: 1, within: new Set([number]) };
    for (const place of ['subject', 'elsewhere'] as const)
      if ((await this.searcher.find(found, place, fields, reach)).hits.length) return true;
    return false;
  }
}
