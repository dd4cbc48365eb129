import { computed, inject, Injectable, signal } from '@angular/core';
import { firstValueFrom } from 'rxjs';

import { ProblemNotifier } from '../../../../core/problems/problem-notifier';
import { TicketListStore } from '../../../../domain/tickets/ticket-list-store';
import { TicketListQuery, TicketPage, TicketsApi } from '../../../../domain/tickets/tickets-api';

/** The server changes so many at once at most. */
export const MOST_SELECTED = 1_000;
const PAGE_SIZE = 100;

/** The tickets that were ticked in the list, in the order in which they were. Provided by the page of the list. */
@Injectable()
export class TicketSelection {
  private readonly list = inject(TicketListStore);
  private readonly api = inject(TicketsApi);
  private readonly problems = inject(ProblemNotifier);
  private readonly chosen = signal<ReadonlySet<number>>(new Set());
  private readonly gathering = signal(false);
  private readonly cut = signal(false);
  /** Where a range begins. */
  private anchor: number | null = null;

  readonly ids = computed(() => [...this.chosen()]);
  readonly size = computed(() => this.chosen().size);
  /** All that match are being looked up. */
  readonly isGathering = this.gathering.asReadonly();
  /** More match than can be changed at once. */
  readonly isCut = this.cut.asReadonly();
  readonly hasAllLoaded = computed(() => this.list.rows().every(({ ticket }) => this.chosen().has(ticket.id)));

  has(ticketId: number): boolean {
    return this.chosen().has(ticketId);
  }

  toggle(ticketId: number): void {
    this.anchor = ticketId;
    const without = this.ids().filter((id) => id !== ticketId);
    this.set(without.length < this.size() ? without : [...without, ticketId]);
  }

  /** Selects from where the last one was ticked up to this row. */
  extendTo(ticketId: number): void {
    const rows = this.list.rows().map(({ ticket }) => ticket.id);
    const [from, to] = [rows.indexOf(this.anchor ?? ticketId), rows.indexOf(ticketId)];
    if (from < 0 || to < 0) return this.toggle(ticketId);
    this.anchor ??= ticketId;
    this.set([...this.ids(), ...rows.slice(Math.min(from, to), Math.max(from, to) + 1)]);
  }

  selectLoaded(): void {
    this.set([...this.ids(), ...this.list.rows().map(({ ticket }) => ticket.id)]);
  }

  select(ticketIds: readonly number[]): void {
    this.set(ticketIds);
  }

  /** Looks up every ticket of the list, also those that are not loaded, up to the most that can be changed at once. */
  async selectMatching(query: TicketListQuery): Promise<void> {
    if (this.gathering()) return;
    this.gathering.set(true);
    try {
      await this.gather(query);
    } catch (error) {
      this.problems.show(error, 'The tickets could not all be selected');
    } finally {
      this.gathering.set(false);
    }
  }

  clear(): void {
    this.anchor = null;
    this.gathering.set(false);
    this.set([]);
  }

  private async gather(query: TicketListQuery): Promise<void> {
    const found: number[] = [];
    let cursor: string | null = null;
    do {
      const page: TicketPage = await firstValueFrom(this.api.page({ ...query, limit: PAGE_SIZE }, cursor));
      // Cleared meanwhile, say because another list is shown.
      if (!this.gathering()) return;
      found.push(...page.rows.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null && found.length < MOST_SELECTED);
    this.set(found);
    this.cut.set(cursor !== null);
  }

  private set(ids: readonly number[]): void {
    this.cut.set(false);
    this.chosen.set(new Set(ids.slice(0, MOST_SELECTED)));
  }
}
