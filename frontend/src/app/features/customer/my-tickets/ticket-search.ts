import { ChangeDetectionStrategy, Component, ElementRef, inject, input, output, viewChild } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { Subject, debounceTime, distinctUntilChanged } from 'rxjs';

import { Commands } from '../../../core/commands/commands';
import { AppIcon } from '../../../shared/icon/app-icon';
import { t } from '../../../shared/texts/text';

const WAIT_MS = 200;

/** Finds tickets by number or words; tells when the person pauses. */
@Component({
  selector: 'app-ticket-search',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon],
  template: `
    <div role="search">
      <app-icon name="search" />
      <input
        #field
        type="search"
        class="app-input"
        [attr.aria-label]="t('customer.search.label')"
        [placeholder]="t('customer.search.placeholder')"
        maxlength="200"
        [value]="words()"
        (input)="typed.next(field.value.trim())"
      />
    </div>
  `,
  styles: `
    :host {
      flex: 1 1 200px;
      max-inline-size: 260px;
    }

    div {
      position: relative;
      display: block;
    }

    app-icon {
      position: absolute;
      inset-block-start: 11px;
      inset-inline-start: 12px;
      color: var(--mat-sys-on-surface-variant);
      pointer-events: none;
    }

    input {
      min-block-size: 42px;
      padding-block: 6px;
      padding-inline-start: 40px;
      border-color: var(--app-hairline);
      border-radius: 21px;
      font: var(--mat-sys-body-medium);
    }

    @media (width < 600px) {
      :host {
        flex-basis: 100%;
        max-inline-size: none;
      }
    }
  `,
})
export class TicketSearch {
  protected readonly t = t;
  readonly words = input('');
  readonly changed = output<string>();
  protected readonly typed = new Subject<string>();

  private readonly field = viewChild.required<ElementRef<HTMLInputElement>>('field');

  constructor() {
    inject(Commands).offer(() => ({ search: () => this.field().nativeElement.focus() }));
    this.typed
      .pipe(debounceTime(WAIT_MS), distinctUntilChanged(), takeUntilDestroyed())
      .subscribe((words) => this.changed.emit(words));
  }
}
