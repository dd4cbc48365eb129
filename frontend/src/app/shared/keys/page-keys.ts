import { DOCUMENT } from '@angular/common';
import { DestroyRef, inject } from '@angular/core';

import { isTyping } from './is-typing';

export interface PageKeyActions {
  /** `c`: begins something new. */
  readonly create?: () => void;
  /** `/`: where the rows are searched. */
  readonly filter?: () => void;
  /** `Ctrl S` or `Cmd S`, also while typing. */
  readonly save?: () => void;
  /** `Esc`, also while typing: closes what is being written. */
  readonly close?: () => void;
}

/** The keys of a page with a list or a form, as long as it is shown. Call it in a constructor. */
export function pageKeys({ create, filter, save, close }: PageKeyActions): void {
  const document = inject(DOCUMENT);
  const keyed = (event: KeyboardEvent): void => {
    if (event.altKey || event.isComposing || event.defaultPrevented) return;
    const action = actionOf(event);
    if (!action || document.querySelector('[role=dialog], [role=alertdialog]')) return;
    event.preventDefault();
    action();
  };
  const actionOf = (event: KeyboardEvent): (() => void) | undefined => {
    // By its place as well: on layouts with other letters the key with S types another one.
    if (event.ctrlKey || event.metaKey) return isKeyS(event) && !event.shiftKey ? save : undefined;
    if (event.key === 'Escape') return close;
    if (isTyping(event)) return undefined;
    return event.key === 'c' ? create : event.key === '/' ? filter : undefined;
  };
  document.addEventListener('keydown', keyed);
  inject(DestroyRef).onDestroy(() => document.removeEventListener('keydown', keyed));
}

const isKeyS = ({ key, code }: KeyboardEvent): boolean =>
  key.toLowerCase() === 's' || (code === 'KeyS' && !/^[a-z]$/i.test(key));
