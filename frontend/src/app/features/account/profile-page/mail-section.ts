import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';

import { Session } from '../../../core/session/session';
import { ProfileApi } from '../../../domain/account/profile-api';
import { AppIcon } from '../../../shared/icon/app-icon';
import { toProblem } from '../../../shared/problems/problem';

/** In which language the person gets mails. */
@Component({
  selector: 'app-mail-section',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon],
  template: `
    <section class="card" aria-labelledby="mails">
      <h2 id="mails">Mails</h2>
      <p class="about">
        Mails about your account always come. Which others do stands under Notifications, in the column Mail.
      </p>
      <div class="actions">
        <label class="language">
          Language of mails
          <select #language [disabled]="isBusy()" (change)="chooseLanguage(language.value)">
            <option value="en" [selected]="spoken() === 'en'">English</option>
            <option value="de" [selected]="spoken() === 'de'">Deutsch</option>
          </select>
        </label>
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
    .language {
      display: flex;
      flex-wrap: wrap;
      gap: 8px 12px;
      align-items: center;
    }

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
export class MailSection {
  private readonly session = inject(Session);
  private readonly profile = inject(ProfileApi);

  protected readonly spoken = computed(() => this.session.user()?.preferences?.language ?? 'en');
  protected readonly isBusy = signal(false);
  protected readonly isSaved = signal(false);
  protected readonly trouble = signal('');

  protected chooseLanguage(language: string): void {
    this.isBusy.set(true);
    this.isSaved.set(false);
    this.trouble.set('');
    this.profile.update({ preferences: { language: language === 'de' ? 'de' : 'en' } }).subscribe({
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
