import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { MatIconButton } from '@angular/material/button';

import { Attachment, CategoryRef, Ticket } from '../../../core/api/models';
import { AttachmentGallery } from '../../../domain/attachments/attachment-gallery';
import { PresenceBook } from '../../../domain/people/presence-book';
import { TicketsApi } from '../../../domain/tickets/tickets-api';
import { Avatar } from '../../../shared/avatar/avatar';
import { AppIcon } from '../../../shared/icon/app-icon';
import { FollowersSection } from './followers-section';
import { TagEditor } from './tag-editor';
import { TicketChanges } from './ticket-changes';
import { LocalTimePipe } from '../../../shared/time/local-time';

/** What stands beside the conversation: the customer, category, tags, all files, and when what happened. */
@Component({
  selector: 'app-ticket-details',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, AttachmentGallery, Avatar, FollowersSection, LocalTimePipe, MatIconButton, TagEditor],
  templateUrl: './ticket-details.html',
  styleUrl: './ticket-details.scss',
  host: { role: 'complementary', 'aria-label': 'Ticket details' },
})
export class TicketDetails {
  protected readonly changes = inject(TicketChanges);
  protected readonly presence = inject(PresenceBook);
  private readonly categories = inject(TicketsApi).categories();

  readonly ticket = input.required<Ticket>();
  /** All of the ticket and its messages. */
  readonly files = input.required<readonly Attachment[]>();
  readonly closed = output();

  /** Those on offer, and the ticket's own even when it no longer is. */
  protected readonly categoryOptions = computed((): CategoryRef[] => {
    const offered = this.categories.hasValue() ? this.categories.value().filter(({ archived }) => !archived) : [];
    const own = this.ticket().category;
    return own && !offered.some(({ id }) => id === own.id) ? [...offered, own] : offered;
  });
  protected readonly times = computed(() => {
    const { createdAt, firstRespondedAt, resolvedAt, closedAt, updatedAt } = this.ticket();
    return [
      { name: 'Created', at: createdAt },
      { name: 'First answer', at: firstRespondedAt },
      { name: 'Resolved', at: resolvedAt },
      { name: 'Closed', at: closedAt },
      { name: 'Last activity', at: updatedAt },
    ].filter((time): time is { name: string; at: string } => time.at !== null);
  });

  protected chooseCategory(id: string): void {
    this.changes.setCategory(this.categoryOptions().find((category) => category.id === id) ?? null);
  }
}
