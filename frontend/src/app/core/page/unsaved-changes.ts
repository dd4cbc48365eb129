import { DOCUMENT } from '@angular/common';
import { DestroyRef, inject, Injectable } from '@angular/core';

import { Confirm } from '../../shared/dialogs/confirm';
import { Session } from '../session/session';

/** What was typed into forms and not saved: no way out of the page loses it without a question. */
@Injectable({ providedIn: 'root' })
export class UnsavedChanges {
  private readonly confirm = inject(Confirm);
  private readonly session = inject(Session);
  private readonly holders = new Set<() => boolean>();

  constructor() {
    // The browser asks in words of its own before it reloads or closes the page.
    inject(DOCUMENT).defaultView?.addEventListener('beforeunload', (event) => {
      if (this.isSomethingUnsaved()) event.preventDefault();
    });
  }

  /** Asks `isUnsaved` as long as the caller exists. Call it in a constructor or field initialiser. */
  hold(isUnsaved: () => boolean): void {
    this.holders.add(isUnsaved);
    inject(DestroyRef).onDestroy(() => this.holders.delete(isUnsaved));
  }

  /** For routes, see the guard of the same name. */
  mayLeave(): boolean | Promise<boolean> {
    return !this.isSomethingUnsaved() || this.discard();
  }

  /** Asks whether what was typed can go. */
  discard(): Promise<boolean> {
    return this.confirm.ask({
      title: 'Discard your changes?',
      text: 'They are not saved yet.',
      confirm: 'Discard',
      cancel: 'Keep',
    });
  }

  /** Whoever is signed out has nothing left to save. */
  private isSomethingUnsaved(): boolean {
    return this.session.user() !== null && [...this.holders].some((isUnsaved) => isUnsaved());
  }
}
