import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { Observable } from 'rxjs';
import type { WireDraft } from '@parley/socket-events';

import { DraftSummary } from '../../../core/api/models';
import { DraftRecord } from './draft-record';
import { DraftPlace } from './draft-shelf';

/** The only place that knows the routes of drafts. */
@Injectable({ providedIn: 'root' })
export class DraftsApi {
  private readonly http = inject(HttpClient);

  /** At most 200, the newest first. */
  list(): Observable<DraftSummary[]> {
    return this.http.get<DraftSummary[]>('/api/me/drafts');
  }

  get(place: DraftPlace): Observable<WireDraft> {
    return this.http.get<WireDraft>(urlOf(place));
  }

  save(place: DraftPlace, { body, attachments, clientMsgId, baseSeq }: DraftRecord): Observable<WireDraft> {
    const attachmentIds = attachments.map(({ id }) => id);
    return this.http.put<WireDraft>(urlOf(place), { body, attachmentIds, clientMsgId, baseSeq });
  }

  discard(place: DraftPlace, clientMsgId: string): Observable<void> {
    return this.http.delete<void>(urlOf(place), { params: { clientMsgId } });
  }
}

const urlOf = ({ ticketId, kind }: DraftPlace): string => `/api/tickets/${ticketId}/drafts/${kind}`;
