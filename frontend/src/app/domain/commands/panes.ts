import { DOCUMENT, inject, Injectable } from '@angular/core';

/** The parts that a page is made of, in the order of the page. */
const PANES = '[data-pane]';
const FOCUSABLE = 'a[href], button:not(:disabled), input:not(:disabled), textarea, select, [tabindex="0"]';

/** Moves the focus from one part of the page to the next, and back to where it was in it. */
@Injectable({ providedIn: 'root' })
export class Panes {
  private readonly document = inject(DOCUMENT);
  private readonly lastFocus = new WeakMap<HTMLElement, HTMLElement>();

  constructor() {
    this.document.addEventListener('focusin', ({ target }) => {
      const pane = target instanceof HTMLElement ? target.closest<HTMLElement>(PANES) : null;
      if (pane) this.lastFocus.set(pane, target as HTMLElement);
    });
  }

  move(by: 1 | -1): void {
    const shown = [...this.document.querySelectorAll<HTMLElement>(PANES)].filter(isShown);
    // Of those within each other the innermost is meant.
    const panes = shown.filter((pane) => !shown.some((other) => other !== pane && pane.contains(other)));
    if (panes.length === 0) return;
    const focused = this.document.activeElement?.closest<HTMLElement>(PANES) ?? null;
    const at = focused ? panes.indexOf(focused) : by === 1 ? -1 : 0;
    const pane = panes[(at + by + panes.length) % panes.length];
    if (pane) this.enter(pane);
  }

  private enter(pane: HTMLElement): void {
    const before = this.lastFocus.get(pane);
    const start = before?.isConnected && isShown(before) ? before : startOf(pane);
    start.focus();
  }
}

/** What a pane says it begins with; else itself, else the first thing in it that takes the focus. */
function startOf(pane: HTMLElement): HTMLElement {
  const named = pane.querySelector<HTMLElement>('[data-pane-start]');
  if (named) return named;
  if (pane.tabIndex >= 0) return pane;
  const first = [...pane.querySelectorAll<HTMLElement>(FOCUSABLE)].find(isShown);
  if (first) return first;
  pane.tabIndex = -1;
  return pane;
}

const isShown = (element: HTMLElement): boolean => element.checkVisibility?.() ?? true;
