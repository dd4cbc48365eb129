import { TicketPriority, TicketStatus } from '../../../core/api/models';
import { TICKET_PRIORITIES, TICKET_STATUSES } from '../../../domain/tickets/ticket-words';
import { TicketListQuery } from '../../../domain/tickets/tickets-api';

export type TicketView = 'mine' | 'queue' | 'all';

export interface ViewWords {
  readonly name: string;
  /** Said when the list is empty without any filter. */
  readonly empty: string;
  readonly emptyHint: string;
}

export const TICKET_VIEWS: readonly TicketView[] = ['mine', 'queue', 'all'];

export const VIEW_WORDS: Readonly<Record<TicketView, ViewWords>> = {
  mine: { name: 'Mine', empty: 'Nothing is waiting for you.', emptyHint: 'Claim a ticket from the queue to begin.' },
  queue: { name: 'Queue', empty: 'Nobody is waiting.', emptyHint: 'New tickets appear here by themselves.' },
  all: { name: 'All', empty: 'There are no tickets yet.', emptyHint: 'They appear here as customers write.' },
};

export const SORT_WORDS = {
  '-updatedAt': 'Last activity',
  '-createdAt': 'Newest first',
  createdAt: 'Oldest first',
  '-priority': 'Most urgent first',
  priority: 'Least urgent first',
} as const;

export type TicketSort = keyof typeof SORT_WORDS;

/** What the address names: every part optional, everything unknown in it ignored. */
export interface ListAddress {
  readonly view?: string;
  readonly status?: string;
  readonly priority?: string;
  readonly category?: string;
  readonly assignee?: string;
  readonly sort?: string;
  readonly q?: string;
}

/** The list that the address means, with its defaults filled in. */
export interface ListChoice {
  readonly view: TicketView;
  readonly status: readonly TicketStatus[];
  readonly priority: readonly TicketPriority[];
  readonly category: readonly string[];
  readonly assignee: string | null;
  readonly sort: TicketSort;
  readonly q: string;
}

export function choiceOf(address: ListAddress): ListChoice {
  const view = TICKET_VIEWS.find((known) => known === address.view) ?? 'queue';
  return {
    view,
    status: known(address.status, TICKET_STATUSES),
    priority: known(address.priority, TICKET_PRIORITIES),
    category: listOf(address.category),
    assignee: view === 'all' ? address.assignee || null : null,
    sort: isSort(address.sort) ? address.sort : defaultSort(view),
    q: address.q?.trim() ?? '',
  };
}

/** What is asked of the server. Mine and Queue are about what still waits, unless a status was chosen. */
export function queryOf(choice: ListChoice): TicketListQuery {
  const { view, status, priority, category, sort, q } = choice;
  const waiting: readonly TicketStatus[] = view === 'all' ? [] : ['open', 'in_progress'];
  return {
    status: status.length > 0 ? status : waiting,
    priority,
    category,
    sort,
    assignee: view === 'mine' ? 'me' : view === 'queue' ? 'none' : (choice.assignee ?? undefined),
    q: q || undefined,
  };
}

export function hasFilters({ status, priority, category, assignee, q }: ListChoice): boolean {
  return status.length + priority.length + category.length > 0 || assignee !== null || q !== '';
}

/** Those who wait longest stand first in the queue only when asked for; new ones are what one looks out for. */
function defaultSort(view: TicketView): TicketSort {
  return view === 'queue' ? '-createdAt' : '-updatedAt';
}

function isSort(value: string | undefined): value is TicketSort {
  return value !== undefined && value in SORT_WORDS;
}

function known<Value extends string>(list: string | undefined, all: readonly Value[]): Value[] {
  const asked = listOf(list);
  return all.filter((value) => asked.includes(value));
}

function listOf(list: string | undefined): string[] {
  return list ? list.split(',').filter(Boolean) : [];
}
