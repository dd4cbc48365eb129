import { HttpClient, HttpErrorResponse, HttpResponse } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import { firstValueFrom, Observable } from 'rxjs';
import type { SendAnswer, SendRequest, SubscribeRequest, SyncAnswer } from '@parley/socket-events';

import { TimelineEvent } from '../../core/api/models';
import { Problem, toProblem } from '../../shared/problems/problem';
import { RestTransport, TransportError } from './engine/transport';

const PAGE = 100;

/** The only place that knows the routes of a conversation; the way to the server when the socket can't be used. */
@Injectable({ providedIn: 'root' })
export class ConversationsApi implements RestTransport {
  private readonly http = inject(HttpClient);

  async events({ ticketId, after, stream }: SubscribeRequest): Promise<SyncAnswer> {
    const params = { after, limit: PAGE, ...(stream !== undefined && { stream }) };
    const url = `/api/tickets/${ticketId}/events`;
    return asPage(await this.answer(this.http.get<TimelineEvent[]>(url, { params, observe: 'response' })));
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

  async markUnread(ticketId: number, seq: number): Promise<void> {
    await this.answer(this.http.put(`/api/tickets/${ticketId}/unread`, { seq }));
  }

  private async answer<Body>(request: Observable<Body>): Promise<Body> {
    try {
      return await firstValueFrom(request);
    } catch (error) {
      throw toTransportError(error);
    }
  }
}

/** The numbering and whether it still fits stand in the headers; the body is the events alone. */
function asPage({ body, headers }: HttpResponse<TimelineEvent[]>): SyncAnswer {
  return {
    stream: headers.get('Parley-Stream') ?? '',
    head: Number(headers.get('Parley-Head') ?? 0),
    events: body ?? [],
    hasMore: /rel="?next"?/.test(headers.get('Link') ?? ''),
    ...(headers.get('Parley-Reset') === 'true' && { reset: true }),
  };
}

/** A sign-in that ran out and too many requests pass. Beside them only a refusal of Parley itself is a verdict. */
const PASSING = new Set([401, 408, 429]);

/** Whatever no server said, what a proxy in between says, and defects of the server: another time may be better. */
function isPassing({ status, code }: Problem): boolean {
  return status < 400 || status >= 500 || PASSING.has(status) || code === 'unexpected';
}

/** What a failed request means, in the words of sockets. */
export function toTransportError(error: unknown): TransportError {
  const problem = toProblem(error);
  return new TransportError(
    codeOf(problem),
    error instanceof HttpErrorResponse && isPassing(problem),
    problem.retryAfterSeconds === null ? undefined : problem.retryAfterSeconds * 1000,
    problem.requestId ?? undefined,
  );
}

function codeOf(problem: Problem): string {
  if (problem.code === 'unreachable') return 'offline';
  if (problem.code === 'validation-failed') return 'validation';
  return problem.code.replaceAll('-', '_');
}
