import { ChangeDetectionStrategy, Component, inject, input, signal } from '@angular/core';
import { RouterLink } from '@angular/router';

import { Session } from '../../core/session/session';
import { Avatar } from '../../shared/avatar/avatar';
import { Disclosure } from '../../shared/disclosure/disclosure';
import { AppIcon } from '../../shared/icon/app-icon';
import { t } from '../../shared/texts/text';
import { ThemeSwitch } from './theme-switch';

/** Who is signed in, the way to the profile, the appearance and signing out. */
@Component({
  selector: 'app-account-menu',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, Avatar, Disclosure, RouterLink, ThemeSwitch],
  template: `
    @if (session.user(); as user) {
      <app-disclosure [label]="t('common.account.menu')" [placement]="placement()">
        <app-avatar disclosureButton [name]="user.name" />
        <div class="menu">
          <div class="who">
            <app-avatar [name]="user.name" />
            <div class="words">
              <strong>{{ user.name }}</strong>
              <span>{{ user.email }}</span>
            </div>
          </div>
          <app-theme-switch />
          <a routerLink="/profile"><app-icon name="settings" /> {{ t('common.account.profile') }}</a>
          <button type="button" [disabled]="isLeaving()" (click)="signOut()">
            <app-icon name="sign-out" /> {{ t('common.account.signOut') }}
          </button>
        </div>
      </app-disclosure>
    }
  `,
  styles: `
    .menu {
      display: grid;
      gap: 4px;
      min-inline-size: 280px;
      padding: 12px;
    }

    .who {
      display: flex;
      gap: 12px;
      align-items: center;
      padding: 4px 8px 10px;
    }

    .words {
      display: grid;
      min-inline-size: 0;
      font: var(--mat-sys-body-small);
      color: var(--mat-sys-on-surface-variant);
    }

    .words * {
      overflow: hidden;
      text-overflow: ellipsis;
    }

    strong {
      color: var(--mat-sys-on-surface);
      font: var(--mat-sys-title-small);
    }

    app-theme-switch {
      margin-block-end: 6px;
    }

    a,
    button {
      display: flex;
      gap: 12px;
      align-items: center;
      min-block-size: 44px;
      padding-inline: 10px;
      border: 0;
      border-radius: 10px;
      background: none;
      color: var(--mat-sys-on-surface);
      font: var(--mat-sys-body-large);
      text-align: start;
      text-decoration: none;
      cursor: pointer;
    }

    a:hover,
    button:hover {
      background: color-mix(in srgb, var(--mat-sys-on-surface) 7%, transparent);
    }
  `,
})
export class AccountMenu {
  protected readonly t = t;
  protected readonly session = inject(Session);
  /** Where the panel opens. */
  readonly placement = input<'below' | 'beside'>('below');
  protected readonly isLeaving = signal(false);

  protected async signOut(): Promise<void> {
    this.isLeaving.set(true);
    await this.session.logout();
  }
}
