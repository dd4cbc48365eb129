import { Injectable } from '@nestjs/common';
import type { Actor } from '../../access';
import { Statements } from '../../database';
import type { Criteria } from '../lists/list-criteria';
import { isEverything } from '../lists/list-plan';
import type { Order } from '../lists/list-sql';
import { TicketFinder } from '../lists/ticket-finder';
import { SEARCH_PLACES, TicketSearch, type Hit, type SearchRun, type SearchWords } from './ticket-search';

/** So many hits are looked at together: among them the best come first. */
const WINDOW = 500;
/** No page looks through more windows; it is shorter then, and the next one goes on. */
const MOST_WINDOWS = 40;
/** A filter that finds no more than these tickets is asked before the words. */
const FEW = 1_000;
/** Texts of so many tickets are read at once to check them. */
const CHECKED = 25;
const MOST_CHECKED = 1_000;
/** Rows of a list that are looked at at once for those among the hits, and at most for a page. */
const STRIDES = [250, 1_000, 4_000, 16_000, 16_000];
const ACTIVE_RANK = 1;

/** How good a match is: its score, whether it is open, its number; higher is better in each. */
type Rank = readonly [score: number, isActive: number, number: number];

/** Where in the results of a search one stands. */
export interface BestPlace {
  /** Of `SEARCH_PLACES`. */
  place: number;
  below: number | null;
  /** The end of the window, once it is known. */
  floor: number | null;
  /** Of the last ticket that was taken. */
  after: Rank | null;
}

export interface Best {
  number: number;
  at: BestPlace;
}

export interface BestPage {
  found: Best[];
  /** Where to go on; null at the end. */
  next: BestPlace | null;
}

export interface Sorted {
  number: number;
  place: string | number | Date;
}

const START: BestPlace = { place: 0, below: null, floor: null, after: null };

/** Tickets that have the words of a search and pass a filter. The filter brings the rights of the reader. */
@Injectable()
export class FoundTickets {
  constructor(
    private readonly search: TicketSearch,
    private readonly finder: TicketFinder,
    private readonly statements: Statements,
  ) {}

  /** Best match first, open before closed at equal match, then the newest. Unchanged tickets come once each. */
  async best(
    run: SearchRun,
    words: SearchWords,
    criteria: Criteria,
    { from = START, limit }: { from?: BestPlace; limit: number },
  ): Promise<BestPage> {
    const within = await this.few(criteria);
    const found: Best[] = [];
    let checked = 0;
    let at: BestPlace | null = from;
    for (let windows = 0; at && windows < MOST_WINDOWS; windows += 1) {
      const here: BestPlace = at;
      const { hits, floor } = await run.find(SEARCH_PLACES[here.place], { ...here, enough: WINDOW, within });
      const ranked = (await this.ranked(criteria, hits)).filter((rank) => !here.after || isBetter(here.after, rank));
      const window: BestPlace = { ...here, floor };
      const size = words.checks.length ? CHECKED : ranked.length;
      for (let start = 0; start < ranked.length; start += size) {
        const part = ranked.slice(start, start + size);
        const passing = words.checks.length ? await run.passing(part.map(numberOf)) : null;
        for (const rank of part)
          if (passing?.has(numberOf(rank)) ?? true)
            found.push({ number: numberOf(rank), at: { ...window, after: rank } });
        checked += words.checks.length ? part.length : 0;
        if (found.length >= limit) return { found: found.slice(0, limit), next: found[limit - 1].at };
        if (checked >= MOST_CHECKED) return { found, next: { ...window, after: part[part.length - 1] } };
      }
      at = following(here, floor);
    }
    return { found, next: at };
  }

