import { ChangeDetectionStrategy, Component, input } from '@angular/core';

export type IllustrationName = 'conversation' | 'done' | 'search' | 'storm' | 'lost';

/** A small drawing of our own for states without content; decoration only. */
@Component({
  selector: 'app-illustration',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <svg viewBox="0 0 160 112" aria-hidden="true" focusable="false">
      <ellipse class="ground" cx="80" cy="100" rx="62" ry="7" />
      @switch (name()) {
        @case ('conversation') {
          <path
            class="soft"
            d="M22 22h66a10 10 0 0 1 10 10v24a10 10 0 0 1-10 10H48L34 80V66H22a10 10 0 0 1-10-10V32a10 10 0 0 1 10-10z"
          />
          <path class="line" d="M28 38h50M28 50h32" />
          <path
            class="strong"
            d="M84 46h54a9 9 0 0 1 9 9v21a9 9 0 0 1-9 9h-9v12l-13-12H84a9 9 0 0 1-9-9V55a9 9 0 0 1 9-9z"
          />
          <path class="on-strong" d="M90 61h42M90 71h24" />
          <circle class="accent" cx="146" cy="46" r="7" />
        }
        @case ('done') {
          <rect class="soft" x="38" y="20" width="84" height="70" rx="12" />
          <path class="line" d="M56 38h48M56 50h30" />
          <circle class="strong" cx="112" cy="74" r="20" />
          <path class="on-strong" d="M103 75l6.500 6.500L122 68" />
          <circle class="accent" cx="36" cy="30" r="6" />
        }
        @case ('search') {
          <rect class="soft" x="28" y="22" width="92" height="62" rx="12" />
          <path class="line" d="M44 40h60M44 53h40M44 66h24" />
          <circle class="lens" cx="108" cy="62" r="19" />
          <path class="handle" d="M122 76l15 15" />
          <circle class="accent" cx="108" cy="62" r="6" />
        }
        @case ('storm') {
          <path class="soft" d="M46 76a20 20 0 0 1-1-40 30 30 0 0 1 57-5 23 23 0 0 1 8 45z" />
          <path class="accent" d="M84 52L70 76h11l-5 18 20-26H85l7-16z" />
        }
        @case ('lost') {
          <path class="soft" d="M26 86l26-50 22 34 14-20 34 36z" />
          <circle class="accent" cx="116" cy="34" r="9" />
          <path
            class="strong"
            d="M60 18h40a8 8 0 0 1 8 8v16a8 8 0 0 1-8 8H84l-10 10V50H60a8 8 0 0 1-8-8V26a8 8 0 0 1 8-8z"
          />
          <path class="on-strong" d="M75 29a5 5 0 1 1 6 5v3M81 42.500v.1" />
        }
      }
    </svg>
  `,
  styles: `
    :host {
      display: block;
      inline-size: 160px;
    }

    .ground {
      fill: var(--mat-sys-surface-container-high);
    }

    .soft {
      fill: var(--mat-sys-primary-container);
    }

    .strong {
      fill: var(--mat-sys-primary);
    }

    .accent {
      fill: var(--app-warm);
    }

    .line,
    .on-strong,
    .lens,
    .handle {
      fill: none;
      stroke-width: 4;
      stroke-linecap: round;
      stroke-linejoin: round;
    }

    .line {
      stroke: color-mix(in srgb, var(--mat-sys-on-primary-container) 35%, transparent);
    }

    .on-strong {
      stroke: var(--mat-sys-on-primary);
    }

    .lens {
      fill: var(--mat-sys-surface);
      stroke: var(--mat-sys-primary);
    }

    .handle {
      stroke: var(--mat-sys-primary);
      stroke-width: 7;
    }
  `,
})
export class Illustration {
  readonly name = input.required<IllustrationName>();
}
