import { HttpClient, HttpResourceRef, httpResource } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { Observable } from 'rxjs';

import { SavedView, TicketSort, ViewCount } from '../../core/api/models';
import { TicketFilter } from './tickets-api';

export interface NewView {
  readonly name: string;
  readonly filter: TicketFilter;
  readonly sort: TicketSort;
  /** Shown to all staff. */
  readonly shared: boolean;
}

/** The lists that staff have saved; the only place that knows their URLs. */
@Injectable({ providedIn: 'root' })
export class ViewsApi {
  private readonly http = inject(HttpClient);

  /** The caller's own, then the shared ones of others. Call it in a field initialiser. */
  views(): HttpResourceRef<SavedView[] | undefined> {
    return httpResource<SavedView[]>(() => '/api/views');
  }

  /** Nothing is asked while `isWanted` says no. Call it in a field initialiser. */
  counts(isWanted: () => boolean): HttpResourceRef<ViewCount[] | undefined> {
    return httpResource<ViewCount[]>(() => (isWanted() ? '/api/views/counts' : undefined));
  }

  /** The same `key` on a repeat saves no second one. */
  create(view: NewView, key: string): Observable<SavedView> {
    return this.http.post<SavedView>('/api/views', view, { headers: { 'Idempotency-Key': key } });
  }

  update(viewId: string, change: Partial<NewView>): Observable<SavedView> {
    return this.http.patch<SavedView>(`/api/views/${viewId}`, change);
  }

  remove(viewId: string): Observable<void> {
    return this.http.delete<void>(`/api/views/${viewId}`);
  }
}
