import { ChangeDetectionStrategy, Component, computed, effect, inject, untracked, viewChild } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router, RouterLink, RouterOutlet } from '@angular/router';
import { filter, map, startWith } from 'rxjs';

import { Session } from '../../../core/session/session';
import { SteadyList } from '../../../domain/tickets/steady-list';
import { TicketListStore } from '../../../domain/tickets/ticket-list-store';
import { TicketsAhead } from '../../../domain/tickets/tickets-ahead';
import { AppIcon } from '../../../shared/icon/app-icon';
import { EmptyState } from '../../../shared/states/empty-state';
import { isTyping } from '../../../shared/keys/is-typing';
import { BulkBar } from './bulk/bulk-bar';
import { BulkRun } from './bulk/bulk-run';
import { TicketSelection } from './bulk/ticket-selection';
import { FilterBar } from './filter-bar';
import { TicketList } from './list/ticket-list';
import { LiveCounts } from './live-counts';
import { SavedViews } from './saved-views';
import { FoundPeople } from './search/found-people';
import { SearchField } from './search/search-field';
import { ShownList } from './shown-list';
import { SortMenu } from './sort-menu';
import { TicketClaims } from './ticket-claims';
import { queryOf } from './ticket-view';
import { ViewBar } from './view-bar';
import { ViewNav } from './view-nav';

/** What a key does; undefined where it does nothing now. */
type KeyAction = (() => void) | undefined;

/** The lists of staff, and beside them the ticket that is open. The address names both. */
@Component({
  selector: 'app-tickets-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [
    AppIcon,
    BulkBar,
    EmptyState,
    FilterBar,
    FoundPeople,
    RouterLink,
    RouterOutlet,
    SearchField,
    SortMenu,
    SteadyList,
    TicketList,
    ViewBar,
    ViewNav,
  ],
  providers: [TicketListStore, SavedViews, ShownList, LiveCounts, TicketSelection, BulkRun, TicketClaims],
  templateUrl: './tickets-page.html',
  styleUrl: './tickets-page.scss',
  host: { '[class.has-ticket]': 'openId() !== null', '(document:keydown)': 'keyed($event)' },
})
export class TicketsPage {
  private readonly router = inject(Router);
  private readonly session = inject(Session);
  protected readonly list = inject(TicketListStore);
  protected readonly shown = inject(ShownList);
  protected readonly selection = inject(TicketSelection);
  protected readonly run = inject(BulkRun);
  protected readonly claims = inject(TicketClaims);
  protected readonly rows = viewChild.required(TicketList);
  private readonly bulkBar = viewChild<BulkBar>('bulkBar');
  private readonly search = viewChild.required(SearchField);

  /** Which list was shown last, whatever was searched for in it. */
  private lastWithoutWords = '';

  protected readonly hasWords = computed(() => this.shown.choice().filter.q !== undefined);
  protected readonly found = computed(() => {
    if (!this.list.hasLoaded() || this.list.isLoading()) return '';
    const count = this.list.rows().length;
    const words = this.list.hasMore() ? `${count}+` : count === 0 ? 'Nothing' : String(count);
    return `${words} found in ${this.shown.words().name}`;
  });
  protected readonly hasViewBar = computed(() => this.shown.choice().saved !== null || this.shown.choice().isChanged);
  protected readonly hasBulk = computed(
    () => this.selection.size() > 0 || this.run.progress() !== null || this.run.outcome() !== null,
  );
  protected readonly openId = toSignal(
    this.router.events.pipe(
      filter((event) => event instanceof NavigationEnd),
      map(() => this.idInAddress()),
      startWith(this.idInAddress()),
    ),
    { requireSync: true },
  );

  /** The tickets one step away from the open one; as text, so that they are fetched when they are others. */
  private readonly neighbours = computed(() => {
    const rows = this.list.rows();
    const at = rows.findIndex(({ ticket }) => ticket.id === this.openId());
    return at < 0 ? '' : [rows[at + 1], rows[at - 1]].flatMap((row) => row?.ticket.id ?? []).join();
  });

  constructor() {
    effect(() => {
      if (this.shown.question() === null) return;
      untracked(() => this.show());
    });
    const ahead = inject(TicketsAhead);
    effect(() => {
      const neighbours = this.neighbours().split(',').filter(Boolean).map(Number);
      untracked(() => ahead.fetch(neighbours));
    });
  }

