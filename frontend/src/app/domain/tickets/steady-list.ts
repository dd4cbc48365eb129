import { Directive, OnDestroy, inject } from '@angular/core';

import { TicketListStore } from './ticket-list-store';

const FINGER_LINGERS_MS = 4_000;

/** On the element of a list: tells its store while a pointer, finger or focus rests on it, so that no row moves then. */
@Directive({
  selector: '[appSteadyList]',
  host: {
    '(pointerenter)': 'hover($event, true)',
    '(pointerleave)': 'hover($event, false)',
    '(touchstart)': 'touch()',
    '(focusin)': 'focus(true)',
    '(focusout)': 'focus(false)',
  },
})
export class SteadyList implements OnDestroy {
  private readonly store = inject(TicketListStore);
  private isHovered = false;
  private isFocused = false;
  private isTouched = false;
  private touchTimer: ReturnType<typeof setTimeout> | undefined;

  ngOnDestroy(): void {
    clearTimeout(this.touchTimer);
  }

  protected hover(event: PointerEvent, isOver: boolean): void {
    if (event.pointerType === 'touch') return;
    this.isHovered = isOver;
    this.tell();
  }

  protected touch(): void {
    this.isTouched = true;
    this.tell();
    clearTimeout(this.touchTimer);
    this.touchTimer = setTimeout(() => {
      this.isTouched = false;
      this.tell();
    }, FINGER_LINGERS_MS);
  }

  protected focus(isInside: boolean): void {
    this.isFocused = isInside;
    this.tell();
  }

  private tell(): void {
    this.store.setHandOn(this.isHovered || this.isFocused || this.isTouched);
  }
}
