import { DestroyRef, Injectable, computed, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { Subscription, filter } from 'rxjs';

import { Attachment, PushedTicketSummary, Ticket, TimelineEvent } from '../../core/api/models';
import { RealtimeConnection } from '../../core/socket/realtime-connection';
import { Problem, toProblem } from '../../shared/problems/problem';
import { TicketsAhead } from './tickets-ahead';
import { TicketsApi } from './tickets-api';

/**
 * One ticket on a page, kept current by pushes, by the events of its conversation and by the answers of one's own
 * writes. Provide it on the page's component and call `open` with the number.
 */
@Injectable()
export class LiveTicket {
  private readonly api = inject(TicketsApi);
  private readonly ahead = inject(TicketsAhead);
  private readonly current = signal<Ticket | null>(null);
  private readonly failure = signal<Problem | null>(null);
  private readonly removed = signal(false);
  private readonly messageFiles = signal<ReadonlyMap<string, readonly Attachment[]>>(new Map());
  private ticketId: number | null = null;
  private loading: Subscription | null = null;

  readonly ticket = this.current.asReadonly();
  /** Why it could not be loaded. A ticket loaded earlier stays. */
  readonly error = this.failure.asReadonly();
  /** Those given at creation, then those of all messages heard of, in order. */
  readonly files = computed(() => [
    ...(this.current()?.attachments ?? []),
    ...[...this.messageFiles().values()].flat(),
  ]);
  /** Deleted, unknown, or not for this person. */
  readonly isGone = computed(() => this.removed() || [403, 404].includes(this.failure()?.status ?? 0));

  constructor() {
    const connection = inject(RealtimeConnection);
    connection
      .on('ticket:changed')
      .pipe(
        filter(({ ticketId }) => ticketId === this.ticketId),
        takeUntilDestroyed(),
      )
      .subscribe(({ summary }) => this.merge(summary));
    connection
      .on('ticket:removed')
      .pipe(
        filter(({ ticketId }) => ticketId === this.ticketId),
        takeUntilDestroyed(),
      )
      .subscribe(() => this.removed.set(true));
    connection.connected.pipe(takeUntilDestroyed()).subscribe(() => this.current() && this.reload());
    inject(DestroyRef).onDestroy(() => this.loading?.unsubscribe());
  }

  open(ticketId: number): void {
    this.ticketId = ticketId;
    this.current.set(this.ahead.find(ticketId));
    this.removed.set(false);
    this.messageFiles.set(new Map());
    this.reload();
  }

  reload(): void {
    if (this.ticketId === null) return;
    this.failure.set(null);
    this.loading?.unsubscribe();
    this.loading = this.api.get(this.ticketId).subscribe({
      next: (ticket) => this.current.set(ticket),
      error: (error: unknown) => this.failure.set(toProblem(error)),
    });
  }

  /** Takes over the answer of a write. */
  apply(ticket: Ticket): void {
    if (ticket.id === this.ticketId) this.current.set(ticket);
  }

  /** An event of this ticket's conversation; history that is already part of the ticket changes nothing. */
  applyEvent(event: TimelineEvent): void {
    this.collectFiles(event);
    const ticket = this.current();
    if (!ticket || event.ticketId !== ticket.id || Date.parse(event.at) < Date.parse(ticket.updatedAt)) return;
    if (event.type === 'description.changed') this.reload();
    else if (event.type === 'ticket.deleted') this.removed.set(true);
    else this.current.set({ ...ticket, ...changeIn(event), updatedAt: event.at });
  }

  private collectFiles(event: TimelineEvent): void {
    if (event.ticketId !== this.ticketId || !('message' in event.data)) return;
    const { id, attachments } = event.data.message;
    if (!attachments?.length && !this.messageFiles().has(id)) return;
    this.messageFiles.update((known) => new Map(known).set(id, attachments ?? []));
  }

  private merge(summary: PushedTicketSummary): void {
    const ticket = this.current();
    if (!ticket || Date.parse(summary.updatedAt) < Date.parse(ticket.updatedAt)) return;
    this.current.set({ ...ticket, ...summary, unread: summary.unread ?? ticket.unread });
  }
}

/** The version is left to the push that follows; a write in between is refused with 412 and told. */
function changeIn(event: TimelineEvent): Partial<Ticket> {
  switch (event.type) {
    case 'status.changed':
      return { status: event.data.to };
    case 'priority.changed':
      return { priority: event.data.to };
    case 'assignee.changed':
      return { assignee: event.data.to };
    case 'category.changed':
      return { category: event.data.to };
    case 'subject.changed':
      return { subject: event.data.to };
    case 'tags.changed':
      return { tags: event.data.to };
    case 'needs-reply.changed':
      return { needsReply: event.data.to };
    default:
      return {};
  }
}
