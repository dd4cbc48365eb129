import { HttpClient, httpResource, HttpResourceRef } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import { Observable } from 'rxjs';

import { CannedReply, CannedReplyChange, CannedReplyVersion, NewCannedReply } from '../../core/api/models';

/** What is offered while something is written. */
export interface CannedReplySearch {
  readonly q: string;
  readonly in: 'reply' | 'note';
}

/** Staff only. Failures are what `toProblem` understands. */
@Injectable({ providedIn: 'root' })
export class CannedRepliesApi {
  private readonly http = inject(HttpClient);

  /** The own and the shared ones with these words, most used first; none for null. Call it in a field initialiser. */
  offered(search: () => CannedReplySearch | null): HttpResourceRef<CannedReply[] | undefined> {
    return httpResource<CannedReply[]>(() => {
      const wanted = search();
      return wanted ? { url: '/api/canned-replies', params: { ...wanted, sort: '-uses', limit: 20 } } : undefined;
    });
  }

  /** What a reply said before; none for null. Call it in a field initialiser. */
  versions(id: () => string | null): HttpResourceRef<CannedReplyVersion[] | undefined> {
    return httpResource<CannedReplyVersion[]>(() => (id() ? `/api/canned-replies/${id()}/versions` : undefined));
  }

  create(reply: NewCannedReply): Observable<CannedReply> {
    return this.http.post<CannedReply>('/api/canned-replies', reply);
  }

  /** Refused when somebody else changed it since `version`. */
  update({ id, version }: CannedReply, change: CannedReplyChange): Observable<CannedReply> {
    return this.http.patch<CannedReply>(`/api/canned-replies/${id}`, change, { headers: ifMatch(version) });
  }

  remove({ id, version }: CannedReply): Observable<void> {
    return this.http.delete<void>(`/api/canned-replies/${id}`, { headers: ifMatch(version) });
  }

  restore(id: string, version: number): Observable<CannedReply> {
    return this.http.post<CannedReply>(`/api/canned-replies/${id}/versions/${version}/restore`, null);
  }

  /** Counts that it was inserted. */
  countUse(id: string): Observable<void> {
    return this.http.post<void>(`/api/canned-replies/${id}/uses`, null);
  }
}

const ifMatch = (version: number): Record<string, string> => ({ 'If-Match': `"${version}"` });
