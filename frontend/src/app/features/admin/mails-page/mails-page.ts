import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  ElementRef,
  inject,
  input,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router } from '@angular/router';

import { KeptMail } from '../../../core/api/models';
import { Notices } from '../../../core/problems/notices';
import { ProblemNotifier } from '../../../core/problems/problem-notifier';
import { InlineText } from '../../../domain/conversations/marks/inline-text';
import { AppIcon } from '../../../shared/icon/app-icon';
import { Skeleton } from '../../../shared/skeleton/skeleton';
import { EmptyState } from '../../../shared/states/empty-state';
import { LoadError } from '../../../shared/states/load-error';
import { LocalTimePipe } from '../../../shared/time/local-time';
import { RelativeTime } from '../../../shared/time/relative-time';
import { AdminApi } from '../admin-api';
import { pageKeys } from '../../../core/commands/page-keys';
import { PagedRows } from '../../../shared/paging/paged-rows';
import { MailPreview } from './mail-preview';

type MailStatus = KeptMail['status'];

const STATUS_WORDS: Readonly<Record<MailStatus, string>> = {
  kept: 'Kept, not sent',
  queued: 'Waiting',
  sent: 'Sent',
  failed: 'Failed, will be tried again',
  parked: 'Given up',
};

/**
 * Outgoing mail, newest first; without a mail server this is where invitations and links are read. Mails are shown by
 * their text part, drawn piece by piece, or in a frame: no markup of a mail ever becomes part of the page.
 */
@Component({
  selector: 'app-mails-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, EmptyState, InlineText, LoadError, LocalTimePipe, MailPreview, MatButton, RelativeTime, Skeleton],
  templateUrl: './mails-page.html',
  styleUrls: ['../admin-page.scss', './mails-page.scss'],
})
export class MailsPage {
  private readonly api = inject(AdminApi);
  private readonly router = inject(Router);
  private readonly notices = inject(Notices);
  private readonly problems = inject(ProblemNotifier);

  /** The filters stand in the URL. */
  readonly status = input<string>();
  readonly to = input<string>();

  protected readonly words = STATUS_WORDS;
  protected readonly statuses = Object.keys(STATUS_WORDS) as MailStatus[];
  protected readonly mails = new PagedRows<KeptMail>('/api/mails');
  protected readonly delivery = this.api.mailDelivery();
  /** Mails that were opened stay drawn, so that closing one is quick. */
  protected readonly opened = signal<ReadonlySet<string>>(new Set());
  /** Mails that are shown as their readers see them. */
  protected readonly previewed = signal<ReadonlySet<string>>(new Set());
  protected readonly retryingId = signal<string | null>(null);
  protected readonly isSending = computed(() => !this.delivery.hasValue() || this.delivery.value().sending);
  protected readonly isFiltered = computed(() => Object.keys(this.query()).length > 0);
  private readonly query = computed(() => ({
    ...(this.isStatus(this.status()) && { status: this.status() }),
    ...(this.to() && { to: this.to() }),
  }));

  private readonly addressField = viewChild.required<ElementRef<HTMLInputElement>>('address');

  constructor() {
    pageKeys({ filter: () => this.addressField().nativeElement.focus() });
    effect(() => {
      const query = this.query();
      untracked(() => this.mails.show(query));
    });
  }

  protected filter(change: Readonly<Record<string, string>>): void {
    const queryParams = Object.fromEntries(Object.entries(change).map(([name, value]) => [name, value || null]));
    void this.router.navigate([], { queryParams, queryParamsHandling: 'merge' });
  }

  protected clear(): void {
    void this.router.navigate([], { queryParams: {} });
  }

  protected reload(): void {
    this.mails.reload();
    this.delivery.reload();
  }

  protected open(mail: KeptMail): void {
    this.opened.update((ids) => new Set([...ids, mail.id]));
  }

  protected preview({ id }: KeptMail, on: boolean): void {
    this.previewed.update((ids) => new Set([...[...ids].filter((other) => other !== id), ...(on ? [id] : [])]));
  }

  protected canRetry({ status }: KeptMail): boolean {
    return this.isSending() && (status === 'parked' || status === 'failed' || status === 'kept');
  }

  protected retry(mail: KeptMail): void {
    this.retryingId.set(mail.id);
    this.api.retryMail(mail.id).subscribe({
      next: (changed) => {
        this.retryingId.set(null);
        this.mails.replace(changed, ({ id }) => id === changed.id);
        this.delivery.reload();
        this.notices.info(`The mail to ${mail.to} is sent now.`);
      },
      error: (error: unknown) => {
        this.retryingId.set(null);
        this.problems.show(error, 'The mail could not be sent');
      },
    });
  }

  private isStatus(text: string | undefined): text is MailStatus {
    return this.statuses.some((status) => status === text);
  }
}
