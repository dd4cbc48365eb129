import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  linkedSignal,
  output,
} from '@angular/core';
import { rxResource } from '@angular/core/rxjs-interop';
import { catchError, of, timer, switchMap } from 'rxjs';

import { UsedTag } from '../../../../core/api/models';
import { TicketWorkApi } from '../../../../domain/tickets/ticket-work-api';
import { TicketsApi } from '../../../../domain/tickets/tickets-api';
import { valueOr } from '../../../../shared/resources/value-or';
import { RecentSearches } from './recent-searches';
import { Offer, beganWith, offersFor } from './search-words';

const TAGS_OFFERED = 8;
const TYPING_PAUSE_MS = 150;

/** What can stand in the search field next. The field keeps the focus and hands on its keys. */
@Component({
  selector: 'app-search-offers',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @for (group of groups(); track group.title) {
      <div role="group" [attr.aria-label]="group.title">
        <p aria-hidden="true">{{ group.title }}</p>
        @for (offer of group.offers; track offer.words) {
          <button
            type="button"
            role="option"
            tabindex="-1"
            [id]="'search-offer-' + places().get(offer)"
            [attr.aria-selected]="places().get(offer) === active()"
            (pointerdown)="$event.preventDefault()"
            (click)="taken.emit(offer)"
          >
            <span class="words">{{ offer.words }}</span>
            @if (offer.hint) {
              <small>{{ offer.hint }}</small>
            }
          </button>
        }
      </div>
    }
  `,
  styles: `
    :host {
      display: block;
    }

    :host:not(:empty) {
      padding-block: 6px;
    }

    p {
      margin: 0;
      padding: 6px 14px 2px;
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-label-small);
    }

    p::first-letter {
      text-transform: uppercase;
    }

    button {
      inline-size: 100%;
      border: 0;
      background: none;
      color: inherit;
      text-align: start;
      display: flex;
      flex-wrap: wrap;
      align-items: baseline;
      gap: 2px 10px;
      padding: 6px 14px;
      overflow-wrap: anywhere;
      font: var(--mat-sys-body-medium);
      cursor: pointer;
    }

    button:hover,
    [aria-selected='true'] {
      background: var(--mat-sys-secondary-container);
      color: var(--mat-sys-on-secondary-container);
    }

    [aria-selected='true'] {
      outline: 2px solid var(--mat-sys-primary);
      outline-offset: -2px;
    }

    .words {
      font-weight: 600;
    }

    small {
      font: var(--mat-sys-body-small);
      opacity: 0.85;
    }

    @media (pointer: coarse) {
      button {
        padding-block: 12px;
      }
    }
  `,
  host: { role: 'listbox', id: 'search-offers', 'aria-label': 'Search suggestions' },
})
export class SearchOffers {
  private readonly work = inject(TicketWorkApi);
  private readonly recent = inject(RecentSearches);
  private readonly agents = inject(TicketsApi).agents();
  private readonly categories = inject(TicketsApi).categories();

  /** What stands in the field. */
  readonly q = input.required<string>();
  readonly taken = output<Offer>();
  /** How many there are; none closes the list. */
  readonly counted = output<number>();

  private readonly tagBegun = computed(() => beganWith(this.q(), 'tag'));
  /** Without them a tag can still be typed in full. */
  private readonly tags = rxResource({
    params: () => this.tagBegun() ?? undefined,
    stream: ({ params }) =>
      timer(TYPING_PAUSE_MS).pipe(
        switchMap(() => this.work.tags(params, TAGS_OFFERED)),
        catchError(() => of<UsedTag[]>([])),
      ),
  });
  protected readonly groups = computed(() =>
    offersFor(this.q(), this.recent.all(), {
      agents: valueOr(this.agents, []).map(({ name }) => name),
      categories: valueOr(this.categories, []).map(({ name }) => name),
      tags: valueOr(this.tags, []).map(({ tag }) => tag),
    }),
  );
  private readonly offers = computed(() => this.groups().flatMap(({ offers }) => offers));
  protected readonly places = computed(() => new Map(this.offers().map((offer, index) => [offer, index])));
  /** The one the arrow keys stand on; -1 for the field itself. It stays on its offer when names arrive late. */
  readonly active = linkedSignal<readonly Offer[], number>({
    source: this.offers,
    computation: (offers, previous) => {
      const words = previous?.source[previous.value]?.words;
      return offers.findIndex((offer) => offer.words === words);
    },
  });

  constructor() {
    effect(() => this.counted.emit(this.offers().length));
  }

  /** The next or previous one; past the ends it is the field itself. */
  move(by: 1 | -1): void {
    const places = this.offers().length + 1;
    this.active.update((at) => ((at + 1 + by + places) % places) - 1);
    document.getElementById(`search-offer-${this.active()}`)?.scrollIntoView?.({ block: 'nearest' });
  }

  /** The one the arrow keys stand on. */
  current(): Offer | null {
    return this.offers()[this.active()] ?? null;
  }
}
