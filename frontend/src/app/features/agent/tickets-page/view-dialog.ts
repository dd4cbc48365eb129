import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';
import { Observable } from 'rxjs';

import { SavedView } from '../../../core/api/models';
import { Field } from '../../../shared/forms/field';
import { FieldInput } from '../../../shared/forms/field-input';
import { placeServerErrors } from '../../../shared/forms/server-errors';
import { visibleText } from '../../../shared/forms/visible-text';
import { toProblem } from '../../../shared/problems/problem';

export interface ViewForm {
  readonly title: string;
  /** The words on the button. */
  readonly confirm: string;
  readonly name: string;
  /** Absent: not asked for. */
  readonly shared?: boolean;
  readonly submit: (values: { name: string; shared: boolean }) => Observable<SavedView>;
  readonly done?: (view: SavedView) => void;
}

/** Asks for the name of a view; what the server refuses is told in it, and what was typed stays. */
@Component({
  selector: 'app-view-dialog',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [
    Field,
    FieldInput,
    MatButton,
    MatDialogActions,
    MatDialogClose,
    MatDialogContent,
    MatDialogTitle,
    ReactiveFormsModule,
  ],
  template: `
    <form [formGroup]="form" novalidate (ngSubmit)="save()">
      <h2 matDialogTitle>{{ data.title }}</h2>
      <mat-dialog-content>
        <app-field label="Name" [messages]="messages">
          <input appInput type="text" autocomplete="off" required maxlength="100" formControlName="name" />
        </app-field>
        @if (data.shared !== undefined) {
          <label class="shared">
            <input type="checkbox" formControlName="shared" /> Show it to everybody who answers tickets
          </label>
        }
        <p class="trouble" aria-live="assertive">{{ trouble() }}</p>
      </mat-dialog-content>
      <mat-dialog-actions align="end">
        <button matButton type="button" matDialogClose>Cancel</button>
        <button matButton="filled" type="submit" [disabled]="isBusy()">{{ data.confirm }}</button>
      </mat-dialog-actions>
    </form>
  `,
  styles: `
    .shared {
      display: flex;
      align-items: center;
      gap: 10px;
      min-block-size: 44px;
    }

    .trouble {
      margin: 0;
      color: var(--mat-sys-error);
    }
  `,
})
export class ViewDialog {
  private readonly dialog = inject<MatDialogRef<ViewDialog>>(MatDialogRef);
  protected readonly data = inject<ViewForm>(MAT_DIALOG_DATA);
  protected readonly form = inject(NonNullableFormBuilder).group({
    name: [this.data.name, [Validators.required, visibleText, Validators.maxLength(100)]],
    shared: [this.data.shared ?? false],
  });
  protected readonly messages = { invisible: 'Please write something that can be read.' };
  protected readonly trouble = signal('');
  protected readonly isBusy = signal(false);

  protected save(): void {
    this.form.markAllAsTouched();
    if (this.form.invalid || this.isBusy()) return;
    this.isBusy.set(true);
    this.trouble.set('');
    this.data.submit(this.form.getRawValue()).subscribe({
      next: (view) => {
        this.dialog.close();
        this.data.done?.(view);
      },
      error: (error: unknown) => this.refused(error),
    });
  }

  private refused(error: unknown): void {
    this.isBusy.set(false);
    const problem = toProblem(error);
    if (problem.code === 'name-taken') this.form.controls.name.setErrors({ server: problem.detail });
    else this.trouble.set(placeServerErrors(this.form, problem)[0] ?? problem.detail);
  }
}
