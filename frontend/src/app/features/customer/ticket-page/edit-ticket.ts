import {
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  OnInit,
  computed,
  inject,
  input,
  output,
  signal,
} from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';

import { Ticket } from '../../../core/api/models';
import { TicketsApi } from '../../../domain/tickets/tickets-api';
import { Field } from '../../../shared/forms/field';
import { FieldInput } from '../../../shared/forms/field-input';
import { focusFirstError, placeServerErrors } from '../../../shared/forms/server-errors';
import { visibleText } from '../../../shared/forms/visible-text';
import { toProblem } from '../../../shared/problems/problem';
import { valueOr } from '../../../shared/resources/value-or';

/** Changing what a ticket says. What somebody else changed meanwhile is never overwritten unasked. */
@Component({
  selector: 'app-edit-ticket',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Field, FieldInput, ReactiveFormsModule],
  template: `
    <form [formGroup]="form" novalidate aria-label="Edit the ticket" (ngSubmit)="save()">
      <app-field label="Subject" [messages]="messages">
        <input appInput type="text" autocomplete="off" required maxlength="200" formControlName="subject" />
      </app-field>
      <app-field label="Description" [messages]="messages">
        <textarea appInput rows="5" required maxlength="10000" formControlName="description"></textarea>
      </app-field>
      <app-field label="Category" [optional]="true">
        <select appInput formControlName="categoryId">
          <option value="">None</option>
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
        <button class="app-button filled" type="submit" [disabled]="isBusy()">Save</button>
        <button class="app-button text" type="button" (click)="cancelled.emit()">Cancel</button>
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
  private readonly api = inject(TicketsApi);
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
  protected readonly messages = { invisible: 'Please write something that can be read.' };
  protected readonly trouble = signal('');
  protected readonly isBusy = signal(false);
  /** What the person started from; a newer version at saving means that somebody else changed it. */
  private version = 0;

  ngOnInit(): void {
    const { subject, description, category, version } = this.ticket();
    this.form.setValue({ subject, description, categoryId: category?.id ?? '' });
    this.version = version;
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
    this.api.update(this.ticket().id, { ...text, categoryId: categoryId || null }, this.version).subscribe({
      next: (ticket) => this.saved.emit(ticket),
      error: (error: unknown) => this.refuse(error),
    });
  }

  private refuse(error: unknown): void {
    this.isBusy.set(false);
    const problem = toProblem(error);
    if (problem.code === 'stale') {
      this.version = this.ticket().version;
      this.trouble.set('The ticket was changed meanwhile. Look at it above; Save again puts your text in its place.');
      return;
    }
    const unplaced = placeServerErrors(this.form, problem);
    this.trouble.set(problem.errors.length > 0 ? (unplaced[0] ?? '') : problem.detail);
    focusFirstError(this.element);
  }
}
