import { Injectable, Injector, inject } from '@angular/core';
import { firstValueFrom } from 'rxjs';

/** Fields that somebody else changed while this person did. */
export interface Conflict {
  /** Whose change is stored; null where that is not known. */
  readonly by: string | null;
  readonly fields: readonly ConflictingField[];
}

export interface ConflictingField {
  readonly name: string;
  /** As people read it. */
  readonly words: string;
  readonly theirs: string;
  readonly mine: string;
}

/** Which value of each field is to stay. */
export type Picks = Readonly<Record<string, 'mine' | 'theirs'>>;

/** Asks which of two values is to stay; the dialog's code is fetched with the first one. */
@Injectable({ providedIn: 'root' })
export class Conflicts {
  private readonly injector = inject(Injector);

  /** Null when the person wants to decide later: what is stored stays. */
  async ask(conflict: Conflict): Promise<Picks | null> {
    const [{ MatDialog }, { ConflictDialog }] = await Promise.all([
      import('@angular/material/dialog'),
      import('./conflict-dialog'),
    ]);
    const dialog = this.injector
      .get(MatDialog)
      .open<unknown, Conflict, Picks>(ConflictDialog, { data: conflict, width: '560px' });
    return (await firstValueFrom(dialog.afterClosed())) ?? null;
  }
}
