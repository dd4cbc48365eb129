import { HttpClient, HttpErrorResponse } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import { firstValueFrom, Observable } from 'rxjs';
import type { SendAnswer, SendRequest } from '@parley/socket-events';

import { TimelineEvent } from '../../core/api/models';
import { Problem, toProblem } from '../../shared/problems/problem';
import { EventPage, RestTransport, TransportError } from './engine/transport';

const PAGE = 100;

/** The only place that knows the routes of a conversation; the way to the server when the socket can't be used. */
@Injectable({ providedIn: 'root' })
export class ConversationsApi implements RestTransport {
  private readonly http = inject(HttpClient);

  async events(ticketId: number, after: number): Promise<EventPage> {
    const events = await this.answer(
      this.http.get<TimelineEvent[]>(`/api/tickets/${ticketId}/events`, { params: { after, limit: PAGE } }),
    );
    return { events, hasMore: events.length === PAGE };
  }

  send({ ticketId, ...message }: SendRequest): Promise<SendAnswer> {
    return this.answer(this.http.post<SendAnswer>(`/api/tickets/${ticketId}/messages`, message));
  }

  edit(ticketId: number, messageId: string, body: string): Promise<{ seq: number }> {
    return this.answer(this.http.patch<{ seq: number }>(`/api/tickets/${ticketId}/messages/${messageId}`, { body }));
  }

  remove(ticketId: number, messageId: string): Promise<{ seq: number }> {
    return this.answer(this.http.delete<{ seq: number }>(`/api/tickets/${ticketId}/messages/${messageId}`));
  }

  async markRead(ticketId: number, seq: number): Promise<void> {
    await this.answer(this.http.put(`/api/tickets/${ticketId}/read`, { seq }));
  }

  private async answer<Body>(request: Observable<Body>): Promise<Body> {
    try {
      return await firstValueFrom(request);
    } catch (error) {
      throw asTransportError(error);
    }
  }
}

/** No answer, too many requests and a server that is busy pass; everything else is a verdict. */
const PASSING = new Set([0, 401, 429, 502, 503, 504]);

function asTransportError(error: unknown): TransportError {
  const problem = toProblem(error);
  return new TransportError(
    codeOf(problem),
    error instanceof HttpErrorResponse && PASSING.has(problem.status),
    problem.retryAfterSeconds === null ? undefined : problem.retryAfterSeconds * 1000,
    problem.requestId ?? undefined,
  );
}

function codeOf(problem: Problem): string {
  if (problem.code === 'unreachable') return 'offline';
  if (problem.code === 'validation-failed') return 'validation';
  return problem.code.replaceAll('-', '_');
}
