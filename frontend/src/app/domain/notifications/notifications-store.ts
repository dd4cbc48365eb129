import { Injectable, Injector, computed, effect, inject, signal, untracked } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';

import { NewNotification, UserNotification } from '../../core/api/models';
import { PageTitle } from '../../core/page/page-title';
import { ProblemNotifier } from '../../core/problems/problem-notifier';
import { Session } from '../../core/session/session';
import { RealtimeConnection } from '../../core/socket/realtime-connection';
import { Problem, toProblem } from '../../shared/problems/problem';
import { NotificationFilter, NotificationsApi } from './notifications-api';

/** All notifications about one ticket, the newest first. */
export interface NotificationGroup {
  readonly ticketId: number;
  readonly latest: UserNotification;
  readonly earlier: readonly UserNotification[];
  readonly unread: number;
}

/** The signed-in person's notifications, kept current; one for the whole page. */
@Injectable({ providedIn: 'root' })
export class NotificationsStore {
  private readonly api = inject(NotificationsApi);
  private readonly problems = inject(ProblemNotifier);
  private readonly injector = inject(Injector);
  private readonly all = signal<readonly UserNotification[]>([]);
  private readonly cursor = signal<string | null>(null);
  /** The ticket whose notices were all marked, also those that are not loaded. */
  private marked: number | null = null;
  private readonly failure = signal<Problem | null>(null);
  private readonly isLoaded = signal(false);
  /** What the server counted, until something is known better. */
  private readonly counted = signal<number | null>(null);

  readonly hasLoaded = this.isLoaded.asReadonly();
  readonly error = this.failure.asReadonly();
  readonly hasMore = computed(() => this.cursor() !== null);
  readonly unread = computed(() => this.counted() ?? this.all().filter(({ readAt }) => readAt === null).length);
  /** All that are loaded, the newest first. */
  readonly notifications = this.all.asReadonly();
  readonly groups = computed(() => groupByTicket(this.all()));

  constructor() {
    const connection = inject(RealtimeConnection);
    const session = inject(Session);
    const title = inject(PageTitle);
    connection
      .on('notification')
      .pipe(takeUntilDestroyed())
      .subscribe((notification) => this.receive(notification));
    connection
      .on('unread')
      .pipe(takeUntilDestroyed())
      .subscribe(({ notifications }) => this.adoptCount(notifications));
    connection.connected.pipe(takeUntilDestroyed()).subscribe(() => this.load());
    const userId = computed(() => session.user()?.id ?? null);
    effect(() => {
      const id = userId();
      untracked(() => (id === null ? this.empty() : this.load()));
    });
    effect(() => title.setUnread(this.unread()));
  }

  load(): void {
    this.failure.set(null);
    this.api.page().subscribe({
      next: ({ notifications, nextCursor }) => {
        this.all.set(notifications);
        this.cursor.set(nextCursor);
        if (nextCursor === null) this.counted.set(null);
        this.isLoaded.set(true);
      },
      error: (error: unknown) => this.failure.set(toProblem(error)),
    });
  }

  loadMore(): void {
    const cursor = this.cursor();
    if (cursor !== null) this.fetch(cursor, null, (next) => this.cursor.set(next));
  }

  /**
   * Fetches those of one kind, which may be older than all that is loaded; `then` is told where the next ones begin.
   * @param cursor null for the newest
   */
  find(filter: NotificationFilter, cursor: string | null, then: (next: string | null) => void): void {
    this.fetch(cursor, filter, then);
  }

  /** Opening a ticket answers all its notifications. */
  markTicketRead(ticketId: number): void {
    const unread = this.all().filter(({ readAt }) => readAt === null);
    const isKnown = unread.some((entry) => entry.ticketId === ticketId);
    const mayBeMore = this.unread() > unread.length && this.marked !== ticketId;
    if (!isKnown && !mayBeMore) return;
    this.marked = ticketId;
    this.setRead((entry) => entry.ticketId === ticketId);
    this.api.markTicketRead(ticketId).subscribe({ error: () => this.load() });
  }

  markAllRead(): void {
    this.setRead(() => true);
    this.counted.set(0);
    this.api.markAllRead().subscribe({
      error: (error: unknown) => {
        this.problems.show(error, 'They could not be marked as read');
        this.counted.set(null);
        this.load();
      },
    });
  }

  private fetch(cursor: string | null, filter: NotificationFilter | null, then: (next: string | null) => void): void {
    this.api.page(cursor, filter).subscribe({
      next: ({ notifications, nextCursor }) => {
        this.all.update((known) => newestFirst([...known, ...notifications]));
        then(nextCursor);
      },
      error: (error: unknown) => this.problems.show(error, 'Older notifications could not be loaded'),
    });
  }

  private receive(notification: NewNotification): void {
    this.all.update((known) => [notification, ...known.filter(({ id }) => id !== notification.id)]);
    const { desktop, sound } = notification.alerts;
    if (desktop || sound) void this.announce(notification);
  }

  private async announce(notification: NewNotification): Promise<void> {
    const { Announcer } = await import('./announcing/announcer');
    await this.injector.get(Announcer).announce(notification);
  }

  /** A count that does not fit the list means that it was read, or grew, on another device. */
  private adoptCount(count: number): void {
    const isKnown = count === this.unread();
    this.counted.set(count);
    if (!isKnown) this.load();
  }

  private setRead(which: (entry: UserNotification) => boolean): void {
    const readAt = new Date().toISOString();
    const before = this.all();
    const after = before.map((entry) => (entry.readAt === null && which(entry) ? { ...entry, readAt } : entry));
    const changed = after.filter((entry, index) => entry !== before[index]).length;
    this.all.set(after);
    this.counted.update((count) => (count === null ? null : Math.max(0, count - changed)));
  }

  private empty(): void {
    this.all.set([]);
    this.cursor.set(null);
    this.counted.set(null);
    this.isLoaded.set(false);
  }
}

/** Each once; their ids sort as they were made. */
const newestFirst = (notifications: readonly UserNotification[]): UserNotification[] =>
  [...new Map(notifications.map((entry) => [entry.id, entry])).values()].sort((a, b) => (a.id < b.id ? 1 : -1));

/** Groups with something unread come first; within that the newest. */
export function groupByTicket(notifications: readonly UserNotification[]): NotificationGroup[] {
  const byTicket = new Map<number, UserNotification[]>();
  for (const entry of notifications) {
    const group = byTicket.get(entry.ticketId);
    if (group) group.push(entry);
    else byTicket.set(entry.ticketId, [entry]);
  }
  const groups = [...byTicket].flatMap(([ticketId, [latest, ...earlier]]): NotificationGroup[] =>
    latest
      ? [{ ticketId, latest, earlier, unread: [latest, ...earlier].filter(({ readAt }) => readAt === null).length }]
      : [],
  );
  return [...groups.filter(({ unread }) => unread > 0), ...groups.filter(({ unread }) => unread === 0)];
}
