import { ChangeDetectionStrategy, Component, ElementRef, inject, signal } from '@angular/core';
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

/** Accepting an invitation: choosing a password, and a name if the invited one does not fit. */
@Component({
  selector: 'app-invite-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, AuthFrame, Field, FieldInput, PasswordField, ReactiveFormsModule, RouterLink],
  templateUrl: './invite-page.html',
  styleUrl: '../auth-form.scss',
})
export class InvitePage {
  protected readonly t = t;
  private readonly api = inject(AuthApi);
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  protected readonly token = takeLinkToken();

  protected readonly form = inject(NonNullableFormBuilder).group({
    name: ['', Validators.maxLength(100)],
    password: ['', NEW_PASSWORD_VALIDATORS],
  });
  protected readonly trouble = signal<string | null>(null);
  protected readonly isBusy = signal(false);
  protected readonly isAccepted = signal(false);
  /** The link was used, replaced or is too old. */
  protected readonly isLinkSpent = signal(false);

  protected async accept(token: string): Promise<void> {
    this.form.markAllAsTouched();
    if (this.form.invalid) return focusFirstError(this.element);
    if (this.isBusy()) return;
    this.isBusy.set(true);
    this.trouble.set(null);
    const { name, password } = this.form.getRawValue();
    try {
      await firstValueFrom(this.api.acceptInvitation(token, password, name.trim()), { defaultValue: undefined });
      this.isAccepted.set(true);
    } catch (error) {
      this.refuse(error);
    } finally {
      this.isBusy.set(false);
    }
  }

  private refuse(error: unknown): void {
    const problem = toProblem(error);
    this.isLinkSpent.set(
      problem.errors.some(({ path }) => path === 'token') || /token|link|invitation/.test(problem.code),
    );
    if (this.isLinkSpent()) return;
    const unplaced = placeServerErrors(this.form, problem);
    if (problem.errors.length === 0 || unplaced.length > 0) this.trouble.set(unplaced[0] ?? attemptText(problem));
    focusFirstError(this.element);
  }
}
