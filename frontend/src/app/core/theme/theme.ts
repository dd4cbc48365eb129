import { DOCUMENT, Injectable, effect, inject, signal } from '@angular/core';

import { ThemeChoice } from '../api/models';
import { BrowserStorage } from '../session/browser-storage';
import { Session } from '../session/session';

const STORAGE_KEY = 'parley.theme';

/**
 * Light, dark or as the system says. The server keeps the choice per person; the local copy is what `theme.js` reads
 * before the first paint.
 */
@Injectable({ providedIn: 'root' })
export class Theme {
  private readonly root = inject(DOCUMENT).documentElement;
  private readonly storage = inject(BrowserStorage);
  private readonly session = inject(Session);
  private readonly current = signal<ThemeChoice>(asChoice(this.storage.read(STORAGE_KEY)));

  readonly choice = this.current.asReadonly();

  constructor() {
    effect(() => {
      const kept = this.session.user()?.preferences?.theme;
      if (kept) this.apply(kept);
    });
  }

  /** Shows it at once and keeps it in this browser; the profile sends it to the server. */
  apply(choice: ThemeChoice): void {
    this.current.set(choice);
    if (choice === 'system') {
      delete this.root.dataset['theme'];
      this.storage.remove(STORAGE_KEY);
      return;
    }
    this.root.dataset['theme'] = choice;
    this.storage.write(STORAGE_KEY, choice);
  }
}

function asChoice(value: string | null): ThemeChoice {
  return value === 'light' || value === 'dark' ? value : 'system';
}
