import { computed, DestroyRef, inject, Injectable, linkedSignal, ResourceRef } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { auditTime, merge } from 'rxjs';

import { Count, TicketCounts } from '../../../core/api/models';
import { RealtimeConnection } from '../../../core/socket/realtime-connection';
import { TicketsApi } from '../../../domain/tickets/tickets-api';
import { ViewsApi } from '../../../domain/tickets/views-api';
import { SavedViews } from './saved-views';
import { BuiltInView } from './ticket-view';

const AT_MOST_EVERY_MS = 1_000;
/** Each saved view is counted by itself, so these are asked for less often. */
const VIEWS_AT_MOST_EVERY_MS = 5_000;

const NAMES = { mine: 'mine', queue: 'unassigned', 'needs-reply': 'needsReply', unread: 'unread', all: 'all' } as const;

/** How many tickets stand in each list, counted by the server and asked for anew when something moved. */
@Injectable()
export class LiveCounts {
  private readonly views = inject(SavedViews);
  private readonly counts = inject(TicketsApi).counts();
  private readonly viewCounts = inject(ViewsApi).counts(() => !this.views.isEmpty());
  private readonly known = lastKnown<TicketCounts>(this.counts);
  private readonly knownOfViews = lastKnown(this.viewCounts);
  private readonly byView = computed(() => new Map(this.knownOfViews()?.map(({ id, count }) => [id, count])));

  constructor() {
    const connection = inject(RealtimeConnection);
    const moved = merge(
      connection.on('ticket:changed'),
      connection.on('ticket:removed'),
      connection.on('unread'),
      connection.connected,
    ).pipe(takeUntilDestroyed(inject(DestroyRef)));
    moved.pipe(auditTime(AT_MOST_EVERY_MS)).subscribe(() => this.counts.reload());
    moved.pipe(auditTime(VIEWS_AT_MOST_EVERY_MS)).subscribe(() => this.viewCounts.reload());
  }

  /** Null until known; what was known stays while the server can't be asked. */
  of(view: BuiltInView): Count | null {
    return this.known()?.[NAMES[view]] ?? null;
  }

  /** Null for views with words, which are not counted, too. */
  ofSaved(viewId: string): Count | null {
    return this.byView().get(viewId) ?? null;
  }

  reload(): void {
    this.counts.reload();
    this.viewCounts.reload();
  }
}

function lastKnown<Value>(resource: ResourceRef<Value | undefined>) {
  return linkedSignal<Value | null, Value | null>({
    source: () => (resource.hasValue() ? resource.value() : null),
    computation: (value, previous) => value ?? previous?.value ?? null,
  });
}
