import { DestroyRef, Injectable, signal } from '@angular/core';

import type { CommandId } from './command-book';

/** What each command does now; undefined for one that belongs to the page and can't be done now. */
export type CommandActions = { readonly [Id in CommandId]?: (() => void) | undefined };

/** What the pages that are open offer. */
@Injectable({ providedIn: 'root' })
export class CommandOffers {
  private readonly offers = signal<readonly (() => CommandActions)[]>([]);

  /** Until `life` ends. Of two pages the later one is asked, and any page before what is offered everywhere. */
  add(actions: () => CommandActions, where: 'page' | 'everywhere', life: DestroyRef): void {
    this.offers.update((offers) => (where === 'page' ? [...offers, actions] : [actions, ...offers]));
    life.onDestroy(() => this.offers.update((offers) => offers.filter((other) => other !== actions)));
  }

  /** All that belong to this page, also those that can't be done now. */
  now(): CommandActions {
    return Object.assign({}, ...this.offers().map((actions) => actions())) as CommandActions;
  }
}
