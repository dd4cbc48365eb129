import { Injectable, Injector, inject } from '@angular/core';
import { firstValueFrom } from 'rxjs';

import { Confirm } from '../../../shared/dialogs/confirm';
import type { Leave, LeaveQuestion } from './leave-dialog';

const NOTHING_TO_HAND_OVER: Leave = { reassignTo: null };

/** The question before somebody leaves; of staff it asks, too, where their tickets go; where words are to be typed, for those. */
@Injectable({ providedIn: 'root' })
export class Leaving {
  private readonly confirm = inject(Confirm);
  private readonly injector = inject(Injector);

  /** Undefined for a no. */
  async ask(question: LeaveQuestion): Promise<Leave | undefined> {
    const { user, title, text, confirm, typed } = question;
    if (user.role === 'customer' && typed === undefined)
      return (await this.confirm.ask({ title, text, confirm, danger: true })) ? NOTHING_TO_HAND_OVER : undefined;
    const [{ MatDialog }, { LeaveDialog }] = await Promise.all([
      import('@angular/material/dialog'),
      import('./leave-dialog'),
    ]);
    const dialog = this.injector
      .get(MatDialog)
      .open<unknown, LeaveQuestion, Leave>(LeaveDialog, { data: question, maxWidth: 480, role: 'alertdialog' });
    return firstValueFrom(dialog.afterClosed());
  }
}
