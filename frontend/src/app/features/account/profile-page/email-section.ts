import { ChangeDetectionStrategy, Component, ElementRef, inject, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';

import { UnsavedChanges } from '../../../core/page/unsaved-changes';
import { Session } from '../../../core/session/session';
import { ConfirmHint } from '../../../domain/account/confirm-hint';
import { ProfileApi } from '../../../domain/account/profile-api';
import { Field } from '../../../shared/forms/field';
import { FieldInput } from '../../../shared/forms/field-input';
import { PasswordField } from '../../../shared/forms/password-field';
import { focusFirstError, placeServerErrors } from '../../../shared/forms/server-errors';
import { AppIcon } from '../../../shared/icon/app-icon';
import { toProblem } from '../../../shared/problems/problem';

/** Changing the address; the old one stays until the link in the mail to the new one was followed. */
@Component({
  selector: 'app-email-section',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, ConfirmHint, Field, FieldInput, PasswordField, ReactiveFormsModule],
  template: `
    <section class="card" aria-labelledby="change-email">
      <h2 id="change-email">E-mail</h2>
      <p class="about">
        You sign in with <strong>{{ session.user()?.email }}</strong>. A new address is used once you have followed the
        link that is sent to it.
      </p>
      @if (session.user()?.confirmationPending) {
        <app-confirm-hint />
      }
      <form [formGroup]="form" novalidate (ngSubmit)="change()">
        <app-field label="New e-mail" [messages]="{ email: 'This does not look like an address.' }">
          <input appInput type="email" name="email" autocomplete="email" formControlName="email" />
        </app-field>
        <app-password-field [control]="form.controls.password" label="Your password" />
        <div class="actions">
          <button class="app-button tonal" type="submit" [disabled]="isBusy()">Send the link</button>
          <span role="status">
            @if (sentTo(); as address) {
              <span class="saved"><app-icon name="check" /> Sent to {{ address }}</span>
            }
          </span>
        </div>
        <p class="trouble" aria-live="assertive">{{ trouble() }}</p>
      </form>
    </section>
  `,
  styleUrl: './section.scss',
})
export class EmailSection {
  protected readonly session = inject(Session);
  private readonly profile = inject(ProfileApi);
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  protected readonly form = inject(NonNullableFormBuilder).group({
    email: ['', [Validators.required, Validators.email, Validators.maxLength(254)]],
    password: ['', Validators.required],
  });
  protected readonly isBusy = signal(false);
  protected readonly sentTo = signal<string | null>(null);
  protected readonly trouble = signal('');

  constructor() {
    inject(UnsavedChanges).hold(() => this.form.dirty);
  }

  protected change(): void {
    this.form.markAllAsTouched();
    if (this.form.invalid) return focusFirstError(this.element);
    this.isBusy.set(true);
    this.sentTo.set(null);
    this.trouble.set('');
    const { email, password } = this.form.getRawValue();
    this.profile.changeEmail(email.trim(), password).subscribe({
      next: () => {
        this.isBusy.set(false);
        this.sentTo.set(email.trim());
        this.form.reset();
      },
      error: (error: unknown) => this.refuse(error),
    });
  }

  private refuse(error: unknown): void {
    this.isBusy.set(false);
    const problem = toProblem(error);
    if (problem.code === 'wrong-password') {
      this.form.controls.password.setErrors({ server: 'This is not your password.' });
    } else if (problem.code === 'email-taken') {
      this.form.controls.email.setErrors({ server: 'There is already an account with this address.' });
    } else {
      const unplaced = placeServerErrors(this.form, problem);
      this.trouble.set(problem.errors.length > 0 ? (unplaced[0] ?? '') : problem.detail);
    }
    focusFirstError(this.element);
  }
}