  /** In the order of a list, from a row of it on. */
  async sorted(
    run: SearchRun,
    words: SearchWords,
    criteria: Criteria,
    order: Order,
  ): Promise<{ found: Sorted[]; next: Sorted | null }> {
    const hits = await this.all(run, await this.few(criteria));
    const among = hits.size <= FEW ? { ...criteria, among: [...hits] } : criteria;
    const found: Sorted[] = [];
    let last: Sorted | null = null;
    for (const stride of STRIDES) {
      const cursor: Order['cursor'] = last ? [last.place, last.number] : order.cursor;
      const rows: Sorted[] = await this.rows(among, { ...order, limit: stride, cursor });
      const listed = rows.filter(({ number }) => hits.has(number));
      for (let start = 0; start < listed.length; start += CHECKED) {
        const part = listed.slice(start, start + CHECKED);
        const passing = words.checks.length ? await run.passing(part.map(({ number }) => number)) : null;
        for (const row of part) if (passing?.has(row.number) ?? true) found.push(row);
        if (found.length >= order.limit) return { found: found.slice(0, order.limit), next: found[order.limit - 1] };
      }
      if (rows.length < stride) return { found, next: null };
      last = rows[rows.length - 1];
    }
    return { found, next: last };
  }

  /** The numbers of the tickets, lowest first, of so many of the best. */
  async numbers(actor: Actor, words: SearchWords, criteria: Criteria, limit: number): Promise<number[]> {
    const run = await this.search.begin(actor, words);
    const numbers: number[] = [];
    for (let from: BestPlace | null = START; from && numbers.length < limit;) {
      const page: BestPage = await this.best(run, words, criteria, { from, limit: limit - numbers.length });
      numbers.push(...page.found.map(({ number }) => number));
      from = page.next;
    }
    if (!numbers.length && words.withoutSigns) return this.numbers(actor, words.withoutSigns, criteria, limit);
    return numbers.toSorted((a, b) => a - b);
  }

  /** The tickets that a filter finds when they are few, so that words need not be looked for in all others. */
  private async few(criteria: Criteria): Promise<ReadonlySet<number> | null> {
    if (isEverything(criteria)) return null;
    const rows = await this.rows(criteria, { column: 'number', direction: 'DESC', limit: FEW + 1 });
    return rows.length > FEW ? null : new Set(rows.map(({ number }) => number));
  }

  private async all(run: SearchRun, within: ReadonlySet<number> | null): Promise<Set<number>> {
    const numbers = new Set<number>();
    for (const place of SEARCH_PLACES) {
      const { hits } = await run.find(place, { below: null, floor: 0, enough: WINDOW, within });
      for (const { number } of hits) numbers.add(number);
    }
    return numbers;
  }

  /** The hits that pass the filter, best first. */
  private async ranked(criteria: Criteria, hits: readonly Hit[]): Promise<Rank[]> {
    if (!hits.length) return [];
    const scores = new Map(hits.map(({ number, score }) => [number, score]));
    const among = hits.map(({ number }) => number).filter((number) => criteria.among?.includes(number) ?? true);
    const rows = await this.rows(
      { ...criteria, among },
      { column: 'statusRank', direction: 'ASC', limit: hits.length },
    );
    return rows
      .map(({ number, place }): Rank => [scores.get(number) ?? 0, Number(place) <= ACTIVE_RANK ? 1 : 0, number])
      .toSorted((a, b) => (isBetter(a, b) ? -1 : 1));
  }

  private async rows(criteria: Criteria, order: Order): Promise<Sorted[]> {
    const sql = await this.finder.page(criteria, order);
    return sql ? this.statements.rows<Sorted>(sql.text, sql.values) : [];
  }
}

const numberOf = ([, , number]: Rank): number => number;

function isBetter(one: Rank, other: Rank): boolean {
  const at = one.findIndex((value, index) => value !== other[index]);
  return at >= 0 && one[at] > other[at];
}

function following({ place }: BestPlace, floor: number): BestPlace | null {
  if (floor > 0) return { place, below: floor, floor: null, after: null };
  return place + 1 < SEARCH_PLACES.length ? { ...START, place: place + 1 } : null;
}
