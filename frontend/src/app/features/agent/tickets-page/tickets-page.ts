import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  ElementRef,
  inject,
  untracked,
  viewChild,
  viewChildren,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import { NavigationEnd, Router, RouterLink, RouterOutlet } from '@angular/router';
import { filter, map, startWith } from 'rxjs';

import { Session } from '../../../core/session/session';
import { SteadyList } from '../../../domain/tickets/steady-list';
import { TicketListStore, TicketRow } from '../../../domain/tickets/ticket-list-store';
import { AppIcon } from '../../../shared/icon/app-icon';
import { Skeleton } from '../../../shared/skeleton/skeleton';
import { EmptyState } from '../../../shared/states/empty-state';
import { LoadError } from '../../../shared/states/load-error';
import { isTyping } from '../keys';
import { BulkBar } from './bulk/bulk-bar';
import { BulkRun } from './bulk/bulk-run';
import { TicketSelection } from './bulk/ticket-selection';
import { FilterBar } from './filter-bar';
import { LiveCounts } from './live-counts';
import { SavedViews } from './saved-views';
import { ShownList } from './shown-list';
import { SortMenu } from './sort-menu';
import { TicketClaims } from './ticket-claims';
import { TicketRowView } from './ticket-row';
import { hasFilters, queryOf } from './ticket-view';
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
    LoadError,
    MatButton,
    RouterLink,
    RouterOutlet,
    Skeleton,
    SortMenu,
    SteadyList,
    TicketRowView,
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
  private readonly rowViews = viewChildren(TicketRowView);
  private readonly bulkBar = viewChild<BulkBar>('bulkBar');
  private readonly search = viewChild.required<ElementRef<HTMLInputElement>>('search');

  protected readonly filtered = computed(() => hasFilters(this.shown.choice()));
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

  constructor() {
    effect(() => {
      if (this.shown.question() === null) return;
      untracked(() => {
        const choice = this.shown.choice();
        this.selection.clear();
        // What was just read would be gone before it was answered.
        this.list.show(queryOf(choice), { keepsDepartures: choice.filter.unread || choice.view === 'unread' });
      });
    });
  }

  protected pick({ ticket }: TicketRow, isRange: boolean): void {
    if (isRange) this.selection.extendTo(ticket.id);
    else this.selection.toggle(ticket.id);
  }

  protected keyed(event: KeyboardEvent): void {
    if (event.altKey || isTyping(event)) return;
    const at = this.focusedIndex();
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
      j: () => this.focusRow(at + 1),
      k: () => this.focusRow(at - 1),
      ArrowDown: row && (() => this.focusRow(at + 1)),
      ArrowUp: row && (() => this.focusRow(at - 1)),
      x: row && (() => this.selection.toggle(row.ticket.id)),
      i: row && !row.isStale && !row.ticket.assignee ? () => this.claims.claim(row.ticket) : undefined,
      z: this.run.canUndo() ? () => this.run.undo() : undefined,
      Escape: row && this.run.outcome() ? () => this.run.forget() : undefined,
      ']': this.step(1),
      '[': this.step(-1),
      c: () => void this.router.navigateByUrl('/agent/tickets/new'),
      '/': () => this.search().nativeElement.focus(),
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
    this.focusRow(to);
  }

  private focusRow(index: number): void {
    const last = this.rowViews().length - 1;
    if (last >= 0) this.rowViews()[Math.min(Math.max(index, 0), last)]?.focus();
  }

  private step(by: 1 | -1): KeyAction {
    const rows = this.list.rows();
    const at = rows.findIndex(({ ticket }) => ticket.id === this.openId());
    const next = rows[at + by];
    return at >= 0 && next ? () => void this.open(next.ticket.id) : undefined;
  }

  private focusedIndex(): number {
    const active = document.activeElement?.closest('app-ticket-row');
    return active ? [...document.querySelectorAll('app-ticket-row')].indexOf(active) : -1;
  }

  private open(ticketId: number): Promise<boolean> {
    return this.router.navigate(['/agent/tickets', ticketId], { queryParamsHandling: 'preserve' });
  }

  private idInAddress(): number | null {
    const id = /\/agent\/tickets\/(\d+)/.exec(this.router.url)?.[1];
    return id === undefined ? null : Number(id);
  }
}
