import { Injectable, inject } from '@angular/core';

import { BrowserStorage } from '../../../core/session/browser-storage';

/** The other tabs have heard of the same within this time. */
const HELD_MS = 5_000;
const KEY = 'parley.announced';

/** Lets one of the open tabs of a browser do something that all of them were told to do. */
@Injectable({ providedIn: 'root' })
export class OneTab {
  private readonly storage = inject(BrowserStorage);

  /** @param what the same in all tabs */
  async run(what: string, work: () => Promise<void>): Promise<void> {
    const { locks } = navigator as Partial<Navigator>;
    if (!locks) return this.runByNote(what, work);
    await locks.request(`parley-${what}`, { ifAvailable: true }, async (lock) => {
      if (!lock) return;
      await work();
      await new Promise((resolve) => setTimeout(resolve, HELD_MS));
    });
  }

  /** Without locks, as on pages without encryption: two tabs at the very same moment may both do it. */
  private async runByNote(what: string, work: () => Promise<void>): Promise<void> {
    if (this.storage.read(KEY) === what) return;
    this.storage.write(KEY, what);
    await work();
  }
}
