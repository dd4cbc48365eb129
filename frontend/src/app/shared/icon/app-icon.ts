import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';

import { ICON_SHAPES, IconName } from './icon-shapes';

/** A decorative icon: invisible to screen readers, as tall as `--app-icon-size` (20 px). The words stand beside it. */
@Component({
  selector: 'app-icon',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      @for (shape of shapes(); track $index) {
        <path [attr.d]="shape" />
      }
    </svg>
  `,
  styles: `
    :host {
      display: inline-flex;
      flex: none;
      inline-size: var(--app-icon-size, 20px);
      block-size: var(--app-icon-size, 20px);
      vertical-align: middle;
    }

    svg {
      inline-size: 100%;
      block-size: 100%;
      fill: none;
      stroke: currentcolor;
      stroke-width: 1.75;
      stroke-linecap: round;
      stroke-linejoin: round;
    }
  `,
})
export class AppIcon {
  readonly name = input.required<IconName>();
  protected readonly shapes = computed(() => ICON_SHAPES[this.name()]);
}
