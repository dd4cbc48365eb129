import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';

import { Attachment } from '../../../core/api/models';
import { AttachmentGallery } from '../../../domain/attachments/attachment-gallery';
import { t } from '../../../shared/texts/text';

/** All files of the ticket and its messages in one place. */
@Component({
  selector: 'app-ticket-files',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AttachmentGallery],
  template: `
    <section [attr.aria-label]="t('customer.ticket.files')">
      <header>
        <h2>{{ t('customer.ticket.files') }}</h2>
        <button class="app-button text" type="button" (click)="closed.emit()">{{ t('customer.files.hide') }}</button>
      </header>
      @if (files().length > 0) {
        <app-attachment-gallery [attachments]="files()" />
      } @else {
        <p>{{ t('customer.files.none') }}</p>
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
  protected readonly t = t;
  readonly files = input.required<readonly Attachment[]>();
  readonly closed = output();
}
