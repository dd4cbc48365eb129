import { ChangeDetectionStrategy, Component, computed, effect, inject, input, signal, untracked } from '@angular/core';
import { RouterLink } from '@angular/router';

import { NotificationType, UserNotification } from '../../core/api/models';
import { Avatar } from '../../shared/avatar/avatar';
import { AppIcon } from '../../shared/icon/app-icon';
import type { IconName } from '../../shared/icon/icon-shapes';
import { Skeleton } from '../../shared/skeleton/skeleton';
import { EmptyState } from '../../shared/states/empty-state';
import { LoadError } from '../../shared/states/load-error';
import { RelativeTime } from '../../shared/time/relative-time';
import { NotificationFilter } from './notifications-api';
import { NotificationGroup, NotificationsStore, groupByTicket } from './notifications-store';
import { reasonFor, settingOf } from './reasons';

const ICONS: Readonly<Record<NotificationType, IconName>> = {
  'ticket.created': 'ticket',
  'ticket.assigned': 'person-add',
  'message.created': 'chat',
  'status.changed': 'check-circle',
  'priority.changed': 'flag',
  mention: 'note',
};

const SYSTEM: readonly NotificationType[] = ['ticket.created', 'ticket.assigned', 'status.changed', 'priority.changed'];

/** The same rules as the server has. */
const FITS: Readonly<Record<NotificationFilter, (notification: UserNotification) => boolean>> = {
  mine: ({ reason }) => reason === 'requester' || reason === 'assignee',
  mentions: ({ type }) => type === 'mention',
  system: ({ type }) => SYSTEM.includes(type),
};

/** The notifications grouped by ticket, each group one link to it; each says why it came and where that is changed. */
@Component({
  selector: 'app-notification-list',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, Avatar, EmptyState, LoadError, RelativeTime, RouterLink, Skeleton],
  templateUrl: './notification-list.html',
  styleUrl: './notification-list.scss',
})
export class NotificationList {
  protected readonly store = inject(NotificationsStore);
  /** At most this many groups. */
  readonly limit = input(Number.POSITIVE_INFINITY);
  /** Null for all. */
  readonly filter = input<NotificationFilter | null>(null);

  /** Where older ones of the filter begin; undefined until the first were fetched. */
  private readonly next = signal<string | null | undefined>(undefined);
  private readonly fitting = computed(() => {
    const filter = this.filter();
    return filter === null ? this.store.groups() : groupByTicket(this.store.notifications().filter(FITS[filter]));
  });
  protected readonly groups = computed(() => this.fitting().slice(0, this.limit()));
  protected readonly isReady = computed(
    () => this.store.hasLoaded() && (this.filter() === null || this.next() !== undefined),
  );
  protected readonly hasMore = computed(
    () =>
      this.groups().length === this.fitting().length &&
      (this.filter() === null ? this.store.hasMore() : typeof this.next() === 'string'),
  );

  constructor() {
    effect(() => {
      const filter = this.filter();
      untracked(() => this.begin(filter));
    });
  }

  protected loadMore(): void {
    const [filter, next] = [this.filter(), this.next()];
    if (filter === null) this.store.loadMore();
    else this.store.find(filter, next ?? null, (after) => this.next.set(after));
  }

  protected iconOf(type: NotificationType): IconName {
    return ICONS[type] ?? 'bell';
  }

  protected reasonOf({ latest }: NotificationGroup): string {
    return reasonFor(latest);
  }

  protected settingOf({ latest }: NotificationGroup): string {
    return settingOf(latest.type);
  }

  private begin(filter: NotificationFilter | null): void {
    this.next.set(undefined);
    if (filter === null) return;
    this.store.find(filter, null, (after) => {
      if (this.filter() === filter) this.next.set(after);
    });
  }
}
