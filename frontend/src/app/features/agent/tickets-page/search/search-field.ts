import {
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  computed,
  effect,
  inject,
  input,
  linkedSignal,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { Subject, debounceTime } from 'rxjs';

import { AppIcon } from '../../../../shared/icon/app-icon';
import { RecentSearches } from './recent-searches';
import { SearchOffers } from './search-offers';
import { Offer, numberIn, searchIn } from './search-words';

const TYPING_PAUSE_MS = 200;

const isSearch = (typed: string, q: string): boolean => typed.trim() === q || searchIn(typed) === q;

/**
 * Where staff search: it tells what is typed while they type, offers what narrows the search, and leads to the ticket
 * whose number was typed.
 */
@Component({
  selector: 'app-search-field',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, SearchOffers],
  providers: [RecentSearches],
  template: `
    <div class="search" role="search">
      <app-icon name="search" />
      <input
        #field
        type="search"
        role="combobox"
        autocomplete="off"
        spellcheck="false"
        aria-label="Search tickets"
        aria-autocomplete="list"
        placeholder="Search by number or words"
        maxlength="200"
        aria-keyshortcuts="/"
        [attr.aria-expanded]="isOpen()"
        [attr.aria-controls]="isOpen() ? 'search-offers' : null"
        [attr.aria-activedescendant]="isOpen() && activeOffer() >= 0 ? 'search-offer-' + activeOffer() : null"
        [value]="typed()"
        (input)="type(field.value)"
        (focus)="begin()"
        (click)="isWanted.set(true)"
        (blur)="end()"
        (keydown)="keyed($event)"
      />
    </div>
    @defer (when wasUsed()) {
      <app-search-offers
        #offers
        [class.open]="isOpen()"
        [q]="typed()"
        (counted)="offered.set($event)"
        (taken)="take($event)"
      />
    }
  `,
  styles: `
    :host {
      position: relative;
      flex: 1;
      min-inline-size: 0;
    }

    .search {
      display: flex;
      align-items: center;
      gap: 8px;
      padding-inline: 12px;
      border: 1px solid var(--mat-sys-outline-variant);
      border-radius: 10px;
      color: var(--mat-sys-on-surface-variant);
      --app-icon-size: 17px;
    }

    .search:focus-within {
      border-color: var(--mat-sys-primary);
      box-shadow: 0 0 0 1px var(--mat-sys-primary);
    }

    input {
      flex: 1;
      min-inline-size: 0;
      min-block-size: 34px;
      border: 0;
      outline: none;
      background: none;
      color: var(--mat-sys-on-surface);
      font: var(--mat-sys-body-medium);
    }

    input::placeholder {
      color: var(--mat-sys-on-surface-variant);
      opacity: 1;
    }

    app-search-offers {
      display: none;
      position: absolute;
      inset-block-start: calc(100% + 4px);

      /* Also below the two buttons beside the field. */
      inset-inline: 0 -92px;
      z-index: 5;
      max-block-size: min(480px, 60dvh);
      overflow: hidden auto;
      border: 1px solid var(--app-hairline);
      border-radius: 12px;
      background: var(--app-card);
      box-shadow: var(--app-shadow-high);
    }

    app-search-offers.open {
      display: block;
    }

    @media (pointer: coarse) {
      input {
        min-block-size: 42px;
      }
    }
  `,
})
export class SearchField {
  private readonly recent = inject(RecentSearches);
  private readonly field = viewChild.required<ElementRef<HTMLInputElement>>('field');
  private readonly offers = viewChild<SearchOffers>('offers');

  /** What is searched for now. */
  readonly q = input('');
  readonly changed = output<string>();
  /** One ticket is meant, by its number. */
  readonly numberEntered = output<number>();
  /** On to what was found. */
  readonly left = output();

  /** What another place set, say the button that clears all filters, replaces what was typed; the own words don't. */
  protected readonly typed = linkedSignal<string, string>({
    source: this.q,
    computation: (q, previous) => (previous && isSearch(previous.value, q) ? previous.value : q),
  });
  protected readonly isWanted = signal(false);
  protected readonly wasUsed = signal(false);
  protected readonly offered = signal(0);
  protected readonly isOpen = computed(() => this.isWanted() && this.offered() > 0);
  protected readonly activeOffer = computed(() => this.offers()?.active() ?? -1);
  private readonly pauses = new Subject<void>();

  constructor() {
    this.pauses
      .pipe(debounceTime(TYPING_PAUSE_MS), takeUntilDestroyed())
      .subscribe(() => this.search(searchIn(this.typed())));
    // The value of a field that was typed into is its own: a binding alone would not bring it back.
    effect(() => (this.field().nativeElement.value = this.typed()));
  }

  focus(): void {
    this.field().nativeElement.focus();
    this.field().nativeElement.select();
  }

  protected begin(): void {
    this.wasUsed.set(true);
    this.isWanted.set(this.typed() === '');
  }

  protected end(): void {
    this.isWanted.set(false);
    this.settle();
  }

  protected type(text: string): void {
    this.typed.set(text);
    this.isWanted.set(true);
    this.pauses.next();
  }

  protected take({ q, goesOn }: Offer): void {
    this.typed.set(q);
    this.isWanted.set(goesOn);
    if (goesOn) this.pauses.next();
    else this.settle();
  }

  protected keyed(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const actions: Readonly<Record<string, () => void>> = {
      ArrowDown: () => (this.isOpen() ? this.offers()?.move(1) : this.left.emit()),
      ArrowUp: () => this.isOpen() && this.offers()?.move(-1),
      Enter: () => this.enter(),
      Escape: () => this.escape(),
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  }

  private enter(): void {
    const offer = this.isOpen() ? this.offers()?.current() : null;
    if (offer) return this.take(offer);
    this.isWanted.set(false);
    const number = numberIn(this.typed());
    if (number === null) return this.settle();
    // The list stays as it is: searching it now would take the place of opening the ticket.
    this.typed.set(this.q());
    this.field().nativeElement.blur();
    this.numberEntered.emit(number);
  }

  /** One step back: the suggestions, the words, the field. */
  private escape(): void {
    if (this.isOpen()) return this.isWanted.set(false);
    if (this.typed() === '') return this.field().nativeElement.blur();
    this.typed.set('');
    this.settle();
  }

  /** Without waiting for a pause: whatever stands there is meant. */
  private settle(): void {
    const q = this.typed().trim();
    this.search(q);
    if (q !== '' && numberIn(q) === null) this.recent.add(q);
  }

  private search(q: string): void {
    if (q !== this.q()) this.changed.emit(q);
  }
}
