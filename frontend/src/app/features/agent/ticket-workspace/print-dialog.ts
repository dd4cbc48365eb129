import { ChangeDetectionStrategy, Component, DOCUMENT, inject, Injector, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MatDialog,
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';

import { t } from '../../../shared/texts/text';

/** Asks what of the ticket goes on paper: notes are for staff, and stay out unless they are wanted. */
@Component({
  selector: 'app-print-dialog',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle],
  template: `
    <h2 matDialogTitle>{{ t('commands.print.heading') }}</h2>
    <mat-dialog-content>
      <label>
        <input #notes type="checkbox" [checked]="hasNotes()" (change)="hasNotes.set(notes.checked)" />
        {{ t('commands.print.notes') }}
      </label>
      <p>{{ t(hasNotes() ? 'commands.print.withNotes' : 'commands.print.withoutNotes') }}</p>
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton type="button" matDialogClose>{{ t('common.cancel') }}</button>
      <button matButton="filled" type="button" (click)="dialog.close(hasNotes())">
        {{ t('commands.print.print') }}
      </button>
    </mat-dialog-actions>
  `,
  styles: `
    label {
      display: flex;
      align-items: center;
      gap: 10px;
      min-block-size: 44px;
      color: var(--mat-sys-on-surface);
    }

    p {
      margin: 0;
    }
  `,
})
export class PrintDialog {
  protected readonly t = t;
  protected readonly dialog = inject<MatDialogRef<PrintDialog, boolean>>(MatDialogRef);
  protected readonly hasNotes = signal(false);
}

/** Prints the ticket that is open, once it was said whether with its notes. */
export function printTicket(injector: Injector): void {
  const root = injector.get(DOCUMENT).documentElement;
  const dialog = injector.get(MatDialog).open<PrintDialog, null, boolean>(PrintDialog, { maxWidth: 440 });
  dialog.afterClosed().subscribe((hasNotes) => {
    if (hasNotes === undefined) return;
    if (hasNotes) root.dataset['print'] = 'notes';
    window.print();
    delete root.dataset['print'];
  });
}
