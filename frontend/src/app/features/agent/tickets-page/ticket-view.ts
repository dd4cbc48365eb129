import { SavedView, TicketSort } from '../../../core/api/models';
import { TICKET_PRIORITIES, TICKET_STATUSES } from '../../../domain/tickets/ticket-words';
import { TicketFilter, TicketListQuery } from '../../../domain/tickets/tickets-api';

/** The lists that everybody has. */
export type BuiltInView = 'mine' | 'queue' | 'needs-reply' | 'unread' | 'all';

export interface ViewWords {
  readonly name: string;
  /** Said when the list is empty without any filter. */
  readonly empty: string;
  readonly emptyHint: string;
}

export const BUILT_IN_VIEWS: readonly BuiltInView[] = ['mine', 'queue', 'needs-reply', 'unread', 'all'];

export const VIEW_WORDS: Readonly<Record<BuiltInView, ViewWords>> = {
  mine: { name: 'Mine', empty: 'Nothing is waiting for you.', emptyHint: 'Claim a ticket from the queue to begin.' },
  queue: { name: 'Queue', empty: 'Nobody is waiting.', emptyHint: 'New tickets appear here by themselves.' },
  'needs-reply': {
    name: 'Needs reply',
    empty: 'Every customer has an answer.',
    emptyHint: 'A ticket comes back here when its customer writes.',
  },
  unread: {
    name: 'Unread',
    empty: 'You have read everything.',
    emptyHint: 'This is about tickets you hold, follow or have written in.',
  },
  all: { name: 'All', empty: 'There are no tickets yet.', emptyHint: 'They appear here as customers write.' },
};

const SAVED_VIEW_EMPTY = { empty: 'Nothing is in this view.', emptyHint: 'Tickets that fit it appear by themselves.' };

export const SORT_WORDS: Readonly<Record<TicketSort, string>> = {
  '-updatedAt': 'Last activity',
  updatedAt: 'Quiet for longest',
  '-createdAt': 'Newest first',
  createdAt: 'Oldest first',
  '-priority': 'Most urgent first',
  priority: 'Least urgent first',
  status: 'Open first',
  '-status': 'Closed first',
};

/** What the address names: every part optional, everything unknown in it ignored. Empty: not the filter of the view. */
export type ListAddress = Readonly<Partial<Record<'view' | 'sort' | FilterName, string>>>;

export type FilterName = keyof TicketFilter;

/** The list that the address means, with its defaults filled in. */
export interface ListChoice {
  /** Null for a saved one. */
  readonly view: BuiltInView | null;
  readonly saved: SavedView | null;
  /** What is filtered by beyond what a built-in view means anyway. */
  readonly filter: TicketFilter;
  /** Null for the best match first, which only words have. */
  readonly sort: TicketSort | null;
  /** It shows something else than the view by itself would. */
  readonly isChanged: boolean;
}

export const isBuiltIn = (view: string | undefined): view is BuiltInView =>
  BUILT_IN_VIEWS.some((known) => known === view);

/** Whether an address names a saved view, rather than one that everybody has. */
export const isSavedViewId = (view: string | undefined): view is string =>
  /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(view ?? '');

/** @param saved the one whose id the address names, if it does */
export function choiceOf(address: ListAddress, saved: SavedView | null = null): ListChoice {
  const view = saved ? null : isBuiltIn(address.view) ? address.view : 'queue';
  const own = saved ? given(saved.filter) : {};
  const filter = given({ ...own, ...filterIn(address, view) });
  const ownSort = saved?.sort ?? defaultSort(view);
  const sort = isSort(address.sort) ? address.sort : filter.q && filter.q !== own.q ? null : ownSort;
  return { view, saved, filter, sort, isChanged: sort !== ownSort || !isSameFilter(filter, own) };
}

/** What is asked of the server. Mine and Queue are about what still waits, unless a status was chosen. */
export const queryOf = (choice: ListChoice): TicketListQuery => ({
  ...wholeFilterOf(choice),
  ...(choice.sort && { sort: choice.sort }),
});

/** The order under which a view is saved: it always has one. */
export const savedSortOf = ({ sort, saved, view }: ListChoice): TicketSort => sort ?? saved?.sort ?? defaultSort(view);

