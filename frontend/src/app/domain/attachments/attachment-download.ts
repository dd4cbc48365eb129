import { DOCUMENT, Injectable, inject } from '@angular/core';
import { Observable, map } from 'rxjs';

import { Attachment } from '../../core/api/models';
import { AttachmentsApi } from './attachments-api';

const KEEP_URL_MS = 60_000;

/** Saves a file to the person's device, fetched with the token. */
@Injectable({ providedIn: 'root' })
export class AttachmentDownload {
  private readonly api = inject(AttachmentsApi);
  private readonly document = inject(DOCUMENT);

  save(attachment: Pick<Attachment, 'url' | 'filename'>): Observable<void> {
    return this.api.bytes(attachment.url).pipe(map((bytes) => this.offer(bytes, attachment.filename)));
  }

  private offer(bytes: Blob, filename: string): void {
    const url = URL.createObjectURL(bytes);
    const link = this.document.createElement('a');
    link.href = url;
    link.download = filename;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), KEEP_URL_MS);
  }
}
