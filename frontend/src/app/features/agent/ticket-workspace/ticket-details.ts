import { ChangeDetectionStrategy, Component, computed, inject, input, output, signal } from '@angular/core';
import { MatIconButton } from '@angular/material/button';

import { Attachment, CategoryRef, Ticket } from '../../../core/api/models';
import { AttachmentGallery } from '../../../domain/attachments/attachment-gallery';
import { PresenceBook } from '../../../domain/people/presence-book';
import { TicketsApi } from '../../../domain/tickets/tickets-api';
import { Avatar } from '../../../shared/avatar/avatar';
import { AppIcon } from '../../../shared/icon/app-icon';
import { DeskArrangement } from '../desk-arrangement';
import { FollowersSection } from './followers-section';
import { TagEditor } from './tag-editor';
import { TicketChanges } from './ticket-changes';
import { LocalTimePipe } from '../../../shared/time/local-time';

type FileKind = 'all' | 'pictures' | 'documents';

const kindOf = ({ mediaType }: Attachment): FileKind => (mediaType.startsWith('image/') ? 'pictures' : 'documents');

/** What stands beside the conversation: the customer, category, tags, all files, and when what happened. */
@Component({
  selector: 'app-ticket-details',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, AttachmentGallery, Avatar, FollowersSection, LocalTimePipe, MatIconButton, TagEditor],
  templateUrl: './ticket-details.html',
  styleUrl: './ticket-details.scss',
  host: { role: 'complementary', 'aria-label': 'Ticket details', 'data-pane': '' },
})
export class TicketDetails {
  protected readonly changes = inject(TicketChanges);
  protected readonly desk = inject(DeskArrangement);
  protected readonly presence = inject(PresenceBook);
  private readonly categories = inject(TicketsApi).categories();

  readonly ticket = input.required<Ticket>();
  /** All of the ticket and its messages. */
  readonly files = input.required<readonly Attachment[]>();
  readonly closed = output();

  protected readonly shownKind = signal<FileKind>('all');
  protected readonly shownFiles = computed(() =>
    this.files().filter((file) => this.shownKind() === 'all' || kindOf(file) === this.shownKind()),
  );
  /** Only where there is something to tell apart. */
  protected readonly kinds = computed(() => {
    const count = (kind: FileKind): number => this.files().filter((file) => kindOf(file) === kind).length;
    const [pictures, documents] = [count('pictures'), count('documents')];
    if (pictures === 0 || documents === 0) return [];
    return [
      { value: 'all' as const, words: 'All', count: pictures + documents },
      { value: 'pictures' as const, words: 'Pictures', count: pictures },
      { value: 'documents' as const, words: 'PDF', count: documents },
    ];
  });

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
