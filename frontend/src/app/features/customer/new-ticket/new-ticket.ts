import {
  ChangeDetectionStrategy,
  Component,
  DestroyRef,
  ElementRef,
  computed,
  effect,
  inject,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { takeUntilDestroyed, toSignal } from '@angular/core/rxjs-interop';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { Router, RouterLink } from '@angular/router';
import { debounceTime } from 'rxjs';

import { TicketPriority } from '../../../core/api/models';
import { Notices } from '../../../core/problems/notices';
import { RefusedFile, filesOf } from '../../../domain/attachments/attachment-rules';
import { FilePicker } from '../../../domain/attachments/file-picker';
import { CarriedWords } from '../../../domain/conversations/drafts/carried-words';
import { NewTicketRequest } from '../../../domain/tickets/new-ticket-request';
import { PRIORITY_HINTS, PRIORITY_WORDS, TICKET_PRIORITIES } from '../../../domain/tickets/ticket-words';
import { TicketsApi } from '../../../domain/tickets/tickets-api';
import { Field } from '../../../shared/forms/field';
import { FieldInput } from '../../../shared/forms/field-input';
import { focusFirstError, placeServerErrors } from '../../../shared/forms/server-errors';
import { visibleText } from '../../../shared/forms/visible-text';
import { AppIcon } from '../../../shared/icon/app-icon';
import { Problem, toProblem } from '../../../shared/problems/problem';
import { valueOr } from '../../../shared/resources/value-or';
import { locale } from '../../../shared/texts/catalogue';
import { t, worded } from '../../../shared/texts/text';
import { LocalTimePipe } from '../../../shared/time/local-time';
import { NewTicketDraft } from './new-ticket-draft';
import { SimilarTickets } from './similar-tickets';

const SUBJECT_MAX = 200;
const DESCRIPTION_MAX = 10_000;
const COUNT_DOWN_FROM = 500;
const SAVE_AFTER_MS = 300;

/** Writing a ticket. Everything typed and picked survives refusals, reloads and going away; it is sent at most once. */
@Component({
  selector: 'app-new-ticket',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, Field, FieldInput, FilePicker, LocalTimePipe, ReactiveFormsModule, RouterLink, SimilarTickets],
  host: { '(paste)': 'paste($event)', '(window:pagehide)': 'keepNow()' },
  templateUrl: './new-ticket.html',
  styleUrl: './new-ticket.scss',
})
export class NewTicket {
  protected readonly t = t;
  private readonly request = inject(NewTicketRequest);
  private readonly draft = inject(NewTicketDraft);
  private readonly carried = inject(CarriedWords);
  private readonly notices = inject(Notices);
  private readonly router = inject(Router);
  private readonly destroyRef = inject(DestroyRef);
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly picker = viewChild.required(FilePicker);

  private readonly offered = inject(TicketsApi).categories();
  /** None when they could not be loaded: a ticket can do without. */
  protected readonly categories = computed(() => valueOr(this.offered, []));
  protected readonly priorities = computed(() =>
    TICKET_PRIORITIES.map((value) => {
      const hint = lowered(PRIORITY_HINTS[value]);
      return { value, words: t('customer.new.priorityOption', { priority: PRIORITY_WORDS[value], hint }) };
    }),
  );
  private readonly forms = inject(NonNullableFormBuilder);
  protected readonly form = this.forms.group({
    subject: ['', [Validators.required, visibleText, Validators.maxLength(SUBJECT_MAX)]],
    description: ['', [Validators.required, visibleText, Validators.maxLength(DESCRIPTION_MAX)]],
    categoryId: [''],
    priority: this.forms.control<TicketPriority>('medium'),
  });
  protected readonly messages = worded({ maxlength: 'tickets.field.tooLong', invisible: 'tickets.field.invisible' });
  protected readonly files = signal<readonly File[]>([]);
  protected readonly refusedFiles = signal<readonly RefusedFile[]>([]);
  protected readonly trouble = signal<{ text: string; requestId: string | null } | null>(null);
  /** 0 to 1 while files are on their way, null otherwise. */
  protected readonly sent = signal<number | null>(null);
  protected readonly isSending = signal(false);
  protected readonly restoredAt = signal<Date | null>(null);
  protected readonly savedAt = signal<Date | null>(null);
  private key = this.draft.newKey();
  /** An attempt with this key may have reached the server. */
  private wasTried = false;

  private readonly values = toSignal(this.form.valueChanges, { initialValue: this.form.value });
  protected readonly subject = computed(() => this.values().subject ?? '');
  protected readonly subjectLeft = computed(() => left(this.values().subject, SUBJECT_MAX, 40));
  protected readonly descriptionLeft = computed(() =>
    left(this.values().description, DESCRIPTION_MAX, COUNT_DOWN_FROM),
  );
  protected readonly categoryHint = computed(() => {
    const chosen = this.categories().find(({ id }) => id === this.values().categoryId);
    return chosen?.hint ?? t('customer.new.categoryHint');
  });
  protected readonly percent = computed(() => Math.round((this.sent() ?? 0) * 100));

