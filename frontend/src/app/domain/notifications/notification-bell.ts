import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';

import { Disclosure } from '../../shared/disclosure/disclosure';
import { AppIcon } from '../../shared/icon/app-icon';
import { NotificationList } from './notification-list';
import { NotificationsStore } from './notifications-store';

/** The bell with its count, and what rang it. */
@Component({
  selector: 'app-notification-bell',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, Disclosure, NotificationList, RouterLink],
  template: `
    <app-disclosure #disclosure [label]="label()" [placement]="placement()">
      <span disclosureButton class="bell">
        <app-icon name="bell" />
        @if (store.unread() > 0) {
          <span class="count" aria-hidden="true">{{ badge() }}</span>
        }
      </span>
      <div class="panel">
        <div class="head">
          <h2>Notifications</h2>
          @if (store.unread() > 0) {
            <button class="app-button text" type="button" (click)="store.markAllRead()">Mark all as read</button>
          }
        </div>
        @defer (when disclosure.isOpen()) {
          <app-notification-list [limit]="8" />
        } @placeholder {
          <div class="coming"></div>
        } @error {
          <p class="coming">They could not be shown. Load the page again.</p>
        }
        <div class="foot">
          <a class="app-button text" routerLink="/notifications">See all</a>
          <a class="app-button text" routerLink="/profile" fragment="notifications">Settings</a>
        </div>
      </div>
    </app-disclosure>
  `,
  styles: `
    .bell {
      position: relative;
      display: grid;
      --app-icon-size: 24px;
    }

    .count {
      position: absolute;
      inset-block-start: -6px;
      inset-inline-start: 12px;
      min-inline-size: 18px;
      padding-inline: 5px;
      border-radius: 9px;
      background: light-dark(#c5281f, #ff8a7f);
      color: light-dark(#fff, #3c0400);
      font: var(--mat-sys-label-small);
      font-weight: 700;
      line-height: 18px;
      text-align: center;
    }

    .panel {
      inline-size: 380px;
      max-inline-size: 100%;
    }

    .head {
      display: flex;
      align-items: center;
      justify-content: space-between;
      min-block-size: 52px;
      padding: 8px 8px 0 16px;
    }

    .coming {
      min-block-size: 120px;
      padding: 16px;
    }

    .foot {
      display: flex;
      justify-content: center;
      padding: 4px 8px 8px;
      border-block-start: 1px solid var(--app-hairline);
    }
  `,
})
export class NotificationBell {
  protected readonly store = inject(NotificationsStore);
  /** Where the panel opens. */
  readonly placement = input<'below' | 'beside'>('below');

  protected readonly badge = computed(() => (this.store.unread() > 99 ? '99+' : String(this.store.unread())));
  protected readonly label = computed(() => {
    const count = this.store.unread();
    return count > 0 ? `Notifications, ${count} unread` : 'Notifications';
  });
}
