import {
  ChangeDetectionStrategy,
  Component,
  computed,
  inject,
  input,
  linkedSignal,
  output,
  signal,
} from '@angular/core';
import { takeUntilDestroyed, toObservable } from '@angular/core/rxjs-interop';
import { RouterLink } from '@angular/router';
import { Observable, catchError, debounceTime, distinctUntilChanged, forkJoin, map, of, switchMap } from 'rxjs';

import { TicketSummary } from '../../../core/api/models';
import { TicketsApi } from '../../../domain/tickets/tickets-api';
import { AppIcon } from '../../../shared/icon/app-icon';
import { t } from '../../../shared/texts/text';

const TYPING_PAUSE_MS = 800;
const SHORTEST_WORD = 4;
const WORDS_LOOKED_FOR = 3;
const MOST_SHOWN = 2;

/** Running tickets of the same person that sound like the one being written: offered, never forced. */
@Component({
  selector: 'app-similar-tickets',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, RouterLink],
  template: `
    <div role="status">
      @if (shown().length > 0) {
        <div class="offer">
          <p><app-icon name="ticket" /> {{ t('customer.similar.found', { count: shown().length }) }}</p>
          <ul>
            @for (ticket of shown(); track ticket.id) {
              <li>
                <a [routerLink]="['/portal/tickets', ticket.id]" (click)="choose($event, ticket.id)">{{
                  t('customer.similar.add', { number: ticket.id })
                }}</a>
                <span>{{ ticket.subject }}</span>
              </li>
            }
          </ul>
          <p class="rest">
            <span>{{ t('customer.similar.goesAlong') }}</span>
            <button type="button" class="app-button text" (click)="isDismissed.set(true)">
              {{ t('customer.similar.other') }}
            </button>
          </p>
        </div>
      }
    </div>
  `,
  styles: `
    .offer {
      display: grid;
      gap: 6px;
      padding: 12px 16px;
      border-radius: 12px;
      background: var(--app-calm-container);
      color: var(--app-on-calm-container);
      font: var(--mat-sys-body-medium);
    }

    p {
      display: flex;
      flex-wrap: wrap;
      gap: 4px 10px;
      align-items: center;
      margin: 0;
    }

    ul {
      display: grid;
      gap: 6px;
      margin: 0;
      padding: 0;
      list-style: none;
    }

    li {
      display: flex;
      flex-wrap: wrap;
      gap: 2px 10px;
      overflow-wrap: anywhere;
    }

    a,
    button {
      color: inherit;
    }

    a {
      font-weight: 650;
    }

    .rest {
      justify-content: space-between;
    }

    .rest button {
      padding-inline: 0;
    }
  `,
})
export class SimilarTickets {
  protected readonly t = t;
  private readonly api = inject(TicketsApi);

  /** What is being written about. */
  readonly subject = input.required<string>();
  /** The words go on in this ticket, which is opened now. */
  readonly chosen = output<number>();

  private readonly words = computed(() => tellingWords(this.subject()));
  private readonly found = signal<readonly TicketSummary[]>([]);
  /** Until something else is found. */
  protected readonly isDismissed = linkedSignal({
    source: () =>
      this.found()
        .map(({ id }) => id)
        .join(),
    computation: () => false,
  });
  protected readonly shown = computed(() => (this.isDismissed() ? [] : this.found()));

  constructor() {
    toObservable(this.words)
      .pipe(
        debounceTime(TYPING_PAUSE_MS),
        distinctUntilChanged((one, other) => one.join() === other.join()),
        switchMap((words) => this.similar(words)),
        takeUntilDestroyed(),
      )
      .subscribe((found) => this.found.set(found));
  }

  /** A click that opens another tab leaves the words here. */
  protected choose({ button, ctrlKey, metaKey, shiftKey }: MouseEvent, ticketId: number): void {
    if (button === 0 && !ctrlKey && !metaKey && !shiftKey) this.chosen.emit(ticketId);
  }

  /** Those in which most of the words stand; a single word out of several says too little. */
  private similar(words: readonly string[]): Observable<readonly TicketSummary[]> {
    if (words.length === 0) return of([]);
    return forkJoin(words.map((word) => this.having(word))).pipe(
      map((pages) => {
        const all = new Map(pages.flat().map((ticket) => [ticket.id, ticket]));
        const hits = ({ id }: TicketSummary): number =>
          pages.filter((page) => page.some((row) => row.id === id)).length;
        return [...all.values()]
          .filter((ticket) => hits(ticket) >= Math.min(2, words.length))
          .sort((one, other) => hits(other) - hits(one))
          .slice(0, MOST_SHOWN);
      }),
    );
  }

  /** The form can do without: what fails offers nothing. */
  private having(word: string): Observable<TicketSummary[]> {
    return this.api.page({ q: word, status: ['open', 'in_progress'], limit: 10 }).pipe(
      map(({ rows }) => rows),
      catchError(() => of<TicketSummary[]>([])),
    );
  }
}

/** The longest words: short ones stand in every sentence. */
function tellingWords(text: string): string[] {
  const words = text.toLocaleLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return [...new Set(words)]
    .filter((word) => word.length >= SHORTEST_WORD)
    .sort((one, other) => other.length - one.length)
    .slice(0, WORDS_LOOKED_FOR);
}
