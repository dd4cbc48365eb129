import { computed, inject, Injectable, signal } from '@angular/core';
import { finalize, Observable } from 'rxjs';

import { Agent, CategoryRef, Ticket, TicketPriority, TicketStatus, UserRef } from '../../../core/api/models';
import { Notices } from '../../../core/problems/notices';
import { ProblemNotifier } from '../../../core/problems/problem-notifier';
import { Session } from '../../../core/session/session';
import { LiveTicket } from '../../../domain/tickets/live-ticket';
import { TicketChange, TicketsApi } from '../../../domain/tickets/tickets-api';
import { toProblem } from '../../../shared/problems/problem';

/**
 * Every change of the open ticket. It shows at once; when the server refuses it, the ticket returns to what it was and a
 * notice says why. Provided, with the LiveTicket it works on, by the component that shows the ticket.
 */
@Injectable()
export class TicketChanges {
  private readonly api = inject(TicketsApi);
  private readonly live = inject(LiveTicket);
  private readonly session = inject(Session);
  private readonly notices = inject(Notices);
  private readonly problems = inject(ProblemNotifier);
  private readonly running = signal(0);

  readonly isBusy = computed(() => this.running() > 0);

  setStatus(status: TicketStatus): void {
    this.change({ status }, (ticket) => this.api.setStatus(ticket.id, status), 'The status was not changed');
  }

  setPriority(priority: TicketPriority): void {
    this.change({ priority }, (ticket) => this.api.setPriority(ticket.id, priority), 'The priority was not changed');
  }

  claim(): void {
    const user = this.session.user();
    if (!user) return;
    const assignee: UserRef = { id: user.id, name: user.name, role: user.role, online: true };
    const status = this.live.ticket()?.status === 'open' ? 'in_progress' : this.live.ticket()?.status;
    this.change({ assignee, status }, (ticket) => this.api.claim(ticket.id), 'The ticket was not claimed');
  }

  assign(agent: Agent): void {
    const { id, name, role, online } = agent;
    this.change(
      { assignee: { id, name, role, online } },
      (ticket) => this.api.assign(ticket.id, id),
      'The ticket was not assigned',
    );
  }

  release(): void {
    this.change({ assignee: null }, (ticket) => this.api.release(ticket.id), 'The ticket was not released');
  }

  setSubject(subject: string): void {
    this.edit({ subject }, { subject }, 'The subject was not changed');
  }

  setCategory(category: CategoryRef | null): void {
    this.edit({ category }, { categoryId: category?.id ?? null }, 'The category was not changed');
  }

  setTags(tags: readonly string[]): void {
    this.edit({ tags: [...tags] }, { tags }, 'The tags were not changed');
  }

  private edit(shown: Partial<Ticket>, change: TicketChange, failure: string): void {
    this.change(shown, (ticket) => this.api.update(ticket.id, change), failure);
  }

  private change(shown: Partial<Ticket>, request: (ticket: Ticket) => Observable<Ticket>, failure: string): void {
    const before = this.live.ticket();
    if (!before) return;
    this.live.apply({ ...before, ...shown });
    this.running.update((count) => count + 1);
    request(before)
      .pipe(finalize(() => this.running.update((count) => count - 1)))
      .subscribe({
        next: (stored) =>
          this.update((ticket) => (stored.version < ticket.version ? ticket : { ...ticket, ...stored })),
        error: (error: unknown) => this.refused(before, shown, failure, error),
      });
  }

  /** Takes back what was shown too early, field by field: others may have changed meanwhile. */
  private refused(before: Ticket, shown: Partial<Ticket>, failure: string, error: unknown): void {
    const winner = toProblem(error).extras['assignee'] as UserRef | undefined;
    this.update((ticket) =>
      ticket.id === before.id ? { ...ticket, ...pick(before, shown), ...(winner && { assignee: winner }) } : ticket,
    );
    if (winner) this.notices.error(`${winner.name} claimed this ticket just before you.`);
    else this.problems.show(error, failure);
    this.live.reload();
  }

  private update(change: (ticket: Ticket) => Ticket): void {
    const current = this.live.ticket();
    if (current) this.live.apply(change(current));
  }
}

function pick(ticket: Ticket, fields: Partial<Ticket>): Partial<Ticket> {
  return Object.fromEntries(Object.keys(fields).map((name) => [name, ticket[name as keyof Ticket]]));
}
