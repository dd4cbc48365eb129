import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';

import { Ticket } from '../../../core/api/models';
import { Avatar } from '../../../shared/avatar/avatar';
import { around, t } from '../../../shared/texts/text';
import { AttachmentGallery } from '../../attachments/attachment-gallery';
import { InlineText } from '../marks/inline-text';
import { LocalTimePipe } from '../../../shared/time/local-time';

/** How the conversation began: the description and the files given at creation. */
@Component({
  selector: 'app-ticket-opening',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AttachmentGallery, Avatar, LocalTimePipe, InlineText],
  template: `
    <p class="head">
      <app-avatar [name]="ticket().requester.name" />
      <span class="who">
        {{ words()[0] }}<strong>{{ own() ? t('conversation.you') : ticket().requester.name }}</strong
        >{{ words()[1] }}
        <time [attr.datetime]="ticket().createdAt">{{ ticket().createdAt | localTime: 'medium' }}</time>
      </span>
    </p>
    <app-inline-text [text]="ticket().description" />
    @if (ticket().attachments.length > 0) {
      <app-attachment-gallery [attachments]="ticket().attachments" />
    }
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 12px;
      padding: 16px;
      border: 1px solid var(--app-hairline);
      border-radius: 16px;
      background: var(--app-card);
      font: var(--mat-sys-body-medium);
      line-height: 1.55;
    }

    .head {
      display: flex;
      align-items: center;
      gap: 10px;
      margin: 0;
    }

    .who {
      color: var(--mat-sys-on-surface-variant);
      line-height: 1.35;
    }

    strong {
      color: var(--mat-sys-on-surface);
      font: var(--mat-sys-label-large);
    }

    time {
      display: block;
      font: var(--mat-sys-body-small);
    }
  `,
})
export class TicketOpening {
  protected readonly t = t;
  readonly ticket = input.required<Ticket>();
  readonly selfId = input.required<string>();
  protected readonly words = computed(() =>
    around(this.own() ? 'conversation.opening.you' : 'conversation.opening.other', 'name'),
  );
  protected readonly own = computed(() => this.ticket().requester.id === this.selfId());
}