  constructor() {
    this.carried.putDown();
    void this.restore();
    this.form.valueChanges.pipe(debounceTime(SAVE_AFTER_MS), takeUntilDestroyed()).subscribe(() => this.keep());
    this.destroyRef.onDestroy(() => this.keepNow());
    effect(() => {
      const files = this.files();
      untracked(() => this.keepFiles(files));
    });
  }

  protected paste(event: ClipboardEvent): void {
    const files = filesOf(event.clipboardData);
    if (files.length === 0) return;
    event.preventDefault();
    this.picker().add(files);
  }

  /** What was written goes on in a ticket there is already; it stays a draft of this page until it stands there. */
  protected carryTo(ticketId: number): void {
    const { subject, description } = this.form.getRawValue();
    const body = [subject, description]
      .map((text) => text.trim())
      .filter(Boolean)
      .join('\n\n');
    const taken = (): void => {
      void this.draft.clear();
      this.notices.info(t('customer.new.carried'));
    };
    this.carried.carry({ ticketId, body, files: this.files(), taken });
  }

  /** Going away must not lose the last words typed. */
  protected keepNow(): void {
    if (this.form.dirty) this.keep();
  }

  protected send(): void {
    this.form.markAllAsTouched();
    if (this.form.invalid) return focusFirstError(this.element);
    if (this.isSending()) return;
    this.draft.save(this.form.getRawValue(), this.key);
    this.isSending.set(true);
    this.wasTried = true;
    this.trouble.set(null);
    this.refusedFiles.set([]);
    const { categoryId, ...rest } = this.form.getRawValue();
    this.request
      .send({ ...rest, categoryId: categoryId || null }, this.files(), this.key)
      .pipe(takeUntilDestroyed(this.destroyRef))
      .subscribe({
        next: (progress) => {
          if (progress.kind === 'uploading') this.sent.set(this.files().length > 0 ? progress.sent : null);
          else void this.finish(progress.ticket.id);
        },
        error: (error: unknown) => this.refuse(toProblem(error)),
      });
  }

  protected async discard(): Promise<void> {
    this.form.reset();
    this.files.set([]);
    this.key = this.draft.newKey();
    this.restoredAt.set(null);
    this.savedAt.set(null);
    await this.draft.clear();
  }

  private async finish(ticketId: number): Promise<void> {
    void this.draft.clear();
    this.notices.info(t('customer.new.thanks', { number: ticketId }));
    await this.router.navigate(['/portal/tickets', ticketId], { replaceUrl: true });
  }

  /** What was typed and picked stays; each message goes to where it belongs. */
  private refuse(problem: Problem): void {
    this.isSending.set(false);
    this.sent.set(null);
    if (problem.status >= 400 && problem.status < 500 && problem.code !== 'in-progress') this.newAttempt();
    const aboutFiles = problem.errors.filter(({ path }) => /^(attachments|files?)\b/.test(path));
    this.refusedFiles.set(aboutFiles.map(({ message }) => ({ name: '', reason: message })));
    const others = problem.errors.filter((error) => !aboutFiles.includes(error));
    const unplaced = placeServerErrors(this.form, problem.withErrors(others));
    if (problem.errors.length === 0 || unplaced.length > 0) {
      this.trouble.set({ text: unplaced[0] ?? problem.detail, requestId: problem.requestId });
    }
    focusFirstError(this.element);
  }

  private async restore(): Promise<void> {
    const kept = this.draft.load();
    if (kept) {
      const { savedAt, key, ...text } = kept;
      this.form.setValue({
        subject: text.subject,
        description: text.description,
        categoryId: text.categoryId,
        priority: text.priority,
      });
      this.key = key;
      this.restoredAt.set(new Date(savedAt));
    }
    const files = await this.draft.loadFiles();
    if (files.length > 0 && this.files().length === 0) this.files.set(files);
  }

  private keep(): void {
    if (this.isSending()) return;
    if (this.wasTried) this.newAttempt();
    const text = this.form.getRawValue();
    if (!text.subject && !text.description && this.files().length === 0) return;
    this.savedAt.set(this.draft.save(text, this.key));
  }

  private keepFiles(files: readonly File[]): void {
    this.refusedFiles.set([]);
    if (files.length === 0 && !this.savedAt() && !this.restoredAt()) return;
    void this.draft.saveFiles(files);
    this.keep();
  }

  /** What is sent next is something new to the server. */
  private newAttempt(): void {
    this.key = this.draft.newKey();
    this.wasTried = false;
  }
}

function left(text: string | undefined, max: number, from: number): string | null {
  const rest = max - (text?.length ?? 0);
  return rest <= from ? t('customer.new.left', { count: rest }) : null;
}

/** A sentence that goes on after a dash: its first letter small, the nouns of a language as they are. */
const lowered = (text: string): string => text.charAt(0).toLocaleLowerCase(locale()) + text.slice(1);
