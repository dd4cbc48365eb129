import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
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
import { Router, RouterLink } from '@angular/router';
import { finalize, Observable } from 'rxjs';

import { UsedTag } from '../../../core/api/models';
import { UnsavedChanges } from '../../../core/page/unsaved-changes';
import { Notices } from '../../../core/problems/notices';
import { ProblemNotifier } from '../../../core/problems/problem-notifier';
import { Confirm } from '../../../shared/dialogs/confirm';
import { AppIcon } from '../../../shared/icon/app-icon';
import { toProblem } from '../../../shared/problems/problem';
import { valueOr } from '../../../shared/resources/value-or';
import { Skeleton } from '../../../shared/skeleton/skeleton';
import { EmptyState } from '../../../shared/states/empty-state';
import { LoadError } from '../../../shared/states/load-error';
import { AdminApi } from '../admin-api';
import { pageKeys } from '../../../core/commands/page-keys';
import { PagedRows } from '../../../shared/paging/paged-rows';

const SORTS = { '-uses': 'Most used first', tag: 'By the alphabet' } as const;
type Sort = keyof typeof SORTS;
const TYPING_PAUSE_MS = 300;
/** How often the list looks again while tickets are being moved. */
const LOOK_AGAIN_MS = 1_000;

/** What is being typed about one tag. */
interface Work {
  readonly id: string;
  readonly kind: 'rename' | 'merge';
}

/** The tags of all tickets: renamed, merged or deleted on every ticket that has them. */
@Component({
  selector: 'app-tags-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, EmptyState, LoadError, MatButton, RouterLink, Skeleton],
  templateUrl: './tags-page.html',
  styleUrls: ['../admin-page.scss', './tags-page.scss'],
})
export class TagsPage {
  private readonly api = inject(AdminApi);
  private readonly confirm = inject(Confirm);
  private readonly notices = inject(Notices);
  private readonly problems = inject(ProblemNotifier);
  private readonly unsaved = inject(UnsavedChanges);
  private readonly router = inject(Router);
  private readonly injector = inject(Injector);
  private readonly searchField = viewChild.required<ElementRef<HTMLInputElement>>('field');
  private readonly wordField = viewChild<ElementRef<HTMLInputElement>>('typed');

  /** The filters stand in the URL. */
  readonly q = input<string>();
  readonly sort = input<string>();

  protected readonly sorts = Object.entries(SORTS).map(([value, words]) => ({ value, words }));
  protected readonly tags = new PagedRows<UsedTag>('/api/tags');
  protected readonly work = signal<Work | null>(null);
  protected readonly word = signal('');
  protected readonly refusal = signal<string | null>(null);
  protected readonly busy = signal(false);
  protected readonly order = computed<Sort>(() => (this.sort() === 'tag' ? 'tag' : '-uses'));
  private readonly term = computed(() => (this.work()?.kind === 'merge' ? this.word().trim() : null));
  private readonly found = this.api.tagsLike(this.term);
  /** What the tag can be merged into. */
  protected readonly others = computed(() =>
    valueOr(this.found, []).filter(({ id, change }) => id !== this.work()?.id && change === null),
  );
  private readonly isMoving = computed(() => (this.tags.rows() ?? []).some(({ change }) => change !== null));
  private typing: ReturnType<typeof setTimeout> | undefined;

  readonly mayLeave = (): boolean | Promise<boolean> => this.unsaved.mayLeave();

  constructor() {
    this.unsaved.hold(() => this.isTyped());
    pageKeys({
      filter: () => this.searchField().nativeElement.focus(),
      save: () => this.save(),
      close: () => void this.close(),
    });
    effect(() => {
      const query = { sort: this.order(), ...(this.q() && { q: this.q() ?? '' }) };
      untracked(() => this.tags.show(query));
    });
    effect((onCleanup) => {
      if (!this.isMoving()) return;
      // A slow answer is waited for: asking again would give it up.
      const timer = setInterval(() => !this.tags.isBusy() && this.tags.refresh(), LOOK_AGAIN_MS);
      onCleanup(() => clearInterval(timer));
    });
  }

