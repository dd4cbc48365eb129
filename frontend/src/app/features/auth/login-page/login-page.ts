import { ChangeDetectionStrategy, Component, ElementRef, inject, input, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';

import { Session } from '../../../core/session/session';
import { Field } from '../../../shared/forms/field';
import { FieldInput } from '../../../shared/forms/field-input';
import { PasswordField } from '../../../shared/forms/password-field';
import { focusFirstError } from '../../../shared/forms/server-errors';
import { AppIcon } from '../../../shared/icon/app-icon';
import { toProblem } from '../../../shared/problems/problem';
import { AuthFrame } from '../auth-frame/auth-frame';
import { goOnWhenSignedIn } from '../landing';
import { attemptText } from '../throttle-text';

/** Signing in with e-mail and password. */
@Component({
  selector: 'app-login-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, AuthFrame, Field, FieldInput, MatButton, PasswordField, ReactiveFormsModule, RouterLink],
  templateUrl: './login-page.html',
  styleUrl: '../auth-form.scss',
})
export class LoginPage {
  private readonly session = inject(Session);
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  /** From `?returnUrl=`. */
  readonly returnUrl = input<string>();

  protected readonly form = inject(NonNullableFormBuilder).group({
    email: ['', Validators.required],
    password: ['', Validators.required],
  });
  protected readonly trouble = signal<string | null>(null);
  protected readonly isBusy = signal(false);

  constructor() {
    goOnWhenSignedIn(this.returnUrl);
  }

  protected async signIn(): Promise<void> {
    this.form.markAllAsTouched();
    if (this.form.invalid) return focusFirstError(this.element);
    if (this.isBusy()) return;
    this.isBusy.set(true);
    this.trouble.set(null);
    const { email, password } = this.form.getRawValue();
    try {
      await this.session.login(email.trim(), password);
    } catch (error) {
      this.trouble.set(attemptText(toProblem(error)));
      this.element.querySelector<HTMLInputElement>('input[autocomplete="current-password"]')?.select();
    } finally {
      this.isBusy.set(false);
    }
  }
}
