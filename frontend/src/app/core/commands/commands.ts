import { ApplicationRef, DestroyRef, DOCUMENT, inject, Injectable, Injector } from '@angular/core';

import type { CommandId } from './command-book';
import { CommandActions, CommandOffers } from './command-offers';

export type { CommandActions } from './command-offers';

const MOST_EARLY_KEYS = 3;
/** A request that hangs does not keep the keys away. */
const LONGEST_WAIT_MS = 1_000;

/** What can be done here and now. Pages say it; keys, menus, the palette and the list of keys read it. */
@Injectable({ providedIn: 'root' })
export class Commands {
  private readonly document = inject(DOCUMENT);
  private readonly application = inject(ApplicationRef);
  private readonly injector = inject(Injector);
  private readonly life = inject(DestroyRef);
  private readonly offers = inject(CommandOffers);
  private starting: Promise<void> | null = null;

  /**
   * As long as the caller lives. Of two pages that offer the same command the later one is asked, and any page before
   * what is offered everywhere. Call it in a constructor.
   */
  offer(actions: () => CommandActions, where: 'page' | 'everywhere' = 'page'): void {
    this.offers.add(actions, where, inject(DestroyRef));
    this.starting ??= this.start();
  }

  /** All that belong to this page, also those that can't be done now. */
  now(): CommandActions {
    return this.offers.now();
  }

  run(id: CommandId): void {
    this.now()[id]?.();
  }

  /** The code of the keys comes after the page itself; what is pressed before is kept. */
  private async start(): Promise<void> {
    const early: KeyboardEvent[] = [];
    const keep = (event: KeyboardEvent): void => void early.push(event);
    this.document.addEventListener('keydown', keep);
    await Promise.race([this.application.whenStable(), new Promise((resolve) => setTimeout(resolve, LONGEST_WAIT_MS))]);
    const { KeyListener } = await import('./key-listener');
    this.document.removeEventListener('keydown', keep);
    if (this.life.destroyed) return;
    this.injector.get(KeyListener).start(early.slice(-MOST_EARLY_KEYS));
  }
}
