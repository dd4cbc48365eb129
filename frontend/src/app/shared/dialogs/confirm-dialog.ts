import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogTitle,
} from '@angular/material/dialog';

import { t } from '../texts/text';

export interface Question {
  readonly title: string;
  readonly text: string;
  /** The words on the button that does it. */
  readonly confirm: string;
  readonly cancel?: string;
  readonly danger?: boolean;
}

/** Asks before something that can not be taken back; closes with true only for the confirming button. */
@Component({
  selector: 'app-confirm-dialog',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle],
  template: `
    <h2 matDialogTitle>{{ question.title }}</h2>
    <mat-dialog-content>{{ question.text }}</mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton type="button" [matDialogClose]="false" cdkFocusInitial>
        {{ question.cancel ?? t('common.cancel') }}
      </button>
      <button matButton="filled" type="button" [class.danger]="question.danger" [matDialogClose]="true">
        {{ question.confirm }}
      </button>
    </mat-dialog-actions>
  `,
  styles: `
    .danger {
      --mat-button-filled-container-color: var(--mat-sys-error);
      --mat-button-filled-label-text-color: var(--mat-sys-on-error);
    }
  `,
})
export class ConfirmDialog {
  protected readonly t = t;
  protected readonly question = inject<Question>(MAT_DIALOG_DATA);
}
