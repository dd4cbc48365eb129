import { ChangeDetectionStrategy, Component, computed, ElementRef, inject, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink, RouterLinkActive } from '@angular/router';

import { TicketSummary } from '../../../core/api/models';
import { DraftBook } from '../../../domain/conversations/drafts/draft-book';
import { withoutInlineMarks } from '../../../domain/conversations/marks/inline-marks';
import { MatchLine } from '../../../domain/tickets/match-line';
import { PriorityChip } from '../../../domain/tickets/priority-chip';
import { StatusChip } from '../../../domain/tickets/status-chip';
import { Avatar } from '../../../shared/avatar/avatar';
import { AppIcon } from '../../../shared/icon/app-icon';
import { RelativeTime } from '../../../shared/time/relative-time';

/** One ticket in a list of staff. The whole row is its link; Claim stands beside it. */
@Component({
  selector: 'app-ticket-row',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [
    AppIcon,
    Avatar,
    MatButton,
    MatchLine,
    PriorityChip,
    RelativeTime,
    RouterLink,
    RouterLinkActive,
    StatusChip,
  ],
  templateUrl: './ticket-row.html',
  styleUrl: './ticket-row.scss',
  host: { '[class.stale]': 'stale()', '[class.selected]': 'selected()', '[class.unread]': 'ticket().unread > 0' },
})
export class TicketRowView {
  readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly drafts = inject(DraftBook);

  readonly ticket = input.required<TicketSummary>();
  /** It no longer belongs into this list. */
  readonly stale = input(false);
  readonly selected = input(false);
  readonly claiming = input(false);
  /** Whether everything from the last one ticked up to here is meant. */
  readonly picked = output<boolean>();
  readonly claimed = output();

  protected readonly claimable = computed(() => {
    const { assignee, status } = this.ticket();
    return assignee === null && (status === 'open' || status === 'in_progress') && !this.stale();
  });
  /** What this person has begun to write here. */
  protected readonly draft = computed(() => {
    const draft = this.drafts.of(this.ticket().id);
    return draft && (withoutInlineMarks(draft.excerpt) || 'a file');
  });
  protected readonly lastLine = computed(() => {
    const { lastMessage } = this.ticket();
    return lastMessage ? `${lastMessage.author.name}: ${withoutInlineMarks(lastMessage.excerpt)}` : 'No message yet';
  });

  focus(): void {
    this.element.querySelector('a')?.focus();
  }
}
