import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';

import { Attachment } from '../../../core/api/models';
import { AttachmentGallery } from '../../../domain/attachments/attachment-gallery';

/** All files of the ticket and its messages in one place. */
@Component({
  selector: 'app-ticket-files',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AttachmentGallery],
  template: `
    <section aria-label="Files of this ticket">
      <header>
        <h2>Files of this ticket</h2>
        <button class="app-button text" type="button" (click)="closed.emit()">Hide</button>
      </header>
      @if (files().length > 0) {
        <app-attachment-gallery [attachments]="files()" />
      } @else {
        <p>There are no files yet. Add some with your next message.</p>
      }
    </section>
  `,
  styles: `
    section {
      max-block-size: 40dvh;
      padding: 8px 16px 16px;
      overflow: auto;
      border: 1px solid var(--app-hairline);
      border-block-start: 0;
      background: var(--app-card);
    }

    header {
      display: flex;
      align-items: center;
      justify-content: space-between;
    }

    p {
      margin: 0;
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-body-medium);
    }
  `,
})
export class TicketFiles {
  readonly files = input.required<readonly Attachment[]>();
  readonly closed = output();
}