  protected searchAll(): void {
    this.shown.change({ view: 'all' });
  }

  protected open(ticketId: number): void {
    void this.router.navigate(['/agent/tickets', ticketId], { queryParamsHandling: 'preserve' });
  }

  protected keyed(event: KeyboardEvent): void {
    if (event.altKey || isTyping(event)) return;
    const at = this.rows().focusedIndex();
    const action = event.ctrlKey || event.metaKey ? this.combinedActionOf(event, at) : this.actionOf(event, at);
    if (!action) return;
    event.preventDefault();
    action();
  }

  private actionOf(event: KeyboardEvent, at: number): KeyAction {
    if (event.shiftKey && at >= 0) {
      if (event.key === 'ArrowDown') return () => this.extend(at, at + 1);
      if (event.key === 'ArrowUp') return () => this.extend(at, at - 1);
    }
    const selected = this.selection.size() > 0 ? this.selectionActionOf(event.key) : undefined;
    return selected ?? this.listActionOf(event.key, at);
  }

  private listActionOf(key: string, at: number): KeyAction {
    const row = this.list.rows()[at];
    const actions: Readonly<Record<string, KeyAction>> = {
      j: () => this.rows().focusRow(at + 1),
      k: () => this.rows().focusRow(at - 1),
      ArrowDown: row && (() => this.rows().focusRow(at + 1)),
      ArrowUp: row && (() => this.rows().focusRow(at - 1)),
      x: row && (() => this.selection.toggle(row.ticket.id)),
      i: row && !row.isStale && !row.ticket.assignee ? () => this.claims.claim(row.ticket) : undefined,
      z: this.run.canUndo() ? () => this.run.undo() : undefined,
      Escape: row && this.run.outcome() ? () => this.run.forget() : undefined,
      ']': this.step(1),
      '[': this.step(-1),
      c: () => void this.router.navigateByUrl('/agent/tickets/new'),
      '/': () => this.search().focus(),
    };
    return actions[key];
  }

  /** While tickets are selected, the keys of one ticket mean all of them. */
  private selectionActionOf(key: string): KeyAction {
    const actions: Readonly<Record<string, KeyAction>> = {
      s: () => this.bulkBar()?.openStatus(),
      p: () => this.bulkBar()?.openPriority(),
      a: () => this.bulkBar()?.openAssignee(),
      l: () => this.bulkBar()?.openTags(),
      e: () => this.bulkBar()?.change({ status: 'resolved' }),
      i: () => this.bulkBar()?.change({ agentId: this.session.user()?.id }),
      Escape: () => this.selection.clear(),
    };
    return actions[key];
  }

  private combinedActionOf(event: KeyboardEvent, at: number): KeyAction {
    const isAll = event.key === 'a' && !event.shiftKey && (at >= 0 || this.openId() === null);
    return isAll ? () => this.selection.selectLoaded() : undefined;
  }

  private extend(from: number, to: number): void {
    const [start, end] = [this.list.rows()[from], this.list.rows()[to]];
    if (!start || !end) return;
    if (this.selection.size() === 0) this.selection.toggle(start.ticket.id);
    this.selection.extendTo(end.ticket.id);
    this.rows().focusRow(to);
  }

  private step(by: 1 | -1): KeyAction {
    const rows = this.list.rows();
    const at = rows.findIndex(({ ticket }) => ticket.id === this.openId());
    const next = rows[at + by]?.ticket.id;
    if (at < 0 || next === undefined) return undefined;
    return () => {
      if (at + 2 >= rows.length) this.list.loadMore();
      this.rows().reveal(next);
      this.open(next);
    };
  }

  private show(): void {
    const choice = this.shown.choice();
    const withoutWords = JSON.stringify([choice.view, choice.saved?.id, { ...choice.filter, q: undefined }]);
    this.selection.clear();
    this.list.show(queryOf(choice), {
      // What was just read would be gone before it was answered.
      keepsDepartures: choice.filter.unread || choice.view === 'unread',
      keepsRows: withoutWords === this.lastWithoutWords,
    });
    this.lastWithoutWords = withoutWords;
  }

  private idInAddress(): number | null {
    const id = /\/agent\/tickets\/(\d+)/.exec(this.router.url)?.[1];
    return id === undefined ? null : Number(id);
  }
}
