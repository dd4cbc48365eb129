import { ChangeDetectionStrategy, Component, inject, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { finalize } from 'rxjs';

import { ProblemNotifier } from '../../../core/problems/problem-notifier';
import { TicketsApi } from '../../../domain/tickets/tickets-api';

/** For admins, where a ticket is not here: it may have been deleted in the last 30 days. */
@Component({
  selector: 'app-restore-ticket',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [MatButton],
  template: `
    <p>If #{{ ticketId() }} was deleted less than 30 days ago, you can bring it back for everybody.</p>
    <button matButton="tonal" type="button" [disabled]="isBusy()" (click)="restore()">Restore ticket</button>
  `,
  styles: `
    :host {
      display: grid;
      justify-items: center;
      gap: 12px;
      padding: 0 24px 40px;
      text-align: center;
    }

    p {
      max-inline-size: 46ch;
      margin: 0;
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-body-medium);
      text-wrap: balance;
    }
  `,
})
export class RestoreTicket {
  private readonly ticketsApi = inject(TicketsApi);
  private readonly problems = inject(ProblemNotifier);

  readonly ticketId = input.required<number>();
  readonly restored = output();
  protected readonly isBusy = signal(false);

  protected restore(): void {
    this.isBusy.set(true);
    this.ticketsApi
      .restore(this.ticketId())
      .pipe(finalize(() => this.isBusy.set(false)))
      .subscribe({
        next: () => this.restored.emit(),
        error: (error: unknown) => this.problems.show(error, 'The ticket was not restored'),
      });
  }
}
