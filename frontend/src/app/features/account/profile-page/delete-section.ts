import { ChangeDetectionStrategy, Component, ElementRef, inject, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { Router } from '@angular/router';

import { Session } from '../../../core/session/session';
import { ProfileApi } from '../../../domain/account/profile-api';
import { Confirm } from '../../../shared/dialogs/confirm';
import { PasswordField } from '../../../shared/forms/password-field';
import { focusFirstError } from '../../../shared/forms/server-errors';
import { toProblem } from '../../../shared/problems/problem';

/** The end of the account. It asks twice, because there is no way back. */
@Component({
  selector: 'app-delete-section',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [PasswordField, ReactiveFormsModule],
  template: `
    <section class="card" aria-labelledby="delete-account">
      <h2 id="delete-account">Delete account</h2>
      <p class="about">
        Your name, address and settings go for good, and you are signed out everywhere. Tickets and what you wrote in
        them stay, under “{{ session.isStaff() ? 'Former colleague' : 'Former customer' }}”.
      </p>
      <form [formGroup]="form" novalidate (ngSubmit)="remove()">
        <app-password-field [control]="form.controls.password" label="Your password" />
        <div class="actions">
          <button class="app-button tonal" type="submit" [disabled]="isBusy()">Delete my account</button>
        </div>
        <p class="trouble" aria-live="assertive">{{ trouble() }}</p>
      </form>
    </section>
  `,
  styleUrl: './section.scss',
})
export class DeleteSection {
  protected readonly session = inject(Session);
  private readonly profile = inject(ProfileApi);
  private readonly confirm = inject(Confirm);
  private readonly router = inject(Router);
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  protected readonly form = inject(NonNullableFormBuilder).group({ password: ['', Validators.required] });
  protected readonly isBusy = signal(false);
  protected readonly trouble = signal('');

  protected async remove(): Promise<void> {
    this.form.markAllAsTouched();
    if (this.form.invalid) return focusFirstError(this.element);
    const sure = await this.confirm.ask({
      title: 'Delete your account?',
      text: 'Nobody can bring it back, not even an admin.',
      confirm: 'Delete account',
      danger: true,
    });
    if (!sure) return;
    this.isBusy.set(true);
    this.trouble.set('');
    this.profile.deleteAccount(this.form.getRawValue().password).subscribe({
      next: () => void this.leave(),
      error: (error: unknown) => this.refuse(error),
    });
  }

  /** The sign-in is over on the server already; this tells the page and the other tabs. */
  private async leave(): Promise<void> {
    await this.session.logout();
    await this.router.navigateByUrl('/login');
  }

  private refuse(error: unknown): void {
    this.isBusy.set(false);
    const { code, detail } = toProblem(error);
    if (code === 'wrong-password') {
      this.form.controls.password.setErrors({ server: 'This is not your password.' });
      focusFirstError(this.element);
    } else this.trouble.set(detail);
  }
}
