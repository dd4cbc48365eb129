import { DestroyRef, Injectable, Signal, computed, effect, inject, signal, untracked } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { EMPTY, Observable, Subscription, expand, last, map, scan } from 'rxjs';

import { PushedTicketSummary, TicketSummary } from '../../core/api/models';
import { Session } from '../../core/session/session';
import { RealtimeConnection } from '../../core/socket/realtime-connection';
import { Problem, toProblem } from '../../shared/problems/problem';
import { TicketListQuery, TicketPage, TicketsApi } from './tickets-api';
import { matchesQuery } from './ticket-matching';

export interface TicketRow {
  readonly ticket: TicketSummary;
  /** No longer belongs into this list; it stays, dimmed, until the list may move. */
  readonly isStale: boolean;
}

export interface TicketListOptions {
  /** Rows that no longer match stay, dimmed, until the person moves on; else they go as soon as the hand is off. */
  readonly keepsDepartures?: boolean;
  /** The rows of the former list stay until the answer is there: it asks the same with a few letters more. */
  readonly keepsRows?: boolean;
}

const FIRST_PAGE = 25;
const LARGEST_PAGE = 100;
/** Whoever scrolled further keeps the rows below these as they are. */
const MOST_REFRESHED = 1_000;
const SETTLE_MS = 300;
const POLL_MS = 15_000;

/**
 * A list of tickets that keeps itself current without ever moving rows under the hand: changes are applied in place;
 * arrivals and departures wait behind "3 new" while a pointer, finger or focus rests on the list, and are taken in at
 * once when none does. Provide it on the list's component and give it the query once with `show`.
 */
@Injectable()
export class TicketListStore {
  private readonly api = inject(TicketsApi);
  private readonly session = inject(Session);
  private readonly connection = inject(RealtimeConnection);

  private readonly query = signal<TicketListQuery | null>(null);
  private readonly rowsShown = signal<readonly TicketRow[]>([]);
  private readonly arrived = signal<ReadonlySet<number>>(new Set());
  private readonly cursor = signal<string | null>(null);
  private readonly failure = signal<Problem | null>(null);
  private readonly isLoaded = signal(false);
  private readonly isBusy = signal(false);
  private readonly isHandOn = signal(false);
  private keepsDepartures = false;
  private fetching: Subscription | null = null;
  private unreadTimer: ReturnType<typeof setTimeout> | undefined;
  private settleTimer: ReturnType<typeof setTimeout> | undefined;

  readonly rows = this.rowsShown.asReadonly();
  /** Whether there was an answer to the current query; before it, show a skeleton. */
  readonly hasLoaded = this.isLoaded.asReadonly();
  /** A page is on its way; what is shown stays. */
  readonly isLoading = this.isBusy.asReadonly();
  /** Why the last load failed. Rows loaded earlier stay. */
  readonly error = this.failure.asReadonly();
  readonly hasMore = computed(() => this.cursor() !== null);
  /** How many tickets wait behind the "new" button. */
  readonly newCount: Signal<number> = computed(() => this.arrived().size);

  constructor() {
    this.connection
      .on('ticket:changed')
      .pipe(takeUntilDestroyed())
      .subscribe(({ summary }) => this.take(summary));
    this.connection
      .on('ticket:removed')
      .pipe(takeUntilDestroyed())
      .subscribe(({ ticketId }) => this.drop(ticketId));
    this.connection
      .on('unread')
      .pipe(takeUntilDestroyed())
      .subscribe(() => this.refreshUnreadSoon());
    this.connection.connected.pipe(takeUntilDestroyed()).subscribe(() => this.isLoaded() && this.refresh());
    effect((onCleanup) => {
      if (!this.connection.isLost()) return;
      const polling = setInterval(() => this.refresh(), POLL_MS);
      onCleanup(() => clearInterval(polling));
    });
    inject(DestroyRef).onDestroy(() => this.stop());
  }

  /** Shows another list. The rows of the former one go, unless `keepsRows`. */
  show(query: TicketListQuery, options: TicketListOptions = {}): void {
    this.query.set(query);
    this.keepsDepartures = options.keepsDepartures ?? false;
    this.arrived.set(new Set());
    this.cursor.set(null);
    if (!options.keepsRows) {
      this.rowsShown.set([]);
      this.isLoaded.set(false);
    }
    this.fetch(FIRST_PAGE, () => []);
  }

