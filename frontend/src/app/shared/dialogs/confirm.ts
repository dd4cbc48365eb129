import { Injectable, Injector, inject } from '@angular/core';
import { firstValueFrom } from 'rxjs';

import type { Question } from './confirm-dialog';

/** Opens a question over the page; the dialog's code is fetched with the first one. */
@Injectable({ providedIn: 'root' })
export class Confirm {
  private readonly injector = inject(Injector);

  async ask(question: Question): Promise<boolean> {
    const [{ MatDialog }, { ConfirmDialog }] = await Promise.all([
      import('@angular/material/dialog'),
      import('./confirm-dialog'),
    ]);
    const dialog = this.injector
      .get(MatDialog)
      .open(ConfirmDialog, { data: question, maxWidth: 440, role: 'alertdialog' });
    return (await firstValueFrom(dialog.afterClosed())) === true;
  }
}
