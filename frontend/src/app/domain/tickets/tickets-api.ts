import { HttpClient, HttpResourceRef, HttpResponse, httpResource } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { Observable, map } from 'rxjs';

import {
  Agent,
  Category,
  Ticket,
  TicketCounts,
  TicketPriority,
  TicketStatus,
  TicketSummary,
} from '../../core/api/models';
import { nextCursorOf } from '../../shared/paging/link-header';

/** Which tickets, by the names of GET /tickets; a saved view keeps the same. */
export interface TicketFilter {
  readonly status?: readonly TicketStatus[];
  readonly priority?: readonly TicketPriority[];
  /** Ids, or `none`. */
  readonly category?: readonly string[];
  /** `me`, `none`, `absent` for somebody who is offline, or an id. */
  readonly assignee?: string;
  readonly requester?: string;
  readonly tag?: readonly string[];
  readonly q?: string;
  readonly unread?: boolean;
  readonly needsReply?: boolean;
  readonly createdAfter?: string;
  readonly updatedAfter?: string;
}

/** Lists are joined with commas; what is undefined or empty is left out. */
export interface TicketListQuery extends TicketFilter {
  /** Customers only: those in which staff wrote last. */
  readonly turn?: 'mine';
  readonly sort?: string;
  readonly limit?: number;
}

export interface TicketPage {
  readonly rows: TicketSummary[];
  /** Opaque; null on the last page. */
  readonly nextCursor: string | null;
}

export interface NewTicket {
  readonly subject: string;
  readonly description: string;
  readonly categoryId?: string | null;
  readonly priority?: TicketPriority;
  /** Staff only: on behalf of this customer. */
  readonly requesterId?: string;
  readonly tags?: readonly string[];
}

export interface TicketChange {
  readonly subject?: string;
  readonly description?: string;
  readonly categoryId?: string | null;
  readonly tags?: readonly string[];
}

/** The only place that knows the URLs of tickets. Writes fail with what `toProblem` understands. */
@Injectable({ providedIn: 'root' })
export class TicketsApi {
  private readonly http = inject(HttpClient);

  page(query: TicketListQuery, cursor: string | null = null): Observable<TicketPage> {
    const params = { ...asParams(query), ...(cursor === null ? {} : { cursor }) };
    return this.http.get<TicketSummary[]>('/api/tickets', { params, observe: 'response' }).pipe(map(asPage));
  }

  /** Re-fetches when the number changes. Call it in a field initialiser. */
  ticket(ticketId: () => number | undefined): HttpResourceRef<Ticket | undefined> {
    return httpResource<Ticket>(() => {
      const id = ticketId();
      return id === undefined ? undefined : `/api/tickets/${id}`;
    });
  }

  /** Call it in a field initialiser. */
  counts(): HttpResourceRef<TicketCounts | undefined> {
    return httpResource<TicketCounts>(() => '/api/tickets/counts');
  }

  /** Those offered for new tickets. Call it in a field initialiser. */
  categories(): HttpResourceRef<Category[] | undefined> {
    return httpResource<Category[]>(() => '/api/categories');
  }

  /** Staff only: whom a ticket can be assigned to. Call it in a field initialiser. */
  agents(): HttpResourceRef<Agent[] | undefined> {
    return httpResource<Agent[]>(() => '/api/agents');
  }

  get(ticketId: number): Observable<Ticket> {
    return this.http.get<Ticket>(`/api/tickets/${ticketId}`);
  }

  update(ticketId: number, change: TicketChange, version?: number): Observable<Ticket> {
    return this.http.patch<Ticket>(`/api/tickets/${ticketId}`, change, ifMatch(version));
  }

  setStatus(ticketId: number, status: TicketStatus, version?: number): Observable<Ticket> {
    return this.http.put<Ticket>(`/api/tickets/${ticketId}/status`, { status }, ifMatch(version));
  }

  setPriority(ticketId: number, priority: TicketPriority, version?: number): Observable<Ticket> {
    return this.http.put<Ticket>(`/api/tickets/${ticketId}/priority`, { priority }, ifMatch(version));
  }

  claim(ticketId: number): Observable<Ticket> {
    return this.http.post<Ticket>(`/api/tickets/${ticketId}/claim`, null);
  }

  assign(ticketId: number, agentId: string, version?: number): Observable<Ticket> {
    return this.http.put<Ticket>(`/api/tickets/${ticketId}/assignee`, { agentId }, ifMatch(version));
  }

  release(ticketId: number, version?: number): Observable<Ticket> {
    return this.http.delete<Ticket>(`/api/tickets/${ticketId}/assignee`, ifMatch(version));
  }

  remove(ticketId: number): Observable<void> {
    return this.http.delete<void>(`/api/tickets/${ticketId}`);
  }

  restore(ticketId: number): Observable<Ticket> {
    return this.http.post<Ticket>(`/api/tickets/${ticketId}/restore`, null);
  }
}

function ifMatch(version: number | undefined): { headers?: Record<string, string> } {
  return version === undefined ? {} : { headers: { 'If-Match': `"${version}"` } };
}

function asParams(query: TicketListQuery): Record<string, string> {
  const params: Record<string, string> = {};
  for (const [name, value] of Object.entries(query) as [string, TicketListQuery[keyof TicketListQuery]][]) {
    const text = typeof value === 'object' ? value.join(',') : String(value ?? '');
    if (text !== '') params[name] = text;
  }
  return params;
}

function asPage(response: HttpResponse<TicketSummary[]>): TicketPage {
  return { rows: response.body ?? [], nextCursor: nextCursorOf(response.headers.get('Link')) };
}
