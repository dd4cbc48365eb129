import { HttpClient, HttpEventType } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { Observable, filter, map } from 'rxjs';

import { Ticket } from '../../core/api/models';
import { NewTicket } from './tickets-api';

export type CreationProgress =
  | { readonly kind: 'uploading'; /** 0 to 1. */ readonly sent: number }
  | { readonly kind: 'created'; readonly ticket: Ticket };

/** Creates tickets with their files. */
@Injectable({ providedIn: 'root' })
export class NewTicketRequest {
  private readonly http = inject(HttpClient);

  /** The same `key` on a repeat makes no second ticket: the server answers with the first one. */
  send(ticket: NewTicket, files: readonly File[], key: string): Observable<CreationProgress> {
    const headers = { 'Idempotency-Key': key };
    return this.http
      .post<Ticket>('/api/tickets', asForm(ticket, files), { headers, observe: 'events', reportProgress: true })
      .pipe(
        map((event): CreationProgress | null => {
          if (event.type === HttpEventType.UploadProgress) {
            return { kind: 'uploading', sent: event.total ? event.loaded / event.total : 0 };
          }
          if (event.type === HttpEventType.Response && event.body) return { kind: 'created', ticket: event.body };
          return null;
        }),
        filter((progress) => progress !== null),
      );
  }
}

function asForm(ticket: NewTicket, files: readonly File[]): FormData {
  const form = new FormData();
  form.set('subject', ticket.subject);
  form.set('description', ticket.description);
  if (ticket.categoryId) form.set('categoryId', ticket.categoryId);
  if (ticket.priority) form.set('priority', ticket.priority);
  if (ticket.requesterId) form.set('requesterId', ticket.requesterId);
  for (const tag of ticket.tags ?? []) form.append('tags', tag);
  for (const file of files) form.append('attachments', file, file.name);
  return form;
}
