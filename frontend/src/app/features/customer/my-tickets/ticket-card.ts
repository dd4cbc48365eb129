import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';

import { TicketSummary } from '../../../core/api/models';
import { Session } from '../../../core/session/session';
import { DraftBook } from '../../../domain/conversations/drafts/draft-book';
import { MatchLine } from '../../../domain/tickets/match-line';
import { StatusChip } from '../../../domain/tickets/status-chip';
import { isCustomersTurn } from '../../../domain/tickets/ticket-matching';
import { AppIcon } from '../../../shared/icon/app-icon';
import { t } from '../../../shared/texts/text';
import { RelativeTime } from '../../../shared/time/relative-time';

/** One ticket of the list; the whole card is one link. */
@Component({
  selector: 'app-ticket-card',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, MatchLine, RelativeTime, RouterLink, StatusChip],
  template: `
    <a [routerLink]="['/portal/tickets', ticket().id]" [class.unread]="ticket().unread > 0">
      <span class="top">
        <app-status-chip [status]="ticket().status" words="customer" />
        @if (isTurn()) {
          <span class="turn"><app-icon name="chat" /> {{ t('customer.card.turn') }}</span>
        }
        <app-time class="time" [at]="ticket().updatedAt" />
      </span>
      <span class="subject">
        @if (ticket().unread > 0) {
          <span class="dot"
            ><span class="visually-hidden">{{ t('customer.card.unread') }}</span></span
          >
        }
        {{ ticket().subject }}
      </span>
      <span class="bottom">
        <span class="number">#{{ ticket().id }}</span>
        @if (ticket().match; as match) {
          @defer {
            <app-match-line class="last" [match]="match" />
          }
        } @else if (draft(); as text) {
          <span class="last"
            ><strong class="draft">{{ t('customer.card.draft') }}</strong> {{ text }}</span
          >
        } @else if (ticket().lastMessage; as last) {
          <span class="last"
            ><strong>{{ speaker() }}:</strong> {{ last.excerpt }}</span
          >
        } @else {
          <span class="last">{{ waiting() }}</span>
        }
      </span>
    </a>
  `,
  styleUrl: './ticket-card.scss',
})
export class TicketCard {
  protected readonly t = t;
  private readonly session = inject(Session);
  private readonly drafts = inject(DraftBook);
  readonly ticket = input.required<TicketSummary>();

  /** What was begun here and not sent. */
  protected readonly draft = computed(() => {
    const draft = this.drafts.of(this.ticket().id);
    return draft && (draft.excerpt || t('customer.card.aFile'));
  });
  protected readonly isTurn = computed(() => isCustomersTurn(this.ticket()));
  protected readonly speaker = computed(() => {
    const author = this.ticket().lastMessage?.author;
    return author?.id === this.session.user()?.id ? t('customer.card.you') : (author?.name ?? '');
  });
  protected readonly waiting = computed(() => {
    const { assignee, status } = this.ticket();
    if (status === 'closed') return t('customer.card.closed');
    return assignee ? t('customer.card.assigned', { name: assignee.name }) : t('customer.card.waiting');
  });
}