  /** Loads again what is shown, arrivals included; rows may move. */
  refresh(): void {
    const wanted = Math.max(this.rowsShown().length + this.newCount(), FIRST_PAGE);
    this.fetch(Math.min(wanted, MOST_REFRESHED), (head) => rowsBelow(head, this.rowsShown()));
  }

  loadMore(): void {
    const [query, cursor] = [this.query(), this.cursor()];
    if (!query || cursor === null || this.isBusy()) return;
    this.load(this.api.page({ ...query, limit: LARGEST_PAGE }, cursor), (page) => {
      const known = new Set(this.rowsShown().map(({ ticket }) => ticket.id));
      this.cursor.set(page.nextCursor);
      this.rowsShown.update((rows) => [...rows, ...fresh(page.rows.filter(({ id }) => !known.has(id)))]);
    });
  }

  /** Told by the list's element: while the hand is on it, rows stay where they are. */
  setHandOn(isOn: boolean): void {
    this.isHandOn.set(isOn);
    if (!isOn) this.settleSoon();
  }

  /** Takes in what the person just did, without waiting for the push. */
  take(summary: PushedTicketSummary | TicketSummary): void {
    const query = this.query();
    if (!query) return;
    const row = this.rowsShown().find(({ ticket }) => ticket.id === summary.id);
    const belongs = matchesQuery(summary, query, this.session.user()?.id ?? null);
    if (row) this.change(row, summary, belongs);
    else if (belongs && !query.q && !query.unread) this.arrive(summary.id);
    else this.forgetArrival(summary.id);
  }

  private change(row: TicketRow, summary: PushedTicketSummary, belongs: boolean): void {
    const ticket: TicketSummary = { ...row.ticket, ...summary, unread: this.unreadAfter(row.ticket, summary) };
    this.rowsShown.update((rows) =>
      rows.map((other) => (other.ticket.id === ticket.id ? { ticket, isStale: !belongs } : other)),
    );
    if (!belongs) this.settleSoon();
    if (summary.lastMessage?.at !== row.ticket.lastMessage?.at) this.refreshUnreadSoon();
  }

  /** Pushes carry no count; a customer's row shows the dot at once, and the count follows from the server. */
  private unreadAfter(before: TicketSummary, after: PushedTicketSummary): number {
    if (after.unread !== undefined) return after.unread;
    const isNews = after.lastMessage !== null && after.lastMessage.at !== before.lastMessage?.at;
    const byOthers = after.lastMessage?.author.id !== this.session.user()?.id;
    return isNews && byOthers && !this.session.isStaff() ? before.unread + 1 : before.unread;
  }

  private arrive(ticketId: number): void {
    this.arrived.update((ids) => new Set(ids).add(ticketId));
    this.settleSoon();
  }

  private forgetArrival(ticketId: number): void {
    if (!this.arrived().has(ticketId)) return;
    this.arrived.update((ids) => new Set([...ids].filter((id) => id !== ticketId)));
  }

  private drop(ticketId: number): void {
    this.forgetArrival(ticketId);
    this.rowsShown.update((rows) =>
      rows.map((row) => (row.ticket.id === ticketId ? { ticket: row.ticket, isStale: true } : row)),
    );
    this.settleSoon();
  }

  /** Lets the list take its true form as soon as nobody's hand is on it. */
  private settleSoon(): void {
    clearTimeout(this.settleTimer);
    this.settleTimer = setTimeout(() => {
      const hasDepartures = !this.keepsDepartures && this.rowsShown().some(({ isStale }) => isStale);
      const isUnsettled = this.newCount() > 0 || hasDepartures;
      const nothingCanMove = this.rowsShown().length === 0 || !this.isHandOn();
      if (isUnsettled && nothingCanMove) this.refresh();
    }, SETTLE_MS);
  }

  /** @param below which rows stay under those that are fetched, when there may be more of them */
  private fetch(count: number, below: (head: readonly TicketSummary[]) => readonly TicketRow[]): void {
    const query = this.query();
    if (!query) return;
    const awaited = this.arrived();
    this.load(this.head(query, count), ({ rows, nextCursor }) => {
      const kept = nextCursor === null ? [] : below(rows);
      if (kept.length === 0) this.cursor.set(nextCursor);
      this.rowsShown.set([...fresh(rows), ...kept]);
      this.arrived.update((ids) => new Set([...ids].filter((id) => !awaited.has(id))));
      this.isLoaded.set(true);
    });
  }

