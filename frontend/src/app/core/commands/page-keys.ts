import { inject } from '@angular/core';

import { Commands } from './commands';

export interface PageKeyActions {
  /** Begins something new. */
  readonly create?: () => void;
  /** Where the rows are searched. */
  readonly filter?: () => void;
  /** Also while typing. */
  readonly save?: () => void;
  /** Also while typing: closes what is being written. */
  readonly close?: () => void;
}

/** The commands of a page with a list or a form, as long as it is shown. Call it in a constructor. */
export function pageKeys({ create, filter, save, close }: PageKeyActions): void {
  const actions = { 'page.create': create, 'page.filter': filter, 'page.save': save, 'page.close': close };
  const own = Object.fromEntries(Object.entries(actions).filter(([, action]) => action !== undefined));
  inject(Commands).offer(() => own);
}
