import {
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  inject,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { takeUntilDestroyed, toObservable } from '@angular/core/rxjs-interop';
import { MatAutocomplete, MatAutocompleteTrigger, MatOption } from '@angular/material/autocomplete';
import { Observable, catchError, debounceTime, of, skip, switchMap } from 'rxjs';

import { UsedTag } from '../../core/api/models';
import { t } from '../../shared/texts/text';
import { TicketWorkApi } from './ticket-work-api';

const TAG_MAX_LENGTH = 40;
const SUGGESTED = 8;
const TYPING_PAUSE_MS = 150;

/** Where a tag is typed; those in use are offered, most used first. A comma or Enter adds it. */
@Component({
  selector: 'app-tag-field',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [MatAutocomplete, MatAutocompleteTrigger, MatOption],
  template: `
    <input
      #field
      type="text"
      autocomplete="off"
      [attr.aria-label]="label() ?? t('tickets.tag.add')"
      [placeholder]="placeholder() ?? t('tickets.tag.add')"
      [attr.maxlength]="maxLength"
      [matAutocomplete]="list"
      [value]="draft()"
      (focus)="suggest()"
      (input)="draft.set(field.value)"
      (keydown.enter)="enter($event)"
      (keydown.,)="$event.preventDefault(); add()"
      (blur)="leave()"
    />
    <mat-autocomplete #list="matAutocomplete" (optionSelected)="choose($event.option.value)">
      @for (known of suggestions(); track known.tag) {
        <mat-option [value]="known.tag">
          {{ known.tag }} <small>{{ known.uses }}</small>
        </mat-option>
      }
    </mat-autocomplete>
  `,
  styles: `
    :host {
      display: inline-flex;
    }

    input {
      inline-size: 100%;
      min-inline-size: 0;
      min-block-size: 30px;
      padding-inline: 10px;
      border: 1px solid var(--mat-sys-outline-variant);
      border-radius: 8px;
      background: var(--app-card);
      color: var(--mat-sys-on-surface);
      font: var(--mat-sys-body-small);
    }

    input::placeholder {
      color: var(--mat-sys-on-surface-variant);
      opacity: 1;
    }

    small {
      margin-inline-start: 6px;
      color: var(--mat-sys-on-surface-variant);
    }

    @media (pointer: coarse) {
      input {
        min-block-size: 42px;
      }
    }
  `,
})
export class TagField {
  protected readonly t = t;
  private readonly api = inject(TicketWorkApi);
  private readonly field = viewChild.required<ElementRef<HTMLInputElement>>('field');
  private readonly trigger = viewChild.required(MatAutocompleteTrigger);

  readonly label = input<string>();
  readonly placeholder = input<string>();
  readonly added = output<string>();

  protected readonly maxLength = TAG_MAX_LENGTH;
  protected readonly draft = signal('');
  protected readonly suggestions = signal<readonly UsedTag[]>([]);

  constructor() {
    toObservable(this.draft)
      .pipe(
        skip(1),
        debounceTime(TYPING_PAUSE_MS),
        switchMap((text) => this.known(text)),
        takeUntilDestroyed(),
      )
      .subscribe((tags) => this.suggestions.set(tags));
  }

  focus(): void {
    this.field().nativeElement.focus();
  }

  protected suggest(): void {
    if (this.draft() === '') this.known('').subscribe((tags) => this.suggestions.set(tags));
  }

  /** Enter takes the suggestion that is marked, else what was typed. */
  protected enter(event: Event): void {
    const isTaken = event.defaultPrevented || this.trigger().activeOption !== null;
    event.preventDefault();
    if (!isTaken) this.add();
  }

  protected add(): void {
    this.choose(this.draft());
  }

  /** A click on a suggestion takes the focus away first, and must not add what was typed until then. */
  protected leave(): void {
    if (!this.trigger().panelOpen) this.add();
  }

  protected choose(text: string): void {
    const tag = text.trim();
    this.draft.set('');
    this.trigger().closePanel();
    if (tag) this.added.emit(tag);
  }

  /** Without suggestions a tag can still be typed in full. */
  private known(text: string): Observable<UsedTag[]> {
    return this.api.tags(text.trim(), SUGGESTED).pipe(catchError(() => of<UsedTag[]>([])));
  }
}
