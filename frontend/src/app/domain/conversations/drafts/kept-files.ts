import { Injectable, inject } from '@angular/core';

import type { DraftPlace } from '../engine/outbox-store';
import type { OutgoingFile } from '../engine/outgoing-messages';
import { Outboxes } from '../outbox/outboxes';

/** The bytes of files of drafts on this device. Where it keeps nothing, they last as long as the page. */
@Injectable({ providedIn: 'root' })
export class KeptFiles {
  private readonly files = inject(Outboxes).draftFiles;

  list(place: DraftPlace): Promise<OutgoingFile[]> {
    return this.files.list(place).catch(() => []);
  }

  keep(place: DraftPlace, file: OutgoingFile): void {
    void this.files.keep(place, file).catch(() => undefined);
  }

  drop(fileId: string): void {
    void this.files.drop(fileId).catch(() => undefined);
  }
}
