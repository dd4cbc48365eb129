import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { finalize } from 'rxjs';

import { ProblemNotifier } from '../../../core/problems/problem-notifier';
import { ProfileApi } from '../../../domain/account/profile-api';
import { saveFile } from '../../../shared/files/save-file';
import { AppIcon } from '../../../shared/icon/app-icon';

/** Taking along what is one's own. */
@Component({
  selector: 'app-data-section',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon],
  template: `
    <section class="card" aria-labelledby="own-data">
      <h2 id="own-data">Your data</h2>
      <p class="about">
        One file with your account, the tickets you opened with what was said in them, and what you wrote elsewhere.
      </p>
      <div class="actions">
        <button class="app-button tonal" type="button" [disabled]="isBusy()" (click)="download()">
          Download your data
        </button>
        <span role="status">
          @if (isDone()) {
            <span class="saved"><app-icon name="check" /> Saved as my-data.json</span>
          }
        </span>
      </div>
    </section>
  `,
  styleUrl: './section.scss',
})
export class DataSection {
  private readonly profile = inject(ProfileApi);
  private readonly problems = inject(ProblemNotifier);

  protected readonly isBusy = signal(false);
  protected readonly isDone = signal(false);

  protected download(): void {
    this.isBusy.set(true);
    this.isDone.set(false);
    this.profile
      .exportOwnData()
      .pipe(finalize(() => this.isBusy.set(false)))
      .subscribe({
        next: (file) => {
          saveFile(file, 'my-data.json');
          this.isDone.set(true);
        },
        error: (error: unknown) => this.problems.show(error, 'Your data could not be fetched'),
      });
  }
}
