import { DOCUMENT, Injectable, inject } from '@angular/core';
import { NavigationEnd, Router } from '@angular/router';
import { filter, map, pairwise } from 'rxjs';

/** After going to another page the focus stands on its heading, so that screen readers and the tab key start there. */
@Injectable({ providedIn: 'root' })
export class HeadingFocus {
  private readonly document = inject(DOCUMENT);

  constructor() {
    inject(Router)
      .events.pipe(
        filter((event) => event instanceof NavigationEnd),
        map((event) => event.urlAfterRedirects.split(/[?#]/)[0]),
        pairwise(),
        filter(([before, after]) => before !== after),
      )
      .subscribe(() => setTimeout(() => this.focusHeading()));
  }

  private focusHeading(): void {
    if (this.somethingChoseTheFocus()) return;
    const heading =
      this.document.querySelector<HTMLElement>('main h1') ?? this.document.querySelector<HTMLElement>('main');
    if (!heading) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }

  /** A page may put the focus into its own first field. */
  private somethingChoseTheFocus(): boolean {
    return this.document.activeElement?.closest('main, [role="dialog"]') != null;
  }
}
