import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  ElementRef,
  inject,
  signal,
  untracked,
  viewChild,
  viewChildren,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import { NavigationEnd, Router, RouterLink, RouterOutlet } from '@angular/router';
import { filter, finalize, map, startWith } from 'rxjs';

import { TicketSummary, UserRef } from '../../../core/api/models';
import { Notices } from '../../../core/problems/notices';
import { ProblemNotifier } from '../../../core/problems/problem-notifier';
import { SteadyList } from '../../../domain/tickets/steady-list';
import { TicketListStore, TicketRow } from '../../../domain/tickets/ticket-list-store';
import { TicketsApi } from '../../../domain/tickets/tickets-api';
import { AppIcon } from '../../../shared/icon/app-icon';
import { toProblem } from '../../../shared/problems/problem';
import { Skeleton } from '../../../shared/skeleton/skeleton';
import { EmptyState } from '../../../shared/states/empty-state';
import { LoadError } from '../../../shared/states/load-error';
import { isTyping } from '../keys';
import { FilterBar } from './filter-bar';
import { LiveCounts } from './live-counts';
import { SavedViews } from './saved-views';
import { ShownList } from './shown-list';
import { SortMenu } from './sort-menu';
import { TicketRowView } from './ticket-row';
import { hasFilters, queryOf } from './ticket-view';
import { ViewBar } from './view-bar';
import { ViewNav } from './view-nav';

/** The lists of staff, and beside them the ticket that is open. The address names both. */
@Component({
  selector: 'app-tickets-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [
    AppIcon,
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
  providers: [TicketListStore, SavedViews, ShownList, LiveCounts],
  templateUrl: './tickets-page.html',
  styleUrl: './tickets-page.scss',
  host: { '[class.has-ticket]': 'openId() !== null', '(document:keydown)': 'keyed($event)' },
})
export class TicketsPage {
  private readonly router = inject(Router);
  private readonly ticketsApi = inject(TicketsApi);
  private readonly notices = inject(Notices);
  private readonly problems = inject(ProblemNotifier);
  protected readonly list = inject(TicketListStore);
  protected readonly shown = inject(ShownList);
  private readonly counts = inject(LiveCounts);
  private readonly rowViews = viewChildren(TicketRowView);
  private readonly search = viewChild.required<ElementRef<HTMLInputElement>>('search');

  protected readonly filtered = computed(() => hasFilters(this.shown.choice()));
  protected readonly claimingId = signal<number | null>(null);
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
        // What was just read would be gone before it was answered.
        this.list.show(queryOf(choice), { keepsDepartures: choice.filter.unread || choice.view === 'unread' });
      });
    });
  }

  protected claim(ticket: TicketSummary): void {
    this.claimingId.set(ticket.id);
    this.ticketsApi
      .claim(ticket.id)
      .pipe(finalize(() => this.claimingId.set(null)))
      .subscribe({
        next: (claimed) => {
          this.list.take(claimed);
          this.counts.reload();
          this.notices.info(`#${ticket.id} is yours now.`, {
            label: 'Open',
            run: () => void this.open(ticket.id),
          });
        },
        error: (error: unknown) => this.claimFailed(ticket, error),
      });
  }

  protected keyed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
    const at = this.focusedIndex();
    const inside = at >= 0 || this.openId() === null;
    switch (event.key) {
      case 'j':
        return this.focusRow(event, at + 1);
      case 'k':
        return this.focusRow(event, at - 1);
      case 'ArrowDown':
        return at >= 0 ? this.focusRow(event, at + 1) : undefined;
      case 'ArrowUp':
        return at >= 0 ? this.focusRow(event, at - 1) : undefined;
      case 'i':
        return inside ? this.claimRow(event, at) : undefined;
      case ']':
        return this.step(event, 1);
      case '[':
        return this.step(event, -1);
      case 'c':
        event.preventDefault();
        return void this.router.navigateByUrl('/agent/tickets/new');
      case '/':
        event.preventDefault();
        return this.search().nativeElement.focus();
    }
  }

  private claimRow(event: KeyboardEvent, at: number): void {
    const row = this.list.rows()[at];
    if (!row || row.isStale || row.ticket.assignee) return;
    event.preventDefault();
    this.claim(row.ticket);
  }

  private focusRow(event: KeyboardEvent, index: number): void {
    const last = this.rowViews().length - 1;
    if (last < 0) return;
    event.preventDefault();
    this.rowViews()[Math.min(Math.max(index, 0), last)]?.focus();
  }

  private step(event: KeyboardEvent, by: 1 | -1): void {
    const rows = this.list.rows();
    const at = rows.findIndex(({ ticket }) => ticket.id === this.openId());
    const next = rows[at + by];
    if (at < 0 || !next) return;
    event.preventDefault();
    void this.open(next.ticket.id);
  }

  private focusedIndex(): number {
    const active = document.activeElement?.closest('app-ticket-row');
    return active ? [...document.querySelectorAll('app-ticket-row')].indexOf(active) : -1;
  }

  private open(ticketId: number): Promise<boolean> {
    return this.router.navigate(['/agent/tickets', ticketId], { queryParamsHandling: 'preserve' });
  }

  private claimFailed(ticket: TicketSummary, error: unknown): void {
    const problem = toProblem(error);
    const winner = problem.extras['assignee'] as UserRef | undefined;
    if (problem.code !== 'already-claimed' || !winner) return this.problems.show(error, 'The ticket was not claimed');
    this.list.take({ ...ticket, assignee: winner });
    this.notices.error(`${winner.name} claimed #${ticket.id} just before you.`);
  }

  private idInAddress(): number | null {
    const id = /\/agent\/tickets\/(\d+)/.exec(this.router.url)?.[1];
    return id === undefined ? null : Number(id);
  }

  protected trackRow(_index: number, { ticket }: TicketRow): number {
    return ticket.id;
  }
}
