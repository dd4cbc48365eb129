import { Injectable } from '@nestjs/common';
import { isStaff, type Actor } from '../../access';
import { decodeCursor, encodeCursor, type CursorKey, type Page } from '../../common';
import { timeOf, type SqlTime } from '../../database';
import type { TicketListQuery } from '../dto/ticket-list-query.dto';
import { sortColumnOf, type Criteria } from '../lists/list-criteria';
import type { Order } from '../lists/list-sql';
import { TicketRows, type ListedTicket } from '../lists/ticket-rows';
import { FoundTickets, type BestPlace } from './found-tickets';
import { TicketSearch, type SearchRun, type SearchWords, type TicketMatch } from './ticket-search';

/** A ticket that a search found, with the line in which it did. */
export interface MatchedTicket extends ListedTicket {
  match?: TicketMatch;
}

interface NumbersPage {
  numbers: number[];
  next: CursorKey | null;
}

/** Pages of search results: by match, or in the order of a list. */
@Injectable()
export class TicketSearchPages {
  constructor(
    private readonly search: TicketSearch,
    private readonly found: FoundTickets,
    private readonly rows: TicketRows,
  ) {}

  /** When nothing has the signs of a search, they are left out, on this page and on all that follow. */
  async page(
    actor: Actor,
    query: TicketListQuery,
    words: SearchWords,
    criteria: Criteria,
  ): Promise<Page<MatchedTicket>> {
    const { cursor } = query;
    const listName = JSON.stringify(['found', isStaff(actor), { ...query, limit: undefined, cursor: undefined }]);
    const [loose, ...from] = cursor ? decodeCursor(cursor, listName) : [null];
    const first = loose === 1 ? (words.withoutSigns ?? words) : words;
    let asked = first;
    let run = await this.search.begin(actor, asked);
    let page = await this.numbers(actor, run, asked, criteria, query, from);
    if (!page.numbers.length && !page.next && !cursor && first.withoutSigns) {
      asked = first.withoutSigns;
      run = await this.search.begin(actor, asked);
      page = await this.numbers(actor, run, asked, criteria, query, from);
    }
    const isLoose = asked !== words ? 1 : 0;
    return {
      items: await this.shown(actor, run, page.numbers),
      nextCursor: page.next && encodeCursor([isLoose, ...page.next], listName),
    };
  }

  private numbers(
    actor: Actor,
    run: SearchRun,
    words: SearchWords,
    criteria: Criteria,
    { sort, limit }: TicketListQuery,
    from: CursorKey,
  ): Promise<NumbersPage> {
    if (sort === undefined) return this.best(run, words, criteria, from, limit);
    const [place, number] = from;
    return this.sorted(run, words, criteria, {
      column: sortColumnOf(actor, sort),
      direction: sort.startsWith('-') ? 'DESC' : 'ASC',
      limit: limit + 1,
      ...(from.length > 0 && { cursor: [typeof place === 'string' ? new Date(place) : Number(place), Number(number)] }),
    });
  }

  private async best(
    run: SearchRun,
    words: SearchWords,
    criteria: Criteria,
    from: CursorKey,
    limit: number,
  ): Promise<NumbersPage> {
    const start = from.length ? { from: placeIn(from) } : {};
    const { found, next } = await this.found.best(run, words, criteria, { ...start, limit: limit + 1 });
    const shown = found.slice(0, limit);
    const goOn = found.length > limit ? shown[limit - 1].at : next;
    return { numbers: shown.map(({ number }) => number), next: goOn && keyOf(goOn) };
  }

  private async sorted(run: SearchRun, words: SearchWords, criteria: Criteria, order: Order): Promise<NumbersPage> {
    const { found, next } = await this.found.sorted(run, words, criteria, order);
    const shown = found.slice(0, order.limit - 1);
    const goOn = found.length === order.limit ? shown[shown.length - 1] : next;
    return { numbers: shown.map(({ number }) => number), next: goOn && [placeKey(goOn.place), goOn.number] };
  }

  private async shown(actor: Actor, run: SearchRun, numbers: readonly number[]): Promise<MatchedTicket[]> {
    const [tickets, matches] = await Promise.all([this.rows.byNumber(actor.id, numbers), run.matches(numbers)]);
    return numbers.flatMap((number) => {
      const ticket = tickets.get(number);
      const match = matches.get(number);
      return ticket ? [{ ...ticket, ...(match && { match }) }] : [];
    });
  }
}

const keyOf = ({ place, below, floor, after }: BestPlace): CursorKey => [place, below, floor, ...(after ?? [])];

function placeIn([place, below, floor, ...after]: CursorKey): BestPlace {
  const [score, isActive, number] = after.map(Number);
  return {
    place: Number(place),
    below: below === null ? null : Number(below),
    floor: floor === null ? null : Number(floor),
    after: after.length ? [score, isActive, number] : null,
  };
}

const placeKey = (place: SqlTime | number): string | number =>
  typeof place === 'number' ? place : timeOf(place).toISOString();
