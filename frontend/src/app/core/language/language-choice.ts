import { ChangeDetectionStrategy, Component, inject } from '@angular/core';

import { LANGUAGES, LANGUAGE_NAMES, isLanguage } from '../../shared/texts/languages';
import { t } from '../../shared/texts/text';
import { ProblemNotifier } from '../problems/problem-notifier';
import { PageLanguage } from './page-language';

/** The language of the page, for visitors: each in its own words, in effect at once and in this browser from now on. */
@Component({
  selector: 'app-language-choice',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <select #choice [attr.aria-label]="t('common.language')" (change)="choose(choice.value)">
      @for (language of languages; track language) {
        <option [value]="language" [selected]="language === page.current()" [attr.lang]="language">
          {{ names[language] }}
        </option>
      }
    </select>
  `,
  styles: `
    select {
      min-block-size: 40px;
      padding: 4px 8px;
      border: 1px solid transparent;
      border-radius: 10px;
      background: transparent;
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-label-large);
      cursor: pointer;
    }

    select:hover {
      border-color: var(--mat-sys-outline-variant);
    }

    option {
      background: var(--app-card);
      color: var(--mat-sys-on-surface);
    }
  `,
})
export class LanguageChoice {
  protected readonly t = t;
  protected readonly page = inject(PageLanguage);
  private readonly problems = inject(ProblemNotifier);

  protected readonly languages = LANGUAGES;
  protected readonly names = LANGUAGE_NAMES;

  protected choose(language: string): void {
    if (!isLanguage(language)) return;
    this.page.choose(language).catch((error: unknown) => this.problems.show(error, t('common.languageFailed')));
  }
}
