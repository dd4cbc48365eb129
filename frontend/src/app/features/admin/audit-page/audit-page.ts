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
import { Router, RouterLink } from '@angular/router';

import { AuditEntry, User } from '../../../core/api/models';
import { ProblemNotifier } from '../../../core/problems/problem-notifier';
import { saveFile } from '../../../shared/files/save-file';
import { AppIcon } from '../../../shared/icon/app-icon';
import { valueOr } from '../../../shared/resources/value-or';
import { Skeleton } from '../../../shared/skeleton/skeleton';
import { EmptyState } from '../../../shared/states/empty-state';
import { LoadError } from '../../../shared/states/load-error';
import { LocalTimePipe } from '../../../shared/time/local-time';
import { AdminApi, ExportFormat } from '../admin-api';
import { pageKeys } from '../../../core/commands/page-keys';
import { PagedRows } from '../../../shared/paging/paged-rows';
import { ACTION_WORDS, ACTIONS, detailsOf, objectLink, objectName } from './audit-words';

const DAY_MS = 86_400_000;

/** Who did what, newest first. The filters stand in the URL; nothing here can be changed. */
@Component({
  selector: 'app-audit-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, EmptyState, LoadError, LocalTimePipe, MatButton, RouterLink, Skeleton],
  templateUrl: './audit-page.html',
  styleUrls: ['../admin-page.scss', './audit-page.scss'],
})
export class AuditPage {
  private readonly api = inject(AdminApi);
  private readonly router = inject(Router);
  private readonly problems = inject(ProblemNotifier);

  readonly action = input<string>();
  readonly actor = input<string>();
  readonly object = input<string>();
  /** Days in local time; the last one counts. */
  readonly from = input<string>();
  readonly to = input<string>();

  protected readonly actions = ACTIONS;
  protected readonly words = ACTION_WORDS;
  protected readonly detailsOf = detailsOf;
  protected readonly objectLink = objectLink;
  protected readonly objectName = objectName;
  protected readonly entries = new PagedRows<AuditEntry>('/api/audit');
  protected readonly isExporting = signal(false);
  private readonly term = signal('');
  private readonly found = this.api.people(this.term);
  protected readonly offered = computed(() => valueOr(this.found, []));
  /** As far as it is known: from the entries on the page, or from what was chosen. */
  protected readonly personName = computed(() => {
    const id = this.actor();
    if (!id) return '';
    const shown = this.entries.rows()?.find(({ actor }) => actor?.id === id)?.actor;
    return shown?.name ?? this.chosen().find((user) => user.id === id)?.name ?? id;
  });
  private readonly chosen = signal<readonly User[]>([]);
  protected readonly isFiltered = computed(() => Object.keys(this.query()).length > 0);
  private readonly query = computed(() => ({
    ...(this.action() && { action: this.action() }),
    ...(this.actor() && { actor: this.actor() }),
    ...(this.object() && { object: this.object() }),
    ...momentOf('from', this.from(), 0),
    ...momentOf('to', this.to(), DAY_MS),
  }));

  private readonly personField = viewChild.required<ElementRef<HTMLInputElement>>('person');

  constructor() {
    pageKeys({ filter: () => this.personField().nativeElement.focus() });
    effect(() => {
      const query = this.query();
      untracked(() => this.entries.show(query));
    });
  }

  protected filter(change: Readonly<Record<string, string | null>>): void {
    const queryParams = Object.fromEntries(Object.entries(change).map(([name, value]) => [name, value || null]));
    void this.router.navigate([], { queryParams, queryParamsHandling: 'merge' });
  }

  protected look(text: string): void {
    this.term.set(text.trim());
  }

  /** Only somebody of the offer can be filtered by; an empty field stands for everybody. */
  protected choosePerson(text: string): void {
    if (!text.trim()) return this.filter({ actor: null });
    const user = this.offered().find(({ email, name }) => email === text.trim() || name === text.trim());
    if (!user) return;
    this.chosen.update((known) => [...known, user]);
    this.filter({ actor: user.id });
  }

  protected clear(): void {
    void this.router.navigate([], { queryParams: {} });
  }

  protected export(format: ExportFormat): void {
    this.isExporting.set(true);
    this.api.exportAudit(this.query(), format).subscribe({
      next: (file) => {
        this.isExporting.set(false);
        saveFile(file, `audit-log.${format}`);
      },
      error: (error: unknown) => {
        this.isExporting.set(false);
        this.problems.show(error, 'The log could not be exported');
      },
    });
  }
}

/** The start of a day as the server takes it; nothing for what is no day. */
function momentOf(name: 'from' | 'to', day: string | undefined, laterMs: number): Record<string, string> {
  const start = new Date(`${day}T00:00`).getTime();
  return day && !Number.isNaN(start) ? { [name]: new Date(start + laterMs).toISOString() } : {};
}
