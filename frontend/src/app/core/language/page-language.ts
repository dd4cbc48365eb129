import { Injectable, inject } from '@angular/core';

import { language } from '../../shared/texts/catalogue';
import { Language, firstSpoken, isLanguage } from '../../shared/texts/languages';
import { beginWith, speak } from '../../shared/texts/text-loading';
import { BrowserStorage } from '../session/browser-storage';

const STORAGE_KEY = 'parley.language';

/**
 * Which language the page speaks: the one this browser was last told, else the first of the browser's own that is
 * spoken here; after sign-in the one the person has chosen for their account.
 */
@Injectable({ providedIn: 'root' })
export class PageLanguage {
  private readonly storage = inject(BrowserStorage);

  readonly current = language;

  /** Before the first page; where its words can not be had, the pages ask again. */
  begin(): void {
    const kept = this.storage.read(STORAGE_KEY);
    beginWith(isLanguage(kept) ? kept : firstSpoken(navigator.languages)).catch(() => undefined);
  }

  /** Speaks as the account does; where the words can not be had it stays as it is. */
  follow(chosen: Language): void {
    this.choose(chosen).catch(() => undefined);
  }

  /** Takes effect at once, and in this browser from now on. Rejects when the words can not be had. */
  async choose(chosen: Language): Promise<void> {
    await speak(chosen);
    this.storage.write(STORAGE_KEY, chosen);
  }
}
