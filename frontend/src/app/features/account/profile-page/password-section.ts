import { ChangeDetectionStrategy, Component, ElementRef, inject, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';

import { UnsavedChanges } from '../../../core/page/unsaved-changes';
import { Session } from '../../../core/session/session';
import { ProfileApi } from '../../../domain/account/profile-api';
import { PasswordField } from '../../../shared/forms/password-field';
import { NEW_PASSWORD_VALIDATORS } from '../../../shared/forms/password-rules';
import { focusFirstError, placeServerErrors } from '../../../shared/forms/server-errors';
import { AppIcon } from '../../../shared/icon/app-icon';
import { toProblem } from '../../../shared/problems/problem';

/** Changing the password; this sign-in goes on, all others end. */
@Component({
  selector: 'app-password-section',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, PasswordField, ReactiveFormsModule],
  template: `
    <section class="card" aria-labelledby="change-password">
      <h2 id="change-password">Password</h2>
      <p class="about">After a change you stay signed in here; everywhere else you sign in again.</p>
      <form [formGroup]="form" novalidate (ngSubmit)="change()">
        <input type="text" autocomplete="username" hidden readonly [value]="session.user()?.email" />
        <app-password-field [control]="form.controls.currentPassword" label="Current password" />
        <app-password-field [control]="form.controls.newPassword" [isNew]="true" label="New password" />
        <div class="actions">
          <button class="app-button tonal" type="submit" [disabled]="isBusy()">Change password</button>
          <span role="status">
            @if (isSaved()) {
              <span class="saved"><app-icon name="check" /> Changed</span>
            }
          </span>
        </div>
        <p class="trouble" aria-live="assertive">{{ trouble() }}</p>
      </form>
    </section>
  `,
  styleUrl: './section.scss',
})
export class PasswordSection {
  protected readonly session = inject(Session);
  private readonly profile = inject(ProfileApi);
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  protected readonly form = inject(NonNullableFormBuilder).group({
    currentPassword: ['', Validators.required],
    newPassword: ['', NEW_PASSWORD_VALIDATORS],
  });
  protected readonly isBusy = signal(false);
  protected readonly isSaved = signal(false);
  protected readonly trouble = signal('');

  constructor() {
    inject(UnsavedChanges).hold(() => this.form.dirty);
  }

  protected change(): void {
    this.form.markAllAsTouched();
    if (this.form.invalid) return focusFirstError(this.element);
    this.isBusy.set(true);
    this.isSaved.set(false);
    this.trouble.set('');
    const { currentPassword, newPassword } = this.form.getRawValue();
    this.profile.changePassword(currentPassword, newPassword).subscribe({
      next: () => {
        this.isBusy.set(false);
        this.isSaved.set(true);
        this.form.reset();
        this.renewSignIn();
      },
      error: (error: unknown) => this.refuse(error),
    });
  }

  /** The access token of this page ended with the old password; the fresh cookie brings the next one. */
  private renewSignIn(): void {
    this.session.refresh().catch((error: unknown) => this.trouble.set(toProblem(error).detail));
  }

  private refuse(error: unknown): void {
    this.isBusy.set(false);
    const problem = toProblem(error);
    if (problem.code === 'wrong-password') {
      this.form.controls.currentPassword.setErrors({ server: 'This is not your current password.' });
    } else {
      const unplaced = placeServerErrors(this.form, problem);
      this.trouble.set(problem.errors.length > 0 ? (unplaced[0] ?? '') : problem.detail);
    }
    focusFirstError(this.element);
  }
}