/** All that the list is filtered by, as a view of its own would keep it. */
export const wholeFilterOf = ({ view, filter }: ListChoice): TicketFilter => ({ ...meaningOf(view), ...filter });

export const wordsOf = ({ view, saved }: ListChoice): ViewWords =>
  saved ? { name: saved.name, ...SAVED_VIEW_EMPTY } : VIEW_WORDS[view ?? 'queue'];

/** Those filters that the view fixes can't be chosen in it. */
export const isFixed = (view: BuiltInView | null, name: FilterName): boolean =>
  name !== 'status' && meaningOf(view)[name] !== undefined;

/** The part of the address that leads from the view by itself to this filter: null takes a part away. */
export function changeOfAddress(choice: ListChoice, change: ListAddress): Record<string, string | null> {
  const own: TicketFilter = choice.saved?.filter ?? {};
  const entries = Object.entries(change).map(([name, value]) => {
    const before = name === 'sort' || name === 'view' ? '' : textOf(own[name as FilterName]);
    return [name, value === before ? null : value];
  });
  return Object.fromEntries(entries) as Record<string, string | null>;
}

const FILTER_NAMES: readonly FilterName[] = [
  'status',
  'priority',
  'category',
  'assignee',
  'requester',
  'tag',
  'q',
  'unread',
  'needsReply',
  'createdAfter',
  'updatedAfter',
];

/** Takes away all that the address says beyond the view. */
export const nothingButTheView = (): Record<string, null> =>
  Object.fromEntries([...FILTER_NAMES, 'sort'].map((name) => [name, null]));

/** Takes away every filter, those of a saved view too. */
export const noFilters = (choice: ListChoice): Record<string, string | null> =>
  changeOfAddress(choice, Object.fromEntries(FILTER_NAMES.map((name) => [name, ''])));

export const hasFilters = ({ filter }: ListChoice): boolean => Object.keys(filter).length > 0;

/** What a built-in view means. */
function meaningOf(view: BuiltInView | null): TicketFilter {
  switch (view) {
    case 'mine':
      return { assignee: 'me', status: ['open', 'in_progress'] };
    case 'queue':
      return { assignee: 'none', status: ['open', 'in_progress'] };
    case 'needs-reply':
      return { needsReply: true };
    case 'unread':
      return { unread: true };
    default:
      return {};
  }
}

/** New ones are what one looks out for in the queue; those who wait longest stand first only when asked for. */
const defaultSort = (view: BuiltInView | null): TicketSort => (view === 'queue' ? '-createdAt' : '-updatedAt');

const isSort = (value: string | undefined): value is TicketSort => value !== undefined && value in SORT_WORDS;

function filterIn(address: ListAddress, view: BuiltInView | null): TicketFilter {
  const named = FILTER_NAMES.filter((name) => address[name] !== undefined && !isFixed(view, name));
  return Object.fromEntries(named.map((name) => [name, valueOf(name, address[name] ?? '')]));
}

function valueOf(name: FilterName, text: string): TicketFilter[FilterName] {
  switch (name) {
    case 'status':
      return TICKET_STATUSES.filter((status) => listOf(text).includes(status));
    case 'priority':
      return TICKET_PRIORITIES.filter((priority) => listOf(text).includes(priority));
    case 'category':
    case 'tag':
      return listOf(text);
    case 'unread':
    case 'needsReply':
      return text === 'true' ? true : text === 'false' ? false : undefined;
    case 'createdAfter':
    case 'updatedAfter':
      return Number.isNaN(Date.parse(text)) ? undefined : text;
    default:
      return text.trim();
  }
}

/** Without the parts that filter nothing. */
function given(filter: TicketFilter): TicketFilter {
  const names = FILTER_NAMES.filter((name) => textOf(filter[name]) !== '');
  return Object.fromEntries(names.map((name) => [name, filter[name]]));
}

const isSameFilter = (one: TicketFilter, other: TicketFilter): boolean =>
  FILTER_NAMES.every((name) => sortedTextOf(one[name]) === sortedTextOf(other[name]));

const sortedTextOf = (value: TicketFilter[FilterName]): string =>
  textOf(typeof value === 'object' ? [...value].sort() : value);

const textOf = (value: TicketFilter[FilterName]): string =>
  typeof value === 'object' ? value.join(',') : String(value ?? '');

const listOf = (list: string): string[] => list.split(',').filter(Boolean);
