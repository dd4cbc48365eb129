import { HttpClient, HttpResourceRef, httpResource } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { Observable, map } from 'rxjs';

import { BulkAction, BulkResult, BulkUndo, Ticket, TimelineEvent, UsedTag, UserRef } from '../../core/api/models';

/** A number that no timeline reaches. */
const AFTER_ALL = 2_147_483_647;

/** What is done to each of some tickets, or taken back. */
export type BulkRequest =
  { readonly ids: readonly number[]; readonly action: BulkAction } | { readonly undo: readonly BulkUndo[] };

/** What only staff do with tickets, so that customers don't load it. */
@Injectable({ providedIn: 'root' })
export class TicketWorkApi {
  private readonly http = inject(HttpClient);

  /** Each ticket is changed whole or not at all. The same `key` on a repeat is answered from what was done. */
  bulk(request: BulkRequest, key: string): Observable<BulkResult[]> {
    const headers = { 'Idempotency-Key': key };
    return this.http
      .post<{ results: BulkResult[] }>('/api/tickets/bulk', request, { headers })
      .pipe(map(({ results }) => results));
  }

  /** Those that begin like `text`, most used first. */
  tags(text: string, limit: number): Observable<UsedTag[]> {
    return this.http.get<UsedTag[]>('/api/tags', { params: { ...(text && { q: text }), limit } });
  }

  /** Whether the customer waits for a word. */
  setNeedsReply(ticketId: number, needsReply: boolean): Observable<Ticket> {
    return this.http.put<Ticket>(`/api/tickets/${ticketId}/needs-reply`, { needsReply });
  }

  /** The newest entries of the timeline, oldest first. */
  latestEvents(ticketId: number, limit: number): Observable<TimelineEvent[]> {
    const params = { before: AFTER_ALL, limit };
    return this.http.get<TimelineEvent[]>(`/api/tickets/${ticketId}/events`, { params });
  }

  /** Staff who asked to be told of the ticket. Call it in a field initialiser. */
  followers(ticketId: () => number): HttpResourceRef<UserRef[] | undefined> {
    return httpResource<UserRef[]>(() => `/api/tickets/${ticketId()}/followers`);
  }

  follow(ticketId: number, isWanted: boolean): Observable<void> {
    const url = `/api/tickets/${ticketId}/followers/me`;
    return isWanted ? this.http.put<void>(url, null) : this.http.delete<void>(url);
  }
}