  protected ticketsOf({ uses }: UsedTag): string {
    return uses === 1 ? '1 ticket' : `${uses} tickets`;
  }

  protected search(text: string): void {
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.filter({ q: text.trim() || null }), TYPING_PAUSE_MS);
  }

  protected filter(queryParams: Readonly<Record<string, string | null>>): void {
    void this.router.navigate([], { queryParams, queryParamsHandling: 'merge', replaceUrl: true });
  }

  protected async begin(kind: Work['kind'], { id, tag }: UsedTag): Promise<void> {
    if (this.isTyped() && !(await this.unsaved.discard())) return;
    this.word.set(kind === 'rename' ? tag : '');
    this.refusal.set(null);
    this.work.set({ id, kind });
    afterNextRender(() => this.wordField()?.nativeElement.select(), { injector: this.injector });
  }

  /** What was typed is not lost without a yes. */
  protected async close(): Promise<void> {
    if (!this.isTyped() || (await this.unsaved.discard())) this.work.set(null);
  }

  protected type(text: string): void {
    this.word.set(text);
    this.refusal.set(null);
  }

  protected save(): void {
    const work = this.work();
    const row = this.rowOf(work);
    if (!work || !row || this.busy()) return;
    const name = this.word().trim();
    if (!name) return this.refuse('Please fill in this field.');
    if (work.kind === 'rename') return this.rename(row, name);
    void this.merge(row, name);
  }

  protected async remove(row: UsedTag): Promise<void> {
    const question = {
      title: `Delete the tag “${row.tag}”?`,
      text: `${this.ticketsOf(row)} will lose it. There is no way back.`,
      confirm: 'Delete',
      danger: true,
    };
    if (await this.confirm.ask(question)) this.run(this.api.removeTag(row.id), `“${row.tag}” is being deleted.`);
  }

  private rename(row: UsedTag, name: string): void {
    if (name === row.tag) return this.work.set(null);
    this.run(this.api.renameTag(row.id, name), `“${row.tag}” is being renamed to “${name}”.`);
  }

  private async merge(row: UsedTag, name: string): Promise<void> {
    const into = this.others().find(({ tag }) => tag === name);
    if (!into) return this.refuse('Choose a tag that tickets have.');
    const question = {
      title: `Merge “${row.tag}” into “${into.tag}”?`,
      text: `${this.ticketsOf(row)} will have “${into.tag}” instead. There is no way back.`,
      confirm: 'Merge',
      danger: true,
    };
    if (await this.confirm.ask(question))
      this.run(this.api.mergeTag(row.id, into.id), `“${row.tag}” is being merged into “${into.tag}”.`);
  }

  private run(request: Observable<unknown>, done: string): void {
    this.busy.set(true);
    request.pipe(finalize(() => this.busy.set(false))).subscribe({
      next: () => {
        this.work.set(null);
        this.notices.info(done);
        this.tags.refresh();
      },
      error: (error: unknown) => this.refused(error),
    });
  }

  private refused(error: unknown): void {
    const problem = toProblem(error);
    if (problem.code === 'name-taken') return this.refuse('Tickets have this tag already. Merge the two instead.');
    this.problems.show(error, 'The tag was not changed');
    this.tags.refresh();
  }

  private refuse(why: string): void {
    this.refusal.set(why);
    this.wordField()?.nativeElement.focus();
  }

  private rowOf(work: Work | null): UsedTag | undefined {
    return this.tags.rows()?.find(({ id }) => id === work?.id);
  }

  private isTyped(): boolean {
    const work = this.work();
    return work !== null && this.word().trim() !== (work.kind === 'rename' ? this.rowOf(work)?.tag : '');
  }
}
