import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';

import { ThemeChoice } from '../../../core/api/models';
import { Session } from '../../../core/session/session';
import { Theme } from '../../../core/theme/theme';
import { Avatar } from '../../../shared/avatar/avatar';
import { Disclosure } from '../../../shared/disclosure/disclosure';
import { AppIcon } from '../../../shared/icon/app-icon';
import { IconName } from '../../../shared/icon/icon-shapes';

/** Who is signed in, how the pages look, and the way out. */
@Component({
  selector: 'app-account-menu',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, Avatar, Disclosure, MatButton, RouterLink],
  template: `
    <app-disclosure label="Account" [placement]="placement()">
      <app-avatar disclosureButton [name]="session.user()?.name ?? ''" />
      <div class="panel">
        <p class="who">
          <strong>{{ session.user()?.name }}</strong>
          <span>{{ session.user()?.email }}</span>
        </p>
        <fieldset>
          <legend class="visually-hidden">Appearance</legend>
          @for (option of themes; track option.choice) {
            <label [class.chosen]="theme.choice() === option.choice">
              <input
                type="radio"
                class="visually-hidden"
                name="staff-theme"
                [checked]="theme.choice() === option.choice"
                (change)="theme.apply(option.choice)"
              />
              <app-icon [name]="option.icon" /> {{ option.name }}
            </label>
          }
        </fieldset>
        <a matButton routerLink="/profile"><app-icon name="person" /> Profile</a>
        <button matButton type="button" (click)="session.logout()"><app-icon name="sign-out" /> Sign out</button>
      </div>
    </app-disclosure>
  `,
  styles: `
    .panel {
      display: grid;
      gap: 4px;
      min-inline-size: 248px;
      padding: 16px 12px 12px;
    }

    .who {
      display: grid;
      margin: 0 8px 8px;
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-body-small);
      overflow-wrap: anywhere;
    }

    strong {
      color: var(--mat-sys-on-surface);
      font: var(--mat-sys-title-small);
    }

    fieldset {
      display: flex;
      gap: 2px;
      margin: 0 0 8px;
      padding: 3px;
      border: 0;
      border-radius: 12px;
      background: var(--app-quiet-container);
    }

    label {
      position: relative;
      display: flex;
      flex: 1;
      align-items: center;
      justify-content: center;
      gap: 6px;
      min-block-size: 32px;
      padding-inline: 8px;
      border-radius: 9px;
      font: var(--mat-sys-label-medium);
      cursor: pointer;
      --app-icon-size: 15px;
    }

    label.chosen {
      background: var(--app-card);
      box-shadow: var(--app-shadow-low);
    }

    label:has(:focus-visible) {
      outline: 2px solid var(--mat-sys-primary);
    }

    a,
    button {
      justify-content: flex-start;
    }
  `,
})
export class AccountMenu {
  protected readonly session = inject(Session);
  protected readonly theme = inject(Theme);

  /** Where the panel opens. */
  readonly placement = input<'below' | 'beside'>('below');

  protected readonly themes: readonly { choice: ThemeChoice; name: string; icon: IconName }[] = [
    { choice: 'system', name: 'System', icon: 'device' },
    { choice: 'light', name: 'Light', icon: 'sun' },
    { choice: 'dark', name: 'Dark', icon: 'moon' },
  ];
}
