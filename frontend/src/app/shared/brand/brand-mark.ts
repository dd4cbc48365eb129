import { ChangeDetectionStrategy, Component, input } from '@angular/core';

/** The product's sign, with its name beside it unless `iconOnly`. */
@Component({
  selector: 'app-brand-mark',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect class="tile" width="32" height="32" rx="9" />
      <path class="bubble" d="M8 9.500h10a5.500 5.500 0 0 1 0 11h-4l-4.200 4v-4H8z" />
      <circle class="dot" cx="23.500" cy="22.500" r="3" />
    </svg>
    @if (!iconOnly()) {
      <span class="name">Parley</span>
    }
  `,
  styles: `
    :host {
      display: inline-flex;
      align-items: center;
      gap: 10px;
      --_size: var(--app-brand-size, 30px);
    }

    svg {
      inline-size: var(--_size);
      block-size: var(--_size);
    }

    .tile {
      fill: #0b6b63;
    }

    .bubble {
      fill: #fff;
    }

    .dot {
      fill: #ffb95c;
    }

    .name {
      display: var(--app-brand-name, inline);
      font-size: calc(var(--_size) * 0.66);
      font-weight: 650;
      letter-spacing: -0.02em;
      color: var(--mat-sys-on-surface);
    }
  `,
})
export class BrandMark {
  readonly iconOnly = input(false);
}
