import { ChangeDetectionStrategy, Component, computed, effect, inject, untracked, viewChild } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router, RouterLink, RouterOutlet } from '@angular/router';
import { filter, map, startWith } from 'rxjs';

import { CommandActions, Commands } from '../../../core/commands/commands';
import { Session } from '../../../core/session/session';
import { SteadyList } from '../../../domain/tickets/steady-list';
import { TicketListStore } from '../../../domain/tickets/ticket-list-store';
import { TicketsAhead } from '../../../domain/tickets/tickets-ahead';
import { AppIcon } from '../../../shared/icon/app-icon';
import { EmptyState } from '../../../shared/states/empty-state';
import { DeskArrangement } from '../desk-arrangement';
import { BulkBar } from './bulk/bulk-bar';
import { BulkRun } from './bulk/bulk-run';
import { TicketSelection } from './bulk/ticket-selection';
import { FilterBar } from './filter-bar';
import { TicketList } from './list/ticket-list';
import { LiveCounts } from './live-counts';
import { SavedViews } from './saved-views';
import { FirstSteps } from './first-steps';
import { FoundPeople } from './search/found-people';
import { SearchField } from './search/search-field';
import { ShownList } from './shown-list';
import { SortMenu } from './sort-menu';
import { TicketClaims } from './ticket-claims';
import { queryOf } from './ticket-view';
import { ViewBar } from './view-bar';
import { ViewNav } from './view-nav';

/** The lists of staff, and beside them the ticket that is open. The address names both. */
@Component({
  selector: 'app-tickets-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [
    AppIcon,
    BulkBar,
    EmptyState,
    FilterBar,
    FirstSteps,
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
  host: { '[class.has-ticket]': 'openId() !== null' },
})
export class TicketsPage {
  private readonly router = inject(Router);
  private readonly session = inject(Session);
  protected readonly list = inject(TicketListStore);
  protected readonly shown = inject(ShownList);
  protected readonly selection = inject(TicketSelection);
  protected readonly run = inject(BulkRun);
  protected readonly claims = inject(TicketClaims);
  protected readonly rows = viewChild(TicketList);
  private readonly bulkBar = viewChild<BulkBar>('bulkBar');
  private readonly search = viewChild(SearchField);

  /** Which list was shown last, whatever was searched for in it. */
  private lastWithoutWords = '';

  private readonly desk = inject(DeskArrangement);
  protected readonly wantsFirstSteps = computed(() => this.desk.wantsHint('first-steps'));
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
    inject(Commands).offer(() => this.actions());
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

  /** What can be done in the list now. */
  private actions(): CommandActions {
    return { ...this.selectionActions(), ...this.rowActions(), ...this.listActions() };
  }

  /** While tickets are selected, the keys of one ticket mean all of them. */
  private selectionActions(): CommandActions {
    if (this.selection.size() === 0) return {};
    return {
      'selection.status': () => this.bulkBar()?.openStatus(),
      'selection.priority': () => this.bulkBar()?.openPriority(),
      'selection.assign': () => this.bulkBar()?.openAssignee(),
      'selection.tags': () => this.bulkBar()?.openTags(),
      'selection.resolve': () => this.bulkBar()?.change({ status: 'resolved' }),
      'selection.claim': () => this.bulkBar()?.change({ agentId: this.session.user()?.id }),
      'selection.clear': () => this.selection.clear(),
    };
  }

  private rowActions(): CommandActions {
    const at = this.rows()?.focusedIndex() ?? -1;
    const row = this.list.rows()[at];
    const whenFocused = (action: () => void): (() => void) | undefined => (row ? action : undefined);
    return {
      'row.claim': row && !row.isStale && !row.ticket.assignee ? () => this.claims.claim(row.ticket) : undefined,
      'row.menu': whenFocused(() => this.rows()?.openMenu()),
      'list.select': row && (() => this.selection.toggle(row.ticket.id)),
      'list.extend-down': whenFocused(() => this.extend(at, at + 1)),
      'list.extend-up': whenFocused(() => this.extend(at, at - 1)),
      'list.down': whenFocused(() => this.rows()?.focusRow(at + 1)),
      'list.up': whenFocused(() => this.rows()?.focusRow(at - 1)),
      'list.select-all': row || this.openId() === null ? () => this.selection.selectLoaded() : undefined,
      'outcome.close': row && this.run.outcome() ? () => this.run.forget() : undefined,
      'list.next': () => this.rows()?.focusRow(at + 1),
      'list.previous': () => this.rows()?.focusRow(at - 1),
    };
  }

  private listActions(): CommandActions {
    return {
      'list.open': undefined,
      'list.undo': this.run.canUndo() ? () => this.run.undo() : undefined,
      'list.refresh': () => this.list.refresh(),
      'ticket.next': this.step(1),
      'ticket.previous': this.step(-1),
      search: () => this.search()?.focus(),
    };
  }

  private extend(from: number, to: number): void {
    const [start, end] = [this.list.rows()[from], this.list.rows()[to]];
    if (!start || !end) return;
    if (this.selection.size() === 0) this.selection.toggle(start.ticket.id);
    this.selection.extendTo(end.ticket.id);
    this.rows()?.focusRow(to);
  }

  private step(by: 1 | -1): (() => void) | undefined {
    const rows = this.list.rows();
    const at = rows.findIndex(({ ticket }) => ticket.id === this.openId());
    const next = rows[at + by]?.ticket.id;
    if (at < 0 || next === undefined) return undefined;
    return () => {
      if (at + 2 >= rows.length) this.list.loadMore();
      this.rows()?.reveal(next);
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
