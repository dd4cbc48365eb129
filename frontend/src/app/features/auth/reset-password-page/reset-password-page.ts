import { ChangeDetectionStrategy, Component, ElementRef, inject, input, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { RouterLink } from '@angular/router';
import { firstValueFrom } from 'rxjs';

import { attemptText } from '../../../core/session/attempt-text';
import { Field } from '../../../shared/forms/field';
import { FieldInput } from '../../../shared/forms/field-input';
import { PasswordField } from '../../../shared/forms/password-field';
import { NEW_PASSWORD_VALIDATORS } from '../../../shared/forms/password-rules';
import { focusFirstError, placeServerErrors } from '../../../shared/forms/server-errors';
import { AppIcon } from '../../../shared/icon/app-icon';
import { toProblem } from '../../../shared/problems/problem';
import { t } from '../../../shared/texts/text';
import { AuthApi } from '../auth-api';
import { AuthFrame } from '../auth-frame/auth-frame';
import { takeLinkToken } from '../link-token';

/** Two pages in one: asking for the mail, and, from the link in it, setting a new password. */
@Component({
  selector: 'app-reset-password-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, AuthFrame, Field, FieldInput, PasswordField, ReactiveFormsModule, RouterLink],
  templateUrl: './reset-password-page.html',
  styleUrl: '../auth-form.scss',
})
export class ResetPasswordPage {
  protected readonly t = t;
  private readonly api = inject(AuthApi);
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly forms = inject(NonNullableFormBuilder);

  protected readonly token = takeLinkToken();
  /** From `?returnUrl=`: whoever finds the password after all still goes on to where they wanted. */
  readonly returnUrl = input<string>();

  protected readonly askForm = this.forms.group({ email: ['', [Validators.required, Validators.email]] });
  protected readonly newForm = this.forms.group({ password: ['', NEW_PASSWORD_VALIDATORS] });
  protected readonly trouble = signal<string | null>(null);
  protected readonly isBusy = signal(false);
  protected readonly isMailed = signal(false);
  protected readonly isChanged = signal(false);
  /** The link was used, replaced or is too old. */
  protected readonly isLinkSpent = signal(false);

  protected async ask(): Promise<void> {
    this.askForm.markAllAsTouched();
    if (this.askForm.invalid) return focusFirstError(this.element);
    await this.attempt(async () => {
      await firstValueFrom(this.api.requestReset(this.askForm.getRawValue().email.trim()), { defaultValue: undefined });
      this.isMailed.set(true);
    });
  }

  protected async change(token: string): Promise<void> {
    this.newForm.markAllAsTouched();
    if (this.newForm.invalid) return focusFirstError(this.element);
    await this.attempt(async () => {
      await firstValueFrom(this.api.resetPassword(token, this.newForm.getRawValue().password), {
        defaultValue: undefined,
      });
      this.isChanged.set(true);
    });
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    if (this.isBusy()) return;
    this.isBusy.set(true);
    this.trouble.set(null);
    try {
      await work();
    } catch (error) {
      this.refuse(error);
    } finally {
      this.isBusy.set(false);
    }
  }

  private refuse(error: unknown): void {
    const problem = toProblem(error);
    const aboutLink = problem.errors.some(({ path }) => path === 'token') || /token|link/.test(problem.code);
    this.isLinkSpent.set(aboutLink);
    if (aboutLink) return;
    const unplaced = placeServerErrors(this.token ? this.newForm : this.askForm, problem);
    if (problem.errors.length === 0 || unplaced.length > 0) this.trouble.set(unplaced[0] ?? attemptText(problem));
    focusFirstError(this.element);
  }
}
