import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { rxResource } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import { Observable, catchError, forkJoin, map, of, switchMap, timer } from 'rxjs';

import { TicketsApi } from '../../../../domain/tickets/tickets-api';
import { valueOr } from '../../../../shared/resources/value-or';
import { EmptyState } from '../../../../shared/states/empty-state';
import { ShownList } from '../shown-list';
import { NarrowingPart, narrowingParts } from './search-parts';

/** Each is a search of its own, and these are limited. */
const MOST_PARTS = 5;
/** Nobody is told while still typing. */
const PAUSE_MS = 600;

/** Nothing matches; which single filter or word keeps tickets away can be dropped with one press. */
@Component({
  selector: 'app-no-match',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [EmptyState, MatButton],
  template: `
    <app-empty-state illustration="search" heading="Nothing matches.">
      @if (helpful().length > 0) {
        <p id="drop-one">There are tickets without one of these:</p>
        <div class="parts" role="group" aria-labelledby="drop-one">
          @for (part of helpful(); track part.words) {
            <button matButton="outlined" type="button" (click)="shown.change(part.change)">
              Drop <span class="part">{{ part.words }}</span>
            </button>
          }
        </div>
      }
      <button matButton="tonal" type="button" (click)="shown.clearFilters()">Clear filters</button>
    </app-empty-state>
  `,
  styles: `
    p {
      margin: 0;
      color: var(--mat-sys-on-surface-variant);
    }

    .parts {
      display: flex;
      flex-wrap: wrap;
      justify-content: center;
      gap: 8px;
    }

    .part {
      overflow-wrap: anywhere;
      font-weight: 600;
    }
  `,
})
export class NoMatch {
  protected readonly shown = inject(ShownList);
  private readonly ticketsApi = inject(TicketsApi);

  private readonly parts = computed(() => narrowingParts(this.shown.choice()).slice(0, MOST_PARTS));
  /** By itself, one part is all there is to clear. */
  private readonly tried = rxResource({
    params: () => (this.parts().length > 1 ? this.parts() : undefined),
    stream: ({ params }) => timer(PAUSE_MS).pipe(switchMap(() => this.thatHelp(params))),
  });
  protected readonly helpful = computed(() => valueOr(this.tried, []));

  private thatHelp(parts: readonly NarrowingPart[]): Observable<NarrowingPart[]> {
    return forkJoin(parts.map((part) => this.findsSome(part))).pipe(
      map((found) => parts.filter((_, index) => found[index])),
    );
  }

  /** What can't be asked now is not offered. */
  private findsSome({ queryWithout }: NarrowingPart): Observable<boolean> {
    return this.ticketsApi.page({ ...queryWithout, limit: 1 }).pipe(
      map(({ rows }) => rows.length > 0),
      catchError(() => of(false)),
    );
  }
}
