import { ChangeDetectionStrategy, Component, ElementRef, inject, input, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { RouterLink } from '@angular/router';

import { attemptText } from '../../../core/session/attempt-text';
import { Session } from '../../../core/session/session';
import { Field } from '../../../shared/forms/field';
import { FieldInput } from '../../../shared/forms/field-input';
import { PasswordField } from '../../../shared/forms/password-field';
import { NEW_PASSWORD_VALIDATORS } from '../../../shared/forms/password-rules';
import { focusFirstError, placeServerErrors } from '../../../shared/forms/server-errors';
import { AppIcon } from '../../../shared/icon/app-icon';
import { toProblem } from '../../../shared/problems/problem';
import { t } from '../../../shared/texts/text';
import { AuthFrame } from '../auth-frame/auth-frame';
import { goOnWhenSignedIn } from '../landing';

/** Making an account of a customer; who has done it is signed in. */
@Component({
  selector: 'app-register-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, AuthFrame, Field, FieldInput, PasswordField, ReactiveFormsModule, RouterLink],
  templateUrl: './register-page.html',
  styleUrl: '../auth-form.scss',
})
export class RegisterPage {
  protected readonly t = t;
  private readonly session = inject(Session);
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  /** From `?returnUrl=`. */
  readonly returnUrl = input<string>();

  protected readonly form = inject(NonNullableFormBuilder).group({
    name: ['', [Validators.required, Validators.maxLength(100)]],
    email: ['', [Validators.required, Validators.email]],
    password: ['', NEW_PASSWORD_VALIDATORS],
  });
  protected readonly trouble = signal<string | null>(null);
  protected readonly isBusy = signal(false);

  constructor() {
    goOnWhenSignedIn(this.returnUrl);
  }

  protected async register(): Promise<void> {
    this.form.markAllAsTouched();
    if (this.form.invalid) return focusFirstError(this.element);
    if (this.isBusy()) return;
    this.isBusy.set(true);
    this.trouble.set(null);
    const { name, email, password } = this.form.getRawValue();
    try {
      await this.session.register(name.trim(), email.trim(), password);
    } catch (error) {
      this.refuse(error);
    } finally {
      this.isBusy.set(false);
    }
  }

  private refuse(error: unknown): void {
    const problem = toProblem(error);
    if (problem.code === 'email-taken') {
      this.form.controls.email.setErrors({ server: t('auth.register.taken') });
    } else {
      const unplaced = placeServerErrors(this.form, problem);
      if (problem.errors.length === 0 || unplaced.length > 0) this.trouble.set(unplaced[0] ?? attemptText(problem));
    }
    focusFirstError(this.element);
  }
}
