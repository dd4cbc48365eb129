import { ChangeDetectionStrategy, Component, computed } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { KeptMail } from '../../../core/api/models';
import { InlineText } from '../../../domain/conversations/marks/inline-text';
import { AppIcon } from '../../../shared/icon/app-icon';
import { Skeleton } from '../../../shared/skeleton/skeleton';
import { EmptyState } from '../../../shared/states/empty-state';
import { LoadError } from '../../../shared/states/load-error';
import { RelativeTime } from '../../../shared/time/relative-time';
import { PagedRows } from '../paged-rows';
import { LocalTimePipe } from '../../../shared/time/local-time';

const STATUS_WORDS: Readonly<Record<KeptMail['status'], string>> = {
  kept: 'Kept, not sent',
  queued: 'Waiting',
  sent: 'Sent',
  failed: 'Failed, will be tried again',
  parked: 'Given up',
};

/** Outgoing mail, newest first; without a mail server this is where invitations and links are read. */
@Component({
  selector: 'app-mails-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, LocalTimePipe, EmptyState, InlineText, LoadError, MatButton, RelativeTime, Skeleton],
  templateUrl: './mails-page.html',
  styleUrls: ['../admin-page.scss', './mails-page.scss'],
})
export class MailsPage {
  protected readonly words = STATUS_WORDS;
  protected readonly mails = new PagedRows<KeptMail>('/api/mails');
  /** No mail server is set up. */
  protected readonly onlyKept = computed(() => this.mails.rows()?.some(({ status }) => status === 'kept') ?? false);

  constructor() {
    this.mails.show({});
  }
}
