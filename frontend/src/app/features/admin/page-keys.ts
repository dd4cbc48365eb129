import { DOCUMENT } from '@angular/common';
import { DestroyRef, inject } from '@angular/core';

import { isTyping } from '../../shared/keys/is-typing';

export interface PageKeyActions {
  /** `c`: begins something new. */
  readonly create?: () => void;
  /** `/`: where the rows are searched. */
  readonly filter?: () => void;
  /** `Esc`, also while typing: closes what is being written. */
  readonly close?: () => void;
}

/** The keys of an admin page, as long as it is shown. Call it in a constructor. */
export function pageKeys({ create, filter, close }: PageKeyActions): void {
  const document = inject(DOCUMENT);
  const keyed = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    const action = event.key === 'Escape' ? close : isTyping(event) ? undefined : actionOf(event.key);
    if (!action || document.querySelector('[role=dialog], [role=alertdialog]')) return;
    event.preventDefault();
    action();
  };
  const actionOf = (key: string): (() => void) | undefined => (key === 'c' ? create : key === '/' ? filter : undefined);
  document.addEventListener('keydown', keyed);
  inject(DestroyRef).onDestroy(() => document.removeEventListener('keydown', keyed));
}
