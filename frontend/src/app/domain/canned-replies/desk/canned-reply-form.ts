import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  ElementRef,
  inject,
  input,
  OnInit,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButton } from '@angular/material/button';
import { finalize, map } from 'rxjs';

import { CannedReply, CannedReplyVersion } from '../../../core/api/models';
import { ProblemNotifier } from '../../../core/problems/problem-notifier';
import { Session } from '../../../core/session/session';
import { Field } from '../../../shared/forms/field';
import { FieldInput } from '../../../shared/forms/field-input';
import { focusFirstError, placeServerErrors } from '../../../shared/forms/server-errors';
import { toProblem } from '../../../shared/problems/problem';
import { RelativeTime } from '../../../shared/time/relative-time';
import { CannedRepliesApi } from '../canned-replies-api';
import { filled, VARIABLES } from '../variables';

const BODY_MAX_LENGTH = 10_000;
/** What a preview is filled from. */
const EXAMPLE = { id: 1042, subject: 'The printer prints blank pages', requester: { name: 'Cora Lind' } };

/** One canned reply: its text with variables, how it will read, and what it said before. */
@Component({
  selector: 'app-canned-reply-form',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Field, FieldInput, MatButton, ReactiveFormsModule, RelativeTime],
  templateUrl: './canned-reply-form.html',
  styleUrl: './canned-reply-form.scss',
})
export class CannedReplyForm implements OnInit {
  private readonly api = inject(CannedRepliesApi);
  private readonly problems = inject(ProblemNotifier);
  private readonly session = inject(Session);
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly bodyField = viewChild.required<ElementRef<HTMLTextAreaElement>>('bodyField');

  /** Null for a new one. */
  readonly reply = input.required<CannedReply | null>();
  readonly scope = input.required<'own' | 'shared'>();
  readonly saved = output<CannedReply>();
  readonly cancelled = output();

  protected readonly variables = Object.entries(VARIABLES).flatMap(([thing, fields]) =>
    Object.entries(fields).map(([name, words]) => ({ mark: `{{${thing}.${name}}}`, words })),
  );
  protected readonly bodyMaxLength = BODY_MAX_LENGTH;
  protected readonly keyMessages = {
    pattern: 'Lower-case letters, digits and hyphens only.',
    maxlength: 'At most 40 characters.',
  };
  protected readonly form = inject(NonNullableFormBuilder).group({
    title: ['', [Validators.required, Validators.maxLength(100)]],
    key: ['', [Validators.required, Validators.maxLength(40), Validators.pattern(/^\s*[a-z0-9][a-z0-9-]*\s*$/)]],
    body: ['', [Validators.required, Validators.maxLength(BODY_MAX_LENGTH)]],
    inReply: [true],
    inNote: [true],
  });
  protected readonly busy = signal(false);
  protected readonly trouble = signal<string | null>(null);
  protected readonly showsVersions = signal(false);
  protected readonly versions = this.api.versions(() => (this.showsVersions() ? (this.reply()?.id ?? null) : null));
  private readonly body = toSignal(this.form.controls.body.valueChanges.pipe(map((body) => body)), {
    initialValue: '',
  });
  protected readonly preview = computed(() => filled(this.body(), EXAMPLE, this.session.user() ?? { name: '' }));

  constructor() {
    afterNextRender(() => this.element.querySelector('input')?.focus());
  }

  ngOnInit(): void {
    const reply = this.reply();
    if (!reply) return;
    const { title, key, body, inReply, inNote } = reply;
    this.form.setValue({ title, key, body, inReply, inNote });
  }

  isDirty(): boolean {
    return this.form.dirty;
  }

  /** A key that fits the title, as long as none was typed. */
  protected suggestKey(): void {
    const { title, key } = this.form.controls;
    if (this.reply() || key.dirty) return;
    const words =
      title.value
        .normalize('NFKD')
        .toLowerCase()
        .match(/[a-z0-9]+/g) ?? [];
    key.setValue(words.join('-').slice(0, 40).replace(/-$/, ''));
  }

  protected insert(mark: string): void {
    const field = this.bodyField().nativeElement;
    field.setRangeText(mark, field.selectionStart, field.selectionEnd, 'end');
    this.form.controls.body.setValue(field.value);
    this.form.markAsDirty();
    field.focus();
  }

  /** Into the form, to be looked at and saved. */
  protected takeBack({ title, key, body, inReply, inNote }: CannedReplyVersion): void {
    this.form.setValue({ title, key, body, inReply, inNote });
    this.form.markAsDirty();
    this.bodyField().nativeElement.focus();
  }

  save(): void {
    this.form.markAllAsTouched();
    this.trouble.set(null);
    if (this.form.invalid) return focusFirstError(this.element);
    const { title, key, ...others } = this.form.getRawValue();
    if (!others.inReply && !others.inNote) return this.trouble.set('Offer it in replies, in notes, or in both.');
    if (this.busy()) return;
    const text = { title: title.trim(), key: key.trim(), ...others };
    const reply = this.reply();
    this.busy.set(true);
    (reply ? this.api.update(reply, text) : this.api.create({ ...text, shared: this.scope() === 'shared' }))
      .pipe(finalize(() => this.busy.set(false)))
      .subscribe({
        next: (stored) => {
          this.form.markAsPristine();
          this.saved.emit(stored);
        },
        error: (error: unknown) => this.refused(error),
      });
  }

  private refused(error: unknown): void {
    const problem = toProblem(error);
    if (problem.code === 'key-taken') {
      this.form.controls.key.setErrors({ server: 'There is a canned reply with this key already.' });
    } else if (problem.code === 'stale') {
      this.trouble.set('Somebody else changed it meanwhile. Copy your text, close this, and open it again.');
    } else if (placeServerErrors(this.form, problem).length > 0 || problem.errors.length === 0) {
      this.problems.show(error, 'The canned reply was not saved');
    }
    focusFirstError(this.element);
  }
}
