import { DestroyRef, inject, Injectable, linkedSignal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { auditTime, merge } from 'rxjs';

import { TicketCounts } from '../../../core/api/models';
import { RealtimeConnection } from '../../../core/socket/realtime-connection';
import { TicketsApi } from '../../../domain/tickets/tickets-api';

const AT_MOST_EVERY_MS = 1_000;

/** How many tickets stand in each list, counted by the server and asked for anew when something moved. */
@Injectable()
export class LiveCounts {
  private readonly resource = inject(TicketsApi).counts();
  private readonly known = linkedSignal<TicketCounts | null, TicketCounts | null>({
    source: () => (this.resource.hasValue() ? this.resource.value() : null),
    computation: (counts, previous) => counts ?? previous?.value ?? null,
  });

  constructor() {
    const connection = inject(RealtimeConnection);
    merge(
      connection.on('ticket:changed'),
      connection.on('ticket:removed'),
      connection.on('unread'),
      connection.connected,
    )
      .pipe(auditTime(AT_MOST_EVERY_MS), takeUntilDestroyed(inject(DestroyRef)))
      .subscribe(() => this.resource.reload());
  }

  /** Null until known; what was known stays while the server can't be asked. */
  of(view: 'mine' | 'queue' | 'all'): number | string | null {
    const counts = this.known();
    if (!counts) return null;
    const { mine, unassigned, all } = counts;
    return { mine: mine ?? null, queue: unassigned ?? null, all }[view];
  }

  reload(): void {
    this.resource.reload();
  }
}
