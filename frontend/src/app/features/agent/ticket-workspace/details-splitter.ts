import { ChangeDetectionStrategy, Component, inject } from '@angular/core';

import { t } from '../../../shared/texts/text';
import { DeskArrangement, NARROWEST_DETAILS, WIDEST_DETAILS } from '../desk-arrangement';

const STEP_PX = 20;

/** The edge between the ticket and its details: dragged, or moved with the arrow keys. */
@Component({
  selector: 'app-details-splitter',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: '',
  host: {
    role: 'separator',
    tabindex: '0',
    'aria-orientation': 'vertical',
    '[attr.aria-label]': "t('commands.desk.detailsWidth')",
    '[attr.aria-valuenow]': 'desk.detailsWidth()',
    '[attr.aria-valuemin]': 'narrowest',
    '[attr.aria-valuemax]': 'widest',
    '(pointerdown)': 'grab($event)',
    '(pointermove)': 'drag($event)',
    '(keydown)': 'keyed($event)',
  },
  styles: `
    :host {
      display: block;
      inline-size: 7px;
      margin-inline: -3px;
      z-index: 3;
      cursor: col-resize;
      touch-action: none;
    }

    :host(:hover),
    :host(:focus-visible) {
      background: var(--mat-sys-primary);
      outline: none;
    }
  `,
})
export class DetailsSplitter {
  protected readonly t = t;
  protected readonly desk = inject(DeskArrangement);
  protected readonly narrowest = NARROWEST_DETAILS;
  protected readonly widest = WIDEST_DETAILS;
  private start = { x: 0, width: 0 };

  protected grab(event: PointerEvent): void {
    (event.target as HTMLElement).setPointerCapture(event.pointerId);
    this.start = { x: event.clientX, width: this.desk.detailsWidth() };
  }

  protected drag(event: PointerEvent): void {
    const target = event.target as HTMLElement;
    if (!target.hasPointerCapture(event.pointerId)) return;
    this.desk.widen(this.start.width + (this.start.x - event.clientX) * towardsStart(target));
  }

  protected keyed(event: KeyboardEvent): void {
    const outwards = towardsStart(event.target as HTMLElement);
    const widths: Readonly<Record<string, number>> = {
      ArrowLeft: this.desk.detailsWidth() + STEP_PX * outwards,
      ArrowRight: this.desk.detailsWidth() - STEP_PX * outwards,
      Home: NARROWEST_DETAILS,
      End: WIDEST_DETAILS,
    };
    const width = widths[event.key];
    if (width === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.desk.widen(width);
  }
}

/** The details stand at the end of the line: to the right, or to the left where writing runs that way. */
const towardsStart = (element: HTMLElement): 1 | -1 => (getComputedStyle(element).direction === 'rtl' ? -1 : 1);
