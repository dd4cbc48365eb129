import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';

import { t } from '../texts/text';

/** Grey shapes in the place of rows that are on their way; appears after 150 ms so that quick answers never flicker. */
@Component({
  selector: 'app-skeleton',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { role: 'status', '[attr.aria-label]': 'words()' },
  template: `
    @for (row of shapes(); track $index) {
      <div class="row" [class]="shape()">
        @if (shape() === 'rows') {
          <span class="disc"></span>
        }
        <span class="lines"><span class="line long"></span><span class="line"></span></span>
      </div>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 12px;
      animation: appear 1ms 150ms both;
    }

    .row {
      display: flex;
      gap: 16px;
      align-items: center;
      padding: 18px;
      border-radius: 14px;
      background: var(--app-card);
    }

    .disc,
    .line {
      background: var(--mat-sys-surface-container-highest);
      animation: breathe 1.4s ease-in-out infinite alternate;
    }

    .disc {
      flex: none;
      inline-size: 36px;
      block-size: 36px;
      border-radius: 50%;
    }

    .lines {
      display: grid;
      flex: 1;
      gap: 10px;
    }

    .line {
      inline-size: 38%;
      block-size: 10px;
      border-radius: 5px;
    }

    .long {
      inline-size: 72%;
      block-size: 13px;
    }

    @keyframes appear {
      from {
        visibility: hidden;
      }
    }

    @keyframes breathe {
      to {
        opacity: 0.45;
      }
    }
  `,
})
export class Skeleton {
  readonly rows = input(4);
  readonly shape = input<'rows' | 'text'>('rows');
  readonly label = input<string>();
  protected readonly words = computed(() => this.label() ?? t('common.loading'));

  protected shapes(): readonly undefined[] {
    return Array.from({ length: this.rows() });
  }
}
