import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';

import { NotificationType } from '../../core/api/models';
import { Avatar } from '../../shared/avatar/avatar';
import { AppIcon } from '../../shared/icon/app-icon';
import type { IconName } from '../../shared/icon/icon-shapes';
import { EmptyState } from '../../shared/states/empty-state';
import { LoadError } from '../../shared/states/load-error';
import { RelativeTime } from '../../shared/time/relative-time';
import { NotificationsStore } from './notifications-store';

const ICONS: Readonly<Record<NotificationType, IconName>> = {
  'ticket.created': 'ticket',
  'ticket.assigned': 'person-add',
  'message.created': 'chat',
  'status.changed': 'check-circle',
  'priority.changed': 'flag',
  mention: 'note',
};

/** The notifications grouped by ticket, each group one link to it. */
@Component({
  selector: 'app-notification-list',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, Avatar, EmptyState, LoadError, RelativeTime, RouterLink],
  templateUrl: './notification-list.html',
  styleUrl: './notification-list.scss',
})
export class NotificationList {
  protected readonly store = inject(NotificationsStore);
  /** At most this many groups. */
  readonly limit = input(Number.POSITIVE_INFINITY);
  protected readonly groups = computed(() => this.store.groups().slice(0, this.limit()));

  protected iconOf(type: NotificationType): IconName {
    return ICONS[type] ?? 'bell';
  }
}
