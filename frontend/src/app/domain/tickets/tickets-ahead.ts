import { Injectable, inject } from '@angular/core';
import { Subscription } from 'rxjs';

import { Ticket } from '../../core/api/models';
import { Session } from '../../core/session/session';
import { TicketsApi } from './tickets-api';

const FRESH_MS = 60_000;
const MOST_KEPT = 6;

interface Kept {
  readonly ticket: Ticket;
  readonly readerId: string | null;
  readonly at: number;
}

/** Tickets that are likely to be opened next, fetched ahead, so that one step shows them at once. */
@Injectable({ providedIn: 'root' })
export class TicketsAhead {
  private readonly api = inject(TicketsApi);
  private readonly session = inject(Session);
  private readonly kept = new Map<number, Kept>();
  private readonly fetching = new Map<number, Subscription>();

  /** What is on its way and not among these any more is given up. */
  fetch(ticketIds: readonly number[]): void {
    for (const [id, request] of this.fetching) {
      if (ticketIds.includes(id)) continue;
      request.unsubscribe();
      this.fetching.delete(id);
    }
    for (const id of ticketIds) if (!this.fetching.has(id) && !this.find(id)) this.fetchOne(id);
  }

  /** As it was a moment ago: good enough to look at until the answer of now is there. */
  find(ticketId: number): Ticket | null {
    const kept = this.kept.get(ticketId);
    const isFresh = kept && Date.now() - kept.at < FRESH_MS && kept.readerId === this.readerId();
    return isFresh ? kept.ticket : null;
  }

  private fetchOne(ticketId: number): void {
    const readerId = this.readerId();
    const request = this.api.get(ticketId).subscribe({
      next: (ticket) => this.keep({ ticket, readerId, at: Date.now() }),
      // Opening it asks again, and tells.
      error: () => this.fetching.delete(ticketId),
    });
    if (!request.closed) this.fetching.set(ticketId, request);
  }

  private keep(kept: Kept): void {
    this.fetching.delete(kept.ticket.id);
    this.kept.delete(kept.ticket.id);
    this.kept.set(kept.ticket.id, kept);
    const oldest = [...this.kept.keys()].slice(0, -MOST_KEPT);
    for (const id of oldest) this.kept.delete(id);
  }

  private readerId(): string | null {
    return this.session.user()?.id ?? null;
  }
}
