import { ChangeDetectionStrategy, Component, ElementRef, inject, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';

import { UnsavedChanges } from '../../../core/page/unsaved-changes';
import { Session } from '../../../core/session/session';
import { ProfileApi } from '../../../domain/account/profile-api';
import { Field } from '../../../shared/forms/field';
import { FieldInput } from '../../../shared/forms/field-input';
import { focusFirstError, placeServerErrors } from '../../../shared/forms/server-errors';
import { visibleText } from '../../../shared/forms/visible-text';
import { AppIcon } from '../../../shared/icon/app-icon';
import { toProblem } from '../../../shared/problems/problem';

/** The name others see. */
@Component({
  selector: 'app-name-section',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, Field, FieldInput, ReactiveFormsModule],
  template: `
    <section class="card" aria-labelledby="about-you">
      <h2 id="about-you">About you</h2>
      <form [formGroup]="form" novalidate (ngSubmit)="save()">
        <app-field label="Name" hint="This is how others see you." [messages]="messages">
          <input appInput type="text" autocomplete="name" required maxlength="100" formControlName="name" />
        </app-field>
        <app-field label="E-mail" hint="You sign in with it, and mails go there.">
          <input appInput type="email" autocomplete="email" readonly [value]="session.user()?.email" />
        </app-field>
        <div class="actions">
          <button class="app-button tonal" type="submit" [disabled]="isBusy()">Save name</button>
          <span role="status">
            @if (isSaved()) {
              <span class="saved"><app-icon name="check" /> Saved</span>
            }
          </span>
        </div>
        <p class="trouble" aria-live="assertive">{{ trouble() }}</p>
      </form>
    </section>
  `,
  styleUrl: './section.scss',
})
export class NameSection {
  protected readonly session = inject(Session);
  private readonly profile = inject(ProfileApi);
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  protected readonly form = inject(NonNullableFormBuilder).group({
    name: [this.session.user()?.name ?? '', [Validators.required, visibleText, Validators.maxLength(100)]],
  });
  protected readonly messages = { invisible: 'Please take a name that can be read.' };
  protected readonly isBusy = signal(false);
  protected readonly isSaved = signal(false);
  protected readonly trouble = signal('');

  constructor() {
    inject(UnsavedChanges).hold(() => this.form.dirty);
  }

  protected save(): void {
    this.form.markAllAsTouched();
    if (this.form.invalid) return focusFirstError(this.element);
    this.isBusy.set(true);
    this.isSaved.set(false);
    this.trouble.set('');
    this.profile.update({ name: this.form.getRawValue().name.trim() }).subscribe({
      next: () => {
        this.isBusy.set(false);
        this.isSaved.set(true);
        this.form.markAsPristine();
      },
      error: (error: unknown) => {
        this.isBusy.set(false);
        const problem = toProblem(error);
        const unplaced = placeServerErrors(this.form, problem);
        this.trouble.set(problem.errors.length > 0 ? (unplaced[0] ?? '') : problem.detail);
      },
    });
  }
}
