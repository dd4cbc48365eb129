import { computed, inject, Injectable, signal } from '@angular/core';
import { Router } from '@angular/router';
import { finalize } from 'rxjs';

import { TicketSummary, UserRef } from '../../../core/api/models';
import { Notices } from '../../../core/problems/notices';
import { ProblemNotifier } from '../../../core/problems/problem-notifier';
import { Session } from '../../../core/session/session';
import { TicketListStore } from '../../../domain/tickets/ticket-list-store';
import { TicketsApi } from '../../../domain/tickets/tickets-api';
import { toProblem } from '../../../shared/problems/problem';
import { LiveCounts } from './live-counts';

/** Claiming from a row of the list. Provided by the page. */
@Injectable()
export class TicketClaims {
  private readonly session = inject(Session);
  private readonly router = inject(Router);
  private readonly api = inject(TicketsApi);
  private readonly list = inject(TicketListStore);
  private readonly counts = inject(LiveCounts);
  private readonly notices = inject(Notices);
  private readonly problems = inject(ProblemNotifier);
  private readonly claiming = signal<number | null>(null);

  readonly selfId = computed(() => this.session.user()?.id);
  /** The ticket that is being claimed. */
  readonly claimingId = this.claiming.asReadonly();

  claim(ticket: TicketSummary): void {
    this.claiming.set(ticket.id);
    this.api
      .claim(ticket.id)
      .pipe(finalize(() => this.claiming.set(null)))
      .subscribe({
        next: (claimed) => {
          this.list.take(claimed);
          this.counts.reload();
          this.notices.info(`#${ticket.id} is yours now.`, { label: 'Open', run: () => this.open(ticket.id) });
        },
        error: (error: unknown) => this.failed(ticket, error),
      });
  }

  private failed(ticket: TicketSummary, error: unknown): void {
    const problem = toProblem(error);
    const winner = problem.extras['assignee'] as UserRef | undefined;
    if (problem.code !== 'already-claimed' || !winner) return this.problems.show(error, 'The ticket was not claimed');
    this.list.take({ ...ticket, assignee: winner });
    this.notices.error(`${winner.name} claimed #${ticket.id} just before you.`);
  }

  private open(ticketId: number): void {
    void this.router.navigate(['/agent/tickets', ticketId], { queryParamsHandling: 'preserve' });
  }
}
