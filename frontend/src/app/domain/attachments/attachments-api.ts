import { HttpClient, HttpEventType } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { Observable, filter, map } from 'rxjs';

import { Attachment } from '../../core/api/models';

export type UploadProgress =
  | { readonly kind: 'uploading'; /** 0 to 1. */ readonly sent: number }
  | { readonly kind: 'staged'; readonly attachment: Attachment };

/** Uploads and downloads of files. Failures are what `toProblem` understands. */
@Injectable({ providedIn: 'root' })
export class AttachmentsApi {
  private readonly http = inject(HttpClient);

  /** Stages a file for a message of this ticket; unsubscribing cancels the upload. */
  upload(ticketId: number, file: File): Observable<UploadProgress> {
    const form = new FormData();
    form.set('file', file, file.name);
    return this.http
      .post<Attachment>(`/api/tickets/${ticketId}/attachments`, form, { observe: 'events', reportProgress: true })
      .pipe(
        map((event): UploadProgress | null => {
          if (event.type === HttpEventType.UploadProgress) {
            return { kind: 'uploading', sent: event.total ? event.loaded / event.total : 0 };
          }
          if (event.type === HttpEventType.Response && event.body) return { kind: 'staged', attachment: event.body };
          return null;
        }),
        filter((progress) => progress !== null),
      );
  }

  /** The bytes behind the `url` or `thumbnailUrl` of an Attachment, signed or not. */
  bytes(url: string): Observable<Blob> {
    return this.http.get(pathOf(url), { responseType: 'blob' });
  }
}

/** Signed links may be absolute; the token only travels with paths of this origin. */
function pathOf(url: string): string {
  const parsed = new URL(url, window.location.origin);
  return parsed.origin === window.location.origin ? parsed.pathname + parsed.search : url;
}
