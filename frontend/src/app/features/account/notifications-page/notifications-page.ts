import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';

import { NotificationFilter } from '../../../domain/notifications/notifications-api';
import { NotificationList } from '../../../domain/notifications/notification-list';
import { NotificationsStore } from '../../../domain/notifications/notifications-store';
import { Session } from '../../../core/session/session';

interface Choice {
  readonly filter: NotificationFilter | null;
  readonly label: string;
}

/** All notifications, or those of one kind. */
@Component({
  selector: 'app-notifications-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [NotificationList, RouterLink],
  templateUrl: './notifications-page.html',
  styleUrl: './notifications-page.scss',
})
export class NotificationsPage {
  protected readonly store = inject(NotificationsStore);
  /** Nobody mentions customers. */
  protected readonly choices: readonly Choice[] = [
    { filter: null, label: 'All' },
    { filter: 'mine', label: 'Mine' },
    ...(inject(Session).isStaff() ? [{ filter: 'mentions', label: 'Mentions' } as const] : []),
    { filter: 'system', label: 'System' },
  ];
  protected readonly filter = signal<NotificationFilter | null>(null);
}
