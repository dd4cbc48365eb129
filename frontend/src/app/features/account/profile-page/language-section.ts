import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { finalize } from 'rxjs';

import { PageLanguage } from '../../../core/language/page-language';
import { ProfileApi } from '../../../domain/account/profile-api';
import { AppIcon } from '../../../shared/icon/app-icon';
import { toProblem } from '../../../shared/problems/problem';
import { LANGUAGES, LANGUAGE_NAMES, isLanguage } from '../../../shared/texts/languages';
import { t } from '../../../shared/texts/text';

/** In which language the person reads pages and gets mails. It applies at once. */
@Component({
  selector: 'app-language-section',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon],
  template: `
    <section class="card" aria-labelledby="language">
      <h2 id="language">{{ t('common.language') }}</h2>
      <p class="about">{{ t('account.language.about') }}</p>
      <div class="actions">
        <label>
          {{ t('account.language.label') }}
          <select #choice [disabled]="isBusy()" (change)="choose(choice.value)">
            @for (language of languages; track language) {
              <option [value]="language" [selected]="language === page.current()" [attr.lang]="language">
                {{ names[language] }}
              </option>
            }
          </select>
        </label>
        <span role="status">
          @if (isSaved()) {
            <span class="saved"><app-icon name="check" /> {{ t('account.saved') }}</span>
          }
        </span>
      </div>
      <p class="trouble" aria-live="assertive">{{ trouble() }}</p>
    </section>
  `,
  styleUrl: './section.scss',
  styles: `
    label {
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
export class LanguageSection {
  protected readonly t = t;
  protected readonly page = inject(PageLanguage);
  private readonly profile = inject(ProfileApi);

  protected readonly languages = LANGUAGES;
  protected readonly names = LANGUAGE_NAMES;
  protected readonly isBusy = signal(false);
  protected readonly isSaved = signal(false);
  protected readonly trouble = signal('');

  /** The page changes first; what the server then refuses to keep is said. */
  protected async choose(language: string): Promise<void> {
    if (!isLanguage(language)) return;
    this.isSaved.set(false);
    this.trouble.set('');
    try {
      await this.page.choose(language);
    } catch {
      return this.trouble.set(t('common.languageFailed'));
    }
    this.isBusy.set(true);
    this.profile
      .update({ preferences: { language } })
      .pipe(finalize(() => this.isBusy.set(false)))
      .subscribe({
        next: () => this.isSaved.set(true),
        error: (error: unknown) => this.trouble.set(toProblem(error).detail),
      });
  }
}
