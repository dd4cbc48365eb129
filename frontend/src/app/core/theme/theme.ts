import { DOCUMENT, Injectable, effect, inject, signal } from '@angular/core';

import { DensityChoice, ThemeChoice } from '../api/models';
import { BrowserStorage } from '../session/browser-storage';
import { Session } from '../session/session';

const STORAGE_KEY = 'parley.theme';
const DENSITY_KEY = 'parley.density';

/**
 * Light, dark, high contrast or as the system says, and how close rows stand. The server keeps the choices per person;
 * the local copies are what `theme.js` reads before the first paint.
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
      const kept = this.session.user()?.preferences;
      if (!kept) return;
      this.apply(kept.theme);
      this.arrange(kept.density);
    });
  }

  /** Shows it at once and keeps it in this browser; the profile sends it to the server. */
  apply(choice: ThemeChoice): void {
    this.current.set(choice);
    this.show('theme', STORAGE_KEY, choice === 'system' ? null : choice);
  }

  /** The same for the rows of lists. */
  arrange(choice: DensityChoice): void {
    this.show('density', DENSITY_KEY, choice === 'auto' ? null : choice);
  }

  private show(name: string, key: string, value: string | null): void {
    if (value === null) {
      delete this.root.dataset[name];
      this.storage.remove(key);
    } else {
      this.root.dataset[name] = value;
      this.storage.write(key, value);
    }
  }
}

function asChoice(value: string | null): ThemeChoice {
  return value === 'light' || value === 'dark' || value === 'contrast' ? value : 'system';
}
