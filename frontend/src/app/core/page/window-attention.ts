import { DestroyRef, DOCUMENT, inject, Injectable, signal } from '@angular/core';

/** Whether somebody can be looking: the page is visible and its window has the focus. */
@Injectable({ providedIn: 'root' })
export class WindowAttention {
  private readonly document = inject(DOCUMENT);
  private readonly watched = signal(this.look());

  readonly isWatched = this.watched.asReadonly();

  constructor() {
    const look = (): void => this.watched.set(this.look());
    const window = this.document.defaultView;
    for (const event of ['focus', 'blur', 'pageshow']) window?.addEventListener(event, look);
    this.document.addEventListener('visibilitychange', look);
    inject(DestroyRef).onDestroy(() => {
      for (const event of ['focus', 'blur', 'pageshow']) window?.removeEventListener(event, look);
      this.document.removeEventListener('visibilitychange', look);
    });
  }

  private look(): boolean {
    return this.document.visibilityState === 'visible' && this.document.hasFocus();
  }
}
