import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { Observable, map } from 'rxjs';

import { UserNotification } from '../../core/api/models';
import { nextCursorOf } from '../../shared/paging/link-header';

/** Tickets one holds or opened, mentions, and what changed as opposed to what was said. */
export type NotificationFilter = 'mine' | 'mentions' | 'system';

export interface NotificationPage {
  readonly notifications: UserNotification[];
  readonly nextCursor: string | null;
}

/** The only place that knows the routes of notifications. */
@Injectable({ providedIn: 'root' })
export class NotificationsApi {
  private readonly http = inject(HttpClient);

  page(cursor: string | null = null, filter: NotificationFilter | null = null): Observable<NotificationPage> {
    const params: Record<string, string> = {
      limit: '50',
      ...(cursor === null ? {} : { cursor }),
      ...(filter === null ? {} : { filter }),
    };
    return this.http.get<UserNotification[]>('/api/notifications', { params, observe: 'response' }).pipe(
      map((response) => ({
        notifications: response.body ?? [],
        nextCursor: nextCursorOf(response.headers.get('Link')),
      })),
    );
  }

  markTicketRead(ticketId: number): Observable<void> {
    return this.http.put<void>(`/api/notifications/tickets/${ticketId}/read`, null);
  }

  markAllRead(): Observable<void> {
    return this.http.post<void>('/api/notifications/read-all', null);
  }
}