  /** The first rows of the list, page by page, told once they are together. */
  private head(query: TicketListQuery, count: number): Observable<TicketPage> {
    const limit = Math.min(count, LARGEST_PAGE);
    let asked = limit;
    return this.api.page({ ...query, limit }).pipe(
      expand(({ nextCursor }) => {
        if (nextCursor === null || asked >= count) return EMPTY;
        asked += limit;
        return this.api.page({ ...query, limit }, nextCursor);
      }),
      scan((all, page) => ({ ...page, rows: [...all.rows, ...page.rows] })),
      last(),
      map(({ rows, nextCursor }) => ({ rows: unique(rows), nextCursor })),
    );
  }

  private load(pages: Observable<TicketPage>, accept: (page: TicketPage) => void): void {
    this.fetching?.unsubscribe();
    this.isBusy.set(true);
    this.failure.set(null);
    this.fetching = pages.subscribe({
      next: (page) => {
        this.isBusy.set(false);
        accept(page);
      },
      error: (error: unknown) => {
        this.isBusy.set(false);
        this.failure.set(toProblem(error));
      },
    });
  }

  /** One small request tells the unread counts of all rows, however many marks moved on whatever device. */
  private refreshUnreadSoon(): void {
    clearTimeout(this.unreadTimer);
    this.unreadTimer = setTimeout(() => untracked(() => this.refreshUnread()), SETTLE_MS);
  }

  private refreshUnread(): void {
    const query = this.query();
    const isUnreadList = query?.unread === true;
    if (!query || (this.rowsShown().length === 0 && !isUnreadList)) return;
    this.api.page({ ...(isUnreadList && query), unread: true, limit: LARGEST_PAGE }).subscribe({
      next: (page) => this.takeUnread(page, isUnreadList),
      // The next push or reconnect asks again; the rows stay usable meanwhile.
      error: () => undefined,
    });
  }

  private takeUnread({ rows, nextCursor }: TicketPage, isUnreadList: boolean): void {
    const counts = new Map(rows.map(({ id, unread }) => [id, unread]));
    const isComplete = nextCursor === null;
    this.rowsShown.update((shown) =>
      shown.map((row) => {
        const unread = counts.get(row.ticket.id) ?? (isComplete ? 0 : row.ticket.unread);
        return withUnread(row, unread, isUnreadList ? unread === 0 : row.isStale);
      }),
    );
    if (!isUnreadList) return;
    const shown = new Set(this.rowsShown().map(({ ticket }) => ticket.id));
    // Beyond the loaded rows there may be more that are no news.
    const firstOld = this.hasMore() ? rows.findIndex(({ id }) => shown.has(id)) : rows.length;
    for (const { id } of rows.slice(0, firstOld)) if (!shown.has(id)) this.arrive(id);
    this.settleSoon();
  }

  private stop(): void {
    this.fetching?.unsubscribe();
    clearTimeout(this.unreadTimer);
    clearTimeout(this.settleTimer);
  }
}

function fresh(tickets: readonly TicketSummary[]): TicketRow[] {
  return tickets.map((ticket) => ({ ticket, isStale: false }));
}

/** A ticket that moved while the pages were fetched stands in two of them. */
function unique(tickets: readonly TicketSummary[]): TicketSummary[] {
  return [...new Map(tickets.map((ticket) => [ticket.id, ticket])).values()];
}

/** What was shown below the last of these. */
function rowsBelow(head: readonly TicketSummary[], shown: readonly TicketRow[]): readonly TicketRow[] {
  const ids = new Set(head.map(({ id }) => id));
  const end = shown.findLastIndex(({ ticket }) => ids.has(ticket.id));
  return end < 0 ? [] : shown.slice(end + 1).filter(({ ticket }) => !ids.has(ticket.id));
}

function withUnread(row: TicketRow, unread: number, isStale: boolean): TicketRow {
  if (row.ticket.unread === unread && row.isStale === isStale) return row;
  return { isStale, ticket: { ...row.ticket, unread } };
}
