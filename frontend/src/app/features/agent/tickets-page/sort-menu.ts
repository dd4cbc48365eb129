import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';

import { TicketSort } from '../../../core/api/models';
import { AppIcon } from '../../../shared/icon/app-icon';
import { SORT_WORDS } from './ticket-view';

const BEST_MATCH = 'Best match first';

/** The order of the list. */
@Component({
  selector: 'app-sort-menu',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, MatMenu, MatMenuItem, MatMenuTrigger],
  template: `
    <button
      type="button"
      class="open"
      [attr.aria-label]="'Sort: ' + name()"
      [title]="'Sorted by: ' + name()"
      [matMenuTriggerFor]="menu"
    >
      <app-icon name="sort" />
    </button>
    <mat-menu #menu="matMenu" xPosition="before">
      @for (option of options(); track option[0]) {
        <button
          mat-menu-item
          type="button"
          role="menuitemradio"
          [attr.aria-checked]="sort() === option[0]"
          (click)="chosen.emit(option[0])"
        >
          <span class="check">
            @if (sort() === option[0]) {
              <app-icon name="check" />
            }
          </span>
          {{ option[1] }}
        </button>
      }
    </mat-menu>
  `,
  styles: `
    .open {
      display: grid;
      place-items: center;
      inline-size: 38px;
      block-size: 100%;
      min-block-size: 36px;
      padding: 0;
      border: 1px solid var(--mat-sys-outline-variant);
      border-radius: 10px;
      background: var(--app-card);
      color: var(--mat-sys-on-surface-variant);
      cursor: pointer;
      --app-icon-size: 18px;
    }

    .check {
      display: inline-block;
      inline-size: 24px;
      --app-icon-size: 18px;
    }
  `,
})
export class SortMenu {
  /** Null for the best match first. */
  readonly sort = input.required<TicketSort | null>();
  /** Only words can match better or worse. */
  readonly hasWords = input(false);
  readonly chosen = output<TicketSort | null>();

  protected readonly options = computed((): [TicketSort | null, string][] => [
    ...(this.hasWords() ? [[null, BEST_MATCH] as [null, string]] : []),
    ...(Object.entries(SORT_WORDS) as [TicketSort, string][]),
  ]);
  protected readonly name = computed(() => {
    const sort = this.sort();
    return sort === null ? BEST_MATCH : SORT_WORDS[sort];
  });
}
