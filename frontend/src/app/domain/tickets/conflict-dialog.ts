import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';

import { t } from '../../shared/texts/text';
import type { Conflict, Picks } from './conflicts';

/** Both values of each field that two people changed, side by side. It begins with what is stored: nothing is overwritten unasked. */
@Component({
  selector: 'app-conflict-dialog',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle],
  template: `
    <h2 matDialogTitle>
      {{ conflict.by ? t('tickets.conflict.headingBy', { name: conflict.by }) : t('tickets.conflict.heading') }}
    </h2>
    <mat-dialog-content>
      @for (field of conflict.fields; track field.name) {
        <fieldset>
          <legend>{{ field.words }}</legend>
          <label [class.picked]="!isMine(field.name)">
            <span class="whose">
              <input
                type="radio"
                [name]="field.name"
                [checked]="!isMine(field.name)"
                (change)="pick(field.name, 'theirs')"
              />
              {{ conflict.by ?? t('tickets.conflict.stored') }}
            </span>
            <span class="value">{{ field.theirs || t('tickets.conflict.nothing') }}</span>
          </label>
          <label [class.picked]="isMine(field.name)">
            <span class="whose">
              <input
                type="radio"
                [name]="field.name"
                [checked]="isMine(field.name)"
                (change)="pick(field.name, 'mine')"
              />
              {{ t('tickets.conflict.you') }}
            </span>
            <span class="value">{{ field.mine || t('tickets.conflict.nothing') }}</span>
          </label>
        </fieldset>
      }
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton type="button" matDialogClose>{{ t('common.cancel') }}</button>
      <button matButton="filled" type="button" (click)="dialog.close(picks())">
        {{ t('tickets.conflict.save') }}
      </button>
    </mat-dialog-actions>
  `,
  styles: `
    fieldset {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(200px, 1fr));
      gap: 10px;
      margin: 0 0 16px;
      padding: 0;
      border: 0;
    }

    legend {
      margin-block-end: 6px;
      padding: 0;
      font: var(--mat-sys-label-large);
    }

    label {
      display: grid;
      align-content: start;
      gap: 6px;
      padding: 12px;
      border: 1px solid var(--mat-sys-outline-variant);
      border-radius: 12px;
      cursor: pointer;
    }

    .picked {
      border-color: var(--mat-sys-primary);
      background: var(--mat-sys-secondary-container);
      color: var(--mat-sys-on-secondary-container);
    }

    .whose {
      display: flex;
      align-items: center;
      gap: 8px;
      font: var(--mat-sys-label-medium);
    }

    input {
      margin: 0;
      accent-color: var(--mat-sys-primary);
    }

    .value {
      max-block-size: 30dvh;
      overflow: hidden auto;
      color: var(--mat-sys-on-surface);
      overflow-wrap: anywhere;
      white-space: pre-wrap;
    }
  `,
})
export class ConflictDialog {
  protected readonly t = t;
  protected readonly dialog = inject<MatDialogRef<ConflictDialog, Picks>>(MatDialogRef);
  protected readonly conflict = inject<Conflict>(MAT_DIALOG_DATA);
  protected readonly picks = signal<Picks>(
    Object.fromEntries(this.conflict.fields.map(({ name }) => [name, 'theirs' as const])),
  );

  protected isMine(name: string): boolean {
    return this.picks()[name] === 'mine';
  }

  protected pick(name: string, whose: 'mine' | 'theirs'): void {
    this.picks.update((picks) => ({ ...picks, [name]: whose }));
  }
}
