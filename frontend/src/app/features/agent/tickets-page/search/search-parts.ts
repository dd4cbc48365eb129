import { PRIORITY_WORDS, STATUS_WORDS } from '../../../../domain/tickets/ticket-words';
import { TicketFilter, TicketListQuery } from '../../../../domain/tickets/tickets-api';
import { FilterName, ListAddress, ListChoice, queryOf } from '../ticket-view';

/** One part of what a list is narrowed by, and the list without it. */
export interface NarrowingPart {
  /** As the person would name it. */
  readonly words: string;
  /** What takes it out of the address. */
  readonly change: ListAddress;
  readonly queryWithout: TicketListQuery;
}

const TITLES: Readonly<Record<Exclude<FilterName, 'q'>, (filter: TicketFilter) => string>> = {
  status: ({ status = [] }) => `Status: ${status.map((each) => STATUS_WORDS[each]).join(', ')}`,
  priority: ({ priority = [] }) => `Priority: ${priority.map((each) => PRIORITY_WORDS[each]).join(', ')}`,
  category: () => 'Category',
  assignee: () => 'Assignee',
  requester: () => 'One customer',
  tag: ({ tag = [] }) => `Tag: ${tag.join(', ')}`,
  unread: () => 'Unread',
  needsReply: () => 'Needs reply',
  createdAfter: () => 'Created after',
  updatedAfter: () => 'Active after',
};

/** What a person chose beyond the view itself: each filter, and each word or operator of the search. */
export function narrowingParts(choice: ListChoice): NarrowingPart[] {
  const names = Object.keys(choice.filter) as FilterName[];
  return names.flatMap((name) =>
    name === 'q' ? wordsOf(choice) : [partOf(choice, name, '', TITLES[name](choice.filter))],
  );
}

/** Operators with their values, exact words in quotes, and single words. */
const PIECES = /[a-z]+:"[^"]*"?|"[^"]*"?|\S+/gi;

function wordsOf(choice: ListChoice): NarrowingPart[] {
  const pieces = choice.filter.q?.match(PIECES) ?? [];
  return pieces.map((piece, index) =>
    partOf(choice, 'q', pieces.filter((_, other) => other !== index).join(' '), piece),
  );
}

function partOf(choice: ListChoice, name: FilterName, value: string, words: string): NarrowingPart {
  const others: TicketFilter = Object.fromEntries(Object.entries(choice.filter).filter(([other]) => other !== name));
  const filter: TicketFilter = name === 'q' && value !== '' ? { ...others, q: value } : others;
  return { words, change: { [name]: value }, queryWithout: queryOf({ ...choice, filter }) };
}
