import {
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  OnInit,
  afterNextRender,
  computed,
  inject,
  input,
  output,
  signal,
} from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { firstValueFrom } from 'rxjs';

import { Ticket } from '../../core/api/models';
import { ConflictingField, Conflicts } from './conflicts';
import { TicketsApi } from './tickets-api';
import { Field } from '../../shared/forms/field';
import { FieldInput } from '../../shared/forms/field-input';
import { focusFirstError, placeServerErrors } from '../../shared/forms/server-errors';
import { visibleText } from '../../shared/forms/visible-text';
import { toProblem } from '../../shared/problems/problem';
import { valueOr } from '../../shared/resources/value-or';
import { t, worded } from '../../shared/texts/text';
import { TextKey } from '../../shared/texts/text-files';

/** Changing what a ticket says. What somebody else changed meanwhile is never overwritten unasked. */
@Component({
  selector: 'app-edit-ticket',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Field, FieldInput, ReactiveFormsModule],
  template: `
    <form [formGroup]="form" novalidate [attr.aria-label]="t('tickets.edit.label')" (ngSubmit)="save()">
      <app-field [label]="t('tickets.field.subject')" [messages]="messages">
        <input appInput type="text" autocomplete="off" required maxlength="200" formControlName="subject" />
      </app-field>
      <app-field [label]="t('tickets.field.description')" [messages]="messages">
        <textarea appInput rows="5" required maxlength="10000" formControlName="description"></textarea>
      </app-field>
      <app-field [label]="t('tickets.field.category')" [optional]="true">
        <select appInput formControlName="categoryId">
          <option value="">{{ t('tickets.edit.noCategory') }}</option>
          @if (ticket().category; as category) {
            @if (!isOffered(category.id)) {
              <option [value]="category.id">{{ category.name }}</option>
            }
          }
          @for (category of categories(); track category.id) {
            <option [value]="category.id">{{ category.name }}</option>
          }
        </select>
      </app-field>
      <p class="trouble" aria-live="assertive">{{ trouble() }}</p>
      <div class="actions">
        <button class="app-button filled" type="submit" [disabled]="isBusy()">{{ t('tickets.edit.save') }}</button>
        <button class="app-button text" type="button" (click)="cancelled.emit()">{{ t('common.cancel') }}</button>
      </div>
    </form>
  `,
  styles: `
    form {
      display: grid;
      gap: 14px;
      max-block-size: 60dvh;
      padding: 16px;
      overflow: auto;
      border: 1px solid var(--app-hairline);
      border-block-start: 0;
      background: var(--app-card);
    }

    textarea {
      min-block-size: 96px;
    }

    .trouble {
      margin: 0;
      color: var(--mat-sys-error);
      font: var(--mat-sys-body-medium);
    }

    .actions {
      display: flex;
      gap: 8px;
    }
  `,
})
export class EditTicket implements OnInit {
  protected readonly t = t;
  private readonly api = inject(TicketsApi);
  private readonly conflicts = inject(Conflicts);
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  readonly ticket = input.required<Ticket>();
  readonly saved = output<Ticket>();
  readonly cancelled = output();

  private readonly offered = this.api.categories();
  protected readonly categories = computed(() => valueOr(this.offered, []));
  protected readonly form = inject(NonNullableFormBuilder).group({
    subject: ['', [Validators.required, visibleText, Validators.maxLength(200)]],
    description: ['', [Validators.required, visibleText, Validators.maxLength(10_000)]],
    categoryId: [''],
  });
  protected readonly messages = worded({ invisible: 'tickets.field.invisible' });
  protected readonly trouble = signal('');
  protected readonly isBusy = signal(false);
  /** What the person started from, or has seen since. */
  private seen: Ticket | null = null;

  constructor() {
    afterNextRender(() => this.element.querySelector('input')?.focus());
  }

  ngOnInit(): void {
    this.seen = this.ticket();
    this.form.setValue(textsOf(this.seen));
  }

  protected isOffered(categoryId: string): boolean {
    return this.categories().some(({ id }) => id === categoryId);
  }

  protected save(): void {
    this.form.markAllAsTouched();
    if (this.form.invalid) return focusFirstError(this.element);
    if (this.isBusy()) return;
    this.isBusy.set(true);
    this.trouble.set('');
    const { categoryId, ...text } = this.form.getRawValue();
    this.api.update(this.ticket().id, { ...text, categoryId: categoryId || null }, this.seen?.version).subscribe({
      next: (ticket) => this.saved.emit(ticket),
      error: (error: unknown) => this.refuse(error),
    });
  }

  private refuse(error: unknown): void {
    this.isBusy.set(false);
    const problem = toProblem(error);
    if (problem.code === 'stale') return void this.compare();
    const unplaced = placeServerErrors(this.form, problem);
    this.trouble.set(problem.errors.length > 0 ? (unplaced[0] ?? '') : problem.detail);
    focusFirstError(this.element);
  }

  /** Takes over what only somebody else changed, and lets the person pick where both did. */
  private async compare(): Promise<void> {
    try {
      const now = await firstValueFrom(this.api.get(this.ticket().id));
      if (await this.join(now)) this.save();
    } catch (error) {
      this.trouble.set(toProblem(error).detail);
    }
  }

  /** Whether there is something to save now. */
  private async join(now: Ticket): Promise<boolean> {
    const [before, theirs, mine] = [textsOf(this.seen ?? now), textsOf(now), this.form.getRawValue()];
    const touched = FIELDS.filter(({ name }) => theirs[name] !== before[name] && theirs[name] !== mine[name]);
    const both = touched.filter(({ name }) => mine[name] !== before[name]);
    const picks = both.length === 0 ? {} : await this.conflicts.ask({ by: null, fields: this.fieldsOf(both, now) });
    if (!picks) return false;
    const taken = touched.filter(({ name }) => picks[name] !== 'mine').map(({ name }) => [name, theirs[name]]);
    this.form.patchValue(Object.fromEntries(taken) as Partial<Texts>);
    this.seen = now;
    return true;
  }

  private fieldsOf(fields: typeof FIELDS, now: Ticket): ConflictingField[] {
    const mine = this.form.getRawValue();
    const nameOf = (id: string): string => this.categories().find((category) => category.id === id)?.name ?? '';
    return fields.map(({ name, key }) =>
      name === 'categoryId'
        ? { name, words: t(key), theirs: now.category?.name ?? '', mine: nameOf(mine.categoryId) }
        : { name, words: t(key), theirs: now[name], mine: mine[name] },
    );
  }
}

type Texts = Record<'subject' | 'description' | 'categoryId', string>;

const FIELDS: readonly { readonly name: keyof Texts; readonly key: TextKey }[] = [
  { name: 'subject', key: 'tickets.field.subject' },
  { name: 'description', key: 'tickets.field.description' },
  { name: 'categoryId', key: 'tickets.field.category' },
];

const textsOf = ({ subject, description, category }: Ticket): Texts => ({
  subject,
  description,
  categoryId: category?.id ?? '',
});
