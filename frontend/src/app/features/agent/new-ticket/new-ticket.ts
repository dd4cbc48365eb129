import { ChangeDetectionStrategy, Component, ElementRef, inject, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButton } from '@angular/material/button';
import { Router, RouterLink } from '@angular/router';
import { uuidv7 } from 'uuidv7';

import { TicketPriority, User } from '../../../core/api/models';
import { RefusedFile } from '../../../domain/attachments/attachment-rules';
import { FilePicker } from '../../../domain/attachments/file-picker';
import { NewTicketRequest } from '../../../domain/tickets/new-ticket-request';
import { PRIORITY_WORDS, TICKET_PRIORITIES } from '../../../domain/tickets/ticket-words';
import { TicketsApi } from '../../../domain/tickets/tickets-api';
import { Field } from '../../../shared/forms/field';
import { FieldInput } from '../../../shared/forms/field-input';
import { focusFirstError, placeServerErrors } from '../../../shared/forms/server-errors';
import { visibleText } from '../../../shared/forms/visible-text';
import { AppIcon } from '../../../shared/icon/app-icon';
import { toProblem } from '../../../shared/problems/problem';
import { CustomerPicker } from './customer-picker';

/** Staff open a ticket for a customer, say after a phone call. */
@Component({
  selector: 'app-new-ticket-for-customer',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, CustomerPicker, Field, FieldInput, FilePicker, MatButton, ReactiveFormsModule, RouterLink],
  templateUrl: './new-ticket.html',
  styleUrl: './new-ticket.scss',
})
export class NewTicketForCustomer {
  private readonly request = inject(NewTicketRequest);
  private readonly router = inject(Router);
  private readonly forms = inject(NonNullableFormBuilder);
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  protected readonly categories = inject(TicketsApi).categories();
  protected readonly priorities = TICKET_PRIORITIES;
  protected readonly priorityWords = PRIORITY_WORDS;
  protected readonly messages = {
    maxlength: 'This is too long.',
    invisible: 'Please write something that can be read.',
  };
  protected readonly form = this.forms.group({
    subject: ['', [Validators.required, visibleText, Validators.maxLength(200)]],
    description: ['', [Validators.required, visibleText, Validators.maxLength(10_000)]],
    categoryId: [''],
    priority: this.forms.control<TicketPriority>('medium'),
  });
  protected readonly customer = signal<User | null>(null);
  protected readonly files = signal<readonly File[]>([]);
  protected readonly refusedFiles = signal<readonly RefusedFile[]>([]);
  protected readonly trouble = signal<string | null>(null);
  protected readonly sending = signal(false);
  /** The same for every try with the same content, so that a lost answer makes no second ticket. */
  private attempt = { key: uuidv7(), content: '' };

  protected send(): void {
    this.form.markAllAsTouched();
    if (this.form.invalid) return focusFirstError(this.element);
    const customer = this.customer();
    if (!customer) return this.trouble.set('Choose the customer this ticket is for.');
    if (this.sending()) return;
    this.sending.set(true);
    this.trouble.set(null);
    this.refusedFiles.set([]);
    const { categoryId, ...rest } = this.form.getRawValue();
    const ticket = { ...rest, categoryId: categoryId || null, requesterId: customer.id };
    this.request.send(ticket, this.files(), this.keyFor(ticket)).subscribe({
      next: (progress) => {
        if (progress.kind === 'created') void this.router.navigate(['/agent/tickets', progress.ticket.id]);
      },
      error: (error: unknown) => this.refused(error),
    });
  }

  private keyFor(ticket: object): string {
    const content = JSON.stringify([ticket, this.files().map(({ name, size }) => [name, size])]);
    if (content !== this.attempt.content) this.attempt = { key: uuidv7(), content };
    return this.attempt.key;
  }

  private refused(error: unknown): void {
    const problem = toProblem(error);
    this.sending.set(false);
    const unplaced = placeServerErrors(this.form, problem);
    const files = problem.errors.filter(({ path }) => path.startsWith('attachments'));
    this.refusedFiles.set(files.map(({ path, message }) => ({ name: path, reason: message })));
    if (problem.errors.length === 0 || unplaced.length > files.length) this.trouble.set(unplaced[0] ?? problem.detail);
    focusFirstError(this.element);
  }
}
