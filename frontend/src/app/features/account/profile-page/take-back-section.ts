import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';

import { Session } from '../../../core/session/session';
import { ProfileApi } from '../../../domain/account/profile-api';
import { AppIcon } from '../../../shared/icon/app-icon';
import { toProblem } from '../../../shared/problems/problem';

const CHOICES = [0, 3, 5, 10, 20, 30];

/** How long a reply to a customer who is away can be taken back. */
@Component({
  selector: 'app-take-back-section',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon],
  template: `
    <section class="card" aria-labelledby="take-back">
      <h2 id="take-back">Taking back a reply</h2>
      <p class="about" id="take-back-about">
        A reply to a customer who is away waits a little before it goes out, and can be undone until then. With both of
        you there it goes at once.
      </p>
      <div class="actions">
        <select
          #choice
          aria-labelledby="take-back"
          aria-describedby="take-back-about"
          [disabled]="isBusy()"
          (change)="choose(choice.value)"
        >
          @for (seconds of choices(); track seconds) {
            <option [value]="seconds" [selected]="seconds === chosen()">
              {{ seconds === 0 ? 'Send at once' : 'Wait ' + seconds + ' seconds' }}
            </option>
          }
        </select>
        <span role="status">
          @if (isSaved()) {
            <span class="saved"><app-icon name="check" /> Saved</span>
          }
        </span>
      </div>
      <p class="trouble" aria-live="assertive">{{ trouble() }}</p>
    </section>
  `,
  styleUrl: './section.scss',
  styles: `
    select {
      min-block-size: 40px;
      padding: 4px 12px;
      border: 1px solid var(--mat-sys-outline);
      border-radius: 10px;
      background: var(--app-card);
      color: var(--mat-sys-on-surface);
      font: var(--mat-sys-body-medium);
    }
  `,
})
export class TakeBackSection {
  private readonly session = inject(Session);
  private readonly profile = inject(ProfileApi);

  protected readonly chosen = computed(() => this.session.user()?.preferences?.takeBackSeconds ?? 5);
  /** Whatever was set over the API is among them. */
  protected readonly choices = computed(() => [...new Set([...CHOICES, this.chosen()])].sort((a, b) => a - b));
  protected readonly isBusy = signal(false);
  protected readonly isSaved = signal(false);
  protected readonly trouble = signal('');

  protected choose(seconds: string): void {
    this.isBusy.set(true);
    this.isSaved.set(false);
    this.trouble.set('');
    this.profile.update({ preferences: { takeBackSeconds: Number(seconds) } }).subscribe({
      next: () => {
        this.isBusy.set(false);
        this.isSaved.set(true);
      },
      error: (error: unknown) => {
        this.isBusy.set(false);
        this.trouble.set(toProblem(error).detail);
      },
    });
  }
}
