import { ChangeDetectionStrategy, Component, computed, effect, inject, input, untracked } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { Router, RouterLink } from '@angular/router';
import { debounceTime, merge } from 'rxjs';

import { RealtimeConnection } from '../../../core/socket/realtime-connection';
import { SteadyList } from '../../../domain/tickets/steady-list';
import { TicketListStore } from '../../../domain/tickets/ticket-list-store';
import { TicketListQuery, TicketsApi } from '../../../domain/tickets/tickets-api';
import { AppIcon } from '../../../shared/icon/app-icon';
import { valueOr } from '../../../shared/resources/value-or';
import { Skeleton } from '../../../shared/skeleton/skeleton';
import { EmptyState } from '../../../shared/states/empty-state';
import { LoadError } from '../../../shared/states/load-error';
import { t } from '../../../shared/texts/text';
import { FirstVisit } from './first-visit';
import { TicketCard } from './ticket-card';
import { TicketSearch } from './ticket-search';
import { TicketTab, TicketTabs, asTab } from './ticket-tabs';

const QUERIES: Readonly<Record<TicketTab, TicketListQuery>> = {
  active: { status: ['open', 'in_progress'], sort: '-updatedAt' },
  turn: { turn: 'mine', sort: '-updatedAt' },
  done: { status: ['resolved', 'closed'], sort: '-updatedAt' },
};

const RECOUNT_AFTER_MS = 500;

/** All tickets of the customer: the running ones, those that wait for the customer, and the finished ones. */
@Component({
  selector: 'app-my-tickets',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [
    AppIcon,
    EmptyState,
    FirstVisit,
    LoadError,
    RouterLink,
    Skeleton,
    SteadyList,
    TicketCard,
    TicketSearch,
    TicketTabs,
  ],
  providers: [TicketListStore],
  templateUrl: './my-tickets.html',
  styleUrl: './my-tickets.scss',
})
export class MyTickets {
  protected readonly t = t;
  protected readonly store = inject(TicketListStore);
  private readonly router = inject(Router);
  private readonly connection = inject(RealtimeConnection);

  /** From `?tab=`; the router passes undefined when it is absent. */
  readonly tab = input('active', { transform: asTab });
  /** From `?q=`. */
  readonly q = input('', { transform: (value: string | undefined) => value ?? '' });

  private readonly counted = inject(TicketsApi).counts();
  protected readonly counts = computed(() => valueOr(this.counted, null));
  private wasSearch = false;
  /** Nobody has ever written: show what to expect instead of an empty list. */
  protected readonly isFirstVisit = computed(
    () => this.counts()?.all === 0 && this.store.hasLoaded() && this.store.rows().length === 0 && !this.q(),
  );

  constructor() {
    effect(() => {
      const q = this.q();
      const query = q ? { q } : QUERIES[this.tab()];
      untracked(() => this.show(query, q !== ''));
    });
    const { connection } = this;
    merge(
      connection.on('ticket:changed'),
      connection.on('ticket:removed'),
      connection.on('unread'),
      connection.connected,
    )
      .pipe(debounceTime(RECOUNT_AFTER_MS), takeUntilDestroyed())
      .subscribe(() => this.counted.reload());
  }

  private show(query: TicketListQuery, isSearch: boolean): void {
    this.store.show(query, { keepsDepartures: true, keepsRows: isSearch && this.wasSearch });
    this.wasSearch = isSearch;
  }

  protected choose(tab: TicketTab): void {
    void this.router.navigate([], { queryParams: { tab: tab === 'active' ? null : tab, q: null } });
  }

  protected search(q: string): void {
    void this.router.navigate([], { queryParams: { q: q || null }, queryParamsHandling: 'merge', replaceUrl: true });
  }
}
