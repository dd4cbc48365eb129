import { ChangeDetectionStrategy, Component, inject } from '@angular/core';

import { ThemeChoice } from '../../core/api/models';
import { ProblemNotifier } from '../../core/problems/problem-notifier';
import { Session } from '../../core/session/session';
import { Theme } from '../../core/theme/theme';
import { AppIcon } from '../../shared/icon/app-icon';
import type { IconName } from '../../shared/icon/icon-shapes';
import { t } from '../../shared/texts/text';
import { TextKey } from '../../shared/texts/text-files';
import { ProfileApi } from './profile-api';

interface Choice {
  readonly value: ThemeChoice;
  readonly word: TextKey;
  readonly icon: IconName;
}

/** System, light, dark or high contrast: applies at once and is kept for the person on all devices. */
@Component({
  selector: 'app-theme-switch',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon],
  template: `
    <div class="group" role="group" [attr.aria-label]="t('common.appearance.label')">
      @for (choice of choices; track choice.value) {
        <button type="button" [attr.aria-pressed]="theme.choice() === choice.value" (click)="choose(choice.value)">
          <app-icon [name]="choice.icon" />{{ t(choice.word) }}
        </button>
      }
    </div>
  `,
  styles: `
    .group {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(96px, 1fr));
      gap: 2px;
      padding: 3px;
      border-radius: 12px;
      background: var(--mat-sys-surface-container-high);
    }

    button {
      display: flex;
      flex-wrap: wrap;
      gap: 0 6px;
      align-items: center;
      justify-content: center;
      min-block-size: 38px;
      padding: 4px;
      border: 0;
      border-radius: 9px;
      background: none;
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-label-large);
      cursor: pointer;
      --app-icon-size: 17px;
    }

    button[aria-pressed='true'] {
      background: var(--app-card);
      color: var(--mat-sys-on-surface);
      box-shadow: var(--app-shadow-low);
    }
  `,
})
export class ThemeSwitch {
  protected readonly t = t;
  protected readonly theme = inject(Theme);
  private readonly profile = inject(ProfileApi);
  private readonly session = inject(Session);
  private readonly problems = inject(ProblemNotifier);

  protected readonly choices: readonly Choice[] = [
    { value: 'system', word: 'common.appearance.system', icon: 'device' },
    { value: 'light', word: 'common.appearance.light', icon: 'sun' },
    { value: 'dark', word: 'common.appearance.dark', icon: 'moon' },
    { value: 'contrast', word: 'common.appearance.contrast', icon: 'contrast' },
  ];

  protected choose(theme: ThemeChoice): void {
    this.theme.apply(theme);
    if (!this.session.user()) return;
    this.profile.update({ preferences: { theme } }).subscribe({
      error: (error: unknown) => this.problems.show(error, t('common.appearance.notKept')),
    });
  }
}
