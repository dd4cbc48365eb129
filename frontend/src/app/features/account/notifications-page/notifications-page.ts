import { ChangeDetectionStrategy, Component, inject } from '@angular/core';

import { NotificationList } from '../../../domain/notifications/notification-list';
import { NotificationsStore } from '../../../domain/notifications/notifications-store';

/** All notifications. */
@Component({
  selector: 'app-notifications-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [NotificationList],
  template: `
    <header>
      <h1>Notifications</h1>
      @if (store.unread() > 0) {
        <button class="app-button tonal" type="button" (click)="store.markAllRead()">Mark all as read</button>
      }
    </header>
    <section class="card" aria-label="Notifications"><app-notification-list /></section>
  `,
  styles: `
    :host {
      display: grid;
      gap: 16px;
      max-inline-size: 760px;
      margin-inline: auto;
    }

    header {
      display: flex;
      flex-wrap: wrap;
      gap: 12px;
      align-items: center;
      justify-content: space-between;
      min-block-size: 44px;
    }

    .card {
      border: 1px solid var(--app-hairline);
      border-radius: 16px;
      background: var(--app-card);
    }
  `,
})
export class NotificationsPage {
  protected readonly store = inject(NotificationsStore);
}
