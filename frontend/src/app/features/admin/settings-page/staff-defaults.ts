import { ChangeDetectionStrategy, Component, inject, linkedSignal, signal } from '@angular/core';
import { finalize } from 'rxjs';

import { StaffDefaults, StaffDefaultsChange } from '../../../core/api/models';
import { ProblemNotifier } from '../../../core/problems/problem-notifier';
import { NoticeWishes } from '../../../domain/notifications/settings/notice-wishes';
import { AppIcon } from '../../../shared/icon/app-icon';
import { valueOr } from '../../../shared/resources/value-or';
import { Skeleton } from '../../../shared/skeleton/skeleton';
import { LoadError } from '../../../shared/states/load-error';
import { AdminApi } from '../admin-api';

/** What new agents and admins are told of until they choose themselves. */
@Component({
  selector: 'app-staff-defaults',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, LoadError, NoticeWishes, Skeleton],
  template: `
    <section class="card defaults" aria-labelledby="defaults-heading">
      <h2 id="defaults-heading">Notifications of new staff</h2>
      <p>New agents and admins begin with this. Whoever is here already keeps what they chose.</p>
      @if (loaded.error(); as error) {
        <app-load-error heading="This could not be loaded" [error]="error" (retry)="loaded.reload()" />
      } @else if (defaults(); as known) {
        <app-notice-wishes [wishes]="known" [isForStaff]="true" [isBusy]="isBusy()" (changed)="save($event)" />
      } @else {
        <app-skeleton [rows]="6" label="Loading what new staff begin with" />
      }
      <span role="status">
        @if (isSaved()) {
          <app-icon name="check" /> Saved
        }
      </span>
    </section>
  `,
  styleUrl: '../admin-page.scss',
  styles: `
    .defaults {
      padding: 16px;
    }
  `,
})
export class StaffDefaultsSection {
  private readonly api = inject(AdminApi);
  private readonly problems = inject(ProblemNotifier);

  protected readonly loaded = this.api.staffDefaults();
  protected readonly defaults = linkedSignal((): StaffDefaults | null => valueOr(this.loaded, null));
  protected readonly isBusy = signal(false);
  protected readonly isSaved = signal(false);

  protected save(change: StaffDefaultsChange): void {
    this.isBusy.set(true);
    this.isSaved.set(false);
    this.api
      .changeStaffDefaults(change)
      .pipe(finalize(() => this.isBusy.set(false)))
      .subscribe({
        next: (defaults) => {
          this.defaults.set(defaults);
          this.isSaved.set(true);
        },
        error: (error: unknown) => {
          this.problems.show(error, 'This was not saved');
          this.loaded.reload();
        },
      });
  }
}
