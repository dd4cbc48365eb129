import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { Observable, map } from 'rxjs';

import { UserNotification } from '../../core/api/models';
import { nextCursorOf } from '../../shared/paging/link-header';

export interface NotificationPage {
  readonly notifications: UserNotification[];
  readonly nextCursor: string | null;
}

/** The only place that knows the routes of notifications. */
@Injectable({ providedIn: 'root' })
export class NotificationsApi {
  private readonly http = inject(HttpClient);

  page(cursor: string | null = null): Observable<NotificationPage> {
    const params: Record<string, string> = { limit: '50', ...(cursor === null ? {} : { cursor }) };
    return this.http.get<UserNotification[]>('/api/notifications', { params, observe: 'response' }).pipe(
      map((response) => ({
        notifications: response.body ?? [],
        nextCursor: nextCursorOf(response.headers.get('Link')),
      })),
    );
  }

  markRead(id: string): Observable<void> {
    return this.http.put<void>(`/api/notifications/${id}/read`, null);
  }

  markAllRead(): Observable<void> {
    return this.http.post<void>('/api/notifications/read-all', null);
  }
}
