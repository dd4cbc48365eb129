import { ChangeDetectionStrategy, Component, ElementRef, inject, output, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButton } from '@angular/material/button';
import { finalize } from 'rxjs';

import { Role, User } from '../../../core/api/models';
import { Field } from '../../../shared/forms/field';
import { FieldInput } from '../../../shared/forms/field-input';
import { focusFirstError, placeServerErrors } from '../../../shared/forms/server-errors';
import { toProblem } from '../../../shared/problems/problem';
import { AdminApi } from '../admin-api';
import { ROLE_HINTS, ROLE_WORDS, ROLES } from './roles';

/** Invites a person: they get a mail with a link and choose their own password. */
@Component({
  selector: 'app-invite-form',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Field, FieldInput, MatButton, ReactiveFormsModule],
  template: `
    <form class="card" [formGroup]="form" (ngSubmit)="invite()">
      <h2>Invite a person</h2>
      <div class="fields">
        <app-field label="E-mail">
          <input appInput type="email" formControlName="email" autocomplete="off" />
        </app-field>
        <app-field label="Name">
          <input appInput formControlName="name" autocomplete="off" maxlength="100" />
        </app-field>
        <app-field label="Role" [hint]="hints[form.controls.role.value]">
          <select appInput formControlName="role">
            @for (role of roles; track role) {
              <option [value]="role">{{ words[role] }}</option>
            }
          </select>
        </app-field>
      </div>
      @if (trouble(); as text) {
        <p class="trouble" role="alert">{{ text }}</p>
      }
      <div class="actions">
        <button matButton type="button" class="other" (click)="several.emit()">Paste a list</button>
        <button matButton type="button" (click)="cancelled.emit()">Cancel</button>
        <button matButton="filled" type="submit" [disabled]="busy()">Send invitation</button>
      </div>
    </form>
  `,
  styleUrl: '../admin-page.scss',
})
export class InviteForm {
  private readonly api = inject(AdminApi);
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  readonly invited = output<User>();
  readonly cancelled = output();
  /** A list is to be pasted instead. */
  readonly several = output();

  protected readonly roles = ROLES;
  protected readonly words = ROLE_WORDS;
  protected readonly hints = ROLE_HINTS;
  private readonly forms = inject(NonNullableFormBuilder);
  protected readonly form = this.forms.group({
    email: ['', [Validators.required, Validators.email]],
    name: ['', [Validators.required, Validators.maxLength(100)]],
    role: this.forms.control<Role>('agent'),
  });
  protected readonly busy = signal(false);
  protected readonly trouble = signal<string | null>(null);

  isDirty(): boolean {
    return this.form.dirty;
  }

  invite(): void {
    this.form.markAllAsTouched();
    if (this.form.invalid) return focusFirstError(this.element);
    if (this.busy()) return;
    this.busy.set(true);
    this.trouble.set(null);
    const { email, name, role } = this.form.getRawValue();
    this.api
      .invite({ email: email.trim(), name: name.trim(), role })
      .pipe(finalize(() => this.busy.set(false)))
      .subscribe({ next: (user) => this.invited.emit(user), error: (error: unknown) => this.refused(error) });
  }

  private refused(error: unknown): void {
    const problem = toProblem(error);
    if (problem.code === 'email-taken') {
      this.form.controls.email.setErrors({ server: 'Somebody with this e-mail is here already.' });
    } else {
      const unplaced = placeServerErrors(this.form, problem);
      if (problem.errors.length === 0 || unplaced.length > 0) this.trouble.set(unplaced[0] ?? problem.detail);
    }
    focusFirstError(this.element);
  }
}
