import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  effect,
  ElementRef,
  inject,
  Injector,
  input,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { MatButton } from '@angular/material/button';

import { CannedReply } from '../../../core/api/models';
import { UnsavedChanges } from '../../../core/page/unsaved-changes';
import { Notices } from '../../../core/problems/notices';
import { ProblemNotifier } from '../../../core/problems/problem-notifier';
import { Confirm } from '../../../shared/dialogs/confirm';
import { AppIcon } from '../../../shared/icon/app-icon';
import { pageKeys } from '../../../core/commands/page-keys';
import { PagedRows } from '../../../shared/paging/paged-rows';
import { Skeleton } from '../../../shared/skeleton/skeleton';
import { EmptyState } from '../../../shared/states/empty-state';
import { LoadError } from '../../../shared/states/load-error';
import { RelativeTime } from '../../../shared/time/relative-time';
import { CannedRepliesApi } from '../canned-replies-api';
import { CannedReplyForm } from './canned-reply-form';

const TYPING_PAUSE_MS = 250;

/** Where canned replies are written: one's own, or by admins those that all share. */
@Component({
  selector: 'app-canned-replies-desk',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, CannedReplyForm, EmptyState, LoadError, MatButton, RelativeTime, Skeleton],
  templateUrl: './canned-replies-desk.html',
  styleUrl: './canned-replies-desk.scss',
})
export class CannedRepliesDesk {
  private readonly api = inject(CannedRepliesApi);
  private readonly confirm = inject(Confirm);
  private readonly notices = inject(Notices);
  private readonly problems = inject(ProblemNotifier);
  private readonly unsaved = inject(UnsavedChanges);
  private readonly injector = inject(Injector);
  private readonly searchField = viewChild.required<ElementRef<HTMLInputElement>>('field');
  private readonly form = viewChild(CannedReplyForm);

  readonly scope = input.required<'own' | 'shared'>();

  protected readonly replies = new PagedRows<CannedReply>('/api/canned-replies');
  protected readonly words = signal('');
  protected readonly order = signal<'title' | '-uses' | 'unused'>('title');
  /** What is in the form: a reply, `new`, or nothing. */
  protected readonly editing = signal<CannedReply | 'new' | null>(null);

  constructor() {
    this.unsaved.hold(() => this.isTyped());
    pageKeys({
      create: () => void this.begin('new'),
      filter: () => this.searchField().nativeElement.focus(),
      save: () => this.form()?.save(),
      close: () => void this.close(),
    });
    effect((onCleanup) => {
      const [scope, words, order] = [this.scope(), this.words().trim(), this.order()];
      const query = {
        scope,
        ...(words && { q: words }),
        ...(order === 'unused' ? { used: 'false' } : { sort: order }),
      };
      const timer = setTimeout(() => untracked(() => this.replies.show(query)), words ? TYPING_PAUSE_MS : 0);
      onCleanup(() => clearTimeout(timer));
    });
  }

  protected sortBy(order: string): void {
    this.order.set(order === '-uses' || order === 'unused' ? order : 'title');
  }

  protected async begin(reply: CannedReply | 'new'): Promise<void> {
    if (this.isTyped() && !(await this.unsaved.discard())) return;
    this.editing.set(null);
    afterNextRender(() => this.editing.set(reply), { injector: this.injector });
  }

  /** What was typed is not lost without a yes. */
  protected async close(): Promise<void> {
    if (!this.isTyped() || (await this.unsaved.discard())) this.editing.set(null);
  }

  protected saved(reply: CannedReply): void {
    const isNew = this.editing() === 'new';
    this.editing.set(null);
    if (isNew) this.replies.prepend(reply);
    else this.replies.replace(reply, ({ id }) => id === reply.id);
    this.notices.info(`“${reply.title}” was saved.`);
  }

  protected async remove(reply: CannedReply): Promise<void> {
    const question = {
      title: `Delete “${reply.title}”?`,
      text: 'It is offered to nobody any more. Messages that were written with it stay as they are.',
      confirm: 'Delete',
      danger: true,
    };
    if (!(await this.confirm.ask(question))) return;
    this.api.remove(reply).subscribe({
      next: () => this.replies.remove(({ id }) => id === reply.id),
      error: (error: unknown) => {
        this.replies.refresh();
        this.problems.show(error, 'The canned reply was not deleted');
      },
    });
  }

  protected placesOf({ inReply, inNote }: CannedReply): string {
    return inReply && inNote ? 'Replies and notes' : inReply ? 'Replies' : 'Notes';
  }

  private isTyped(): boolean {
    return this.form()?.isDirty() === true;
  }
}
