import { ChangeDetectionStrategy, Component, ElementRef, inject, input, signal, viewChild } from '@angular/core';

/**
 * A button that opens a small panel beside it. Escape, a click elsewhere, leaving with the focus or following a link
 * inside closes it. The button's content is what carries `disclosureButton`; everything else is the panel.
 */
@Component({
  selector: 'app-disclosure',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: {
    '(document:click)': 'closeFromOutside($event)',
    '(keydown.escape)': 'closeByKey($event)',
    '(focusout)': 'closeWhenLeft($event)',
  },
  template: `
    <button
      #button
      type="button"
      class="button"
      [attr.aria-label]="label()"
      [title]="label()"
      [attr.aria-expanded]="isOpen()"
      (click)="toggle()"
    >
      <ng-content select="[disclosureButton]" />
    </button>
    @if (isOpen()) {
      <div
        class="panel"
        role="group"
        tabindex="-1"
        [attr.aria-label]="label()"
        [class]="placement()"
        (click)="closeByLink($event)"
        (keydown.enter)="closeByLink($event)"
      >
        <ng-content />
      </div>
    }
  `,
  styleUrl: './disclosure.scss',
})
export class Disclosure {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly button = viewChild.required<ElementRef<HTMLButtonElement>>('button');

  /** Names the button and the panel. */
  readonly label = input.required<string>();
  /** Where the panel stands; on phones it takes the width of the page. */
  readonly placement = input<'below' | 'beside'>('below');

  readonly isOpen = signal(false);

  close(): void {
    this.isOpen.set(false);
  }

  protected toggle(): void {
    this.isOpen.update((isOpen) => !isOpen);
  }

  protected closeFromOutside(event: Event): void {
    if (this.isOpen() && !event.composedPath().includes(this.host)) this.close();
  }

  protected closeByKey(event: Event): void {
    if (!this.isOpen()) return;
    event.stopPropagation();
    this.close();
    this.button().nativeElement.focus();
  }

  protected closeWhenLeft(event: FocusEvent): void {
    const next = event.relatedTarget;
    if (next instanceof Node && !this.host.contains(next)) this.close();
  }

  protected closeByLink(event: Event): void {
    if (event.target instanceof Element && event.target.closest('a')) this.close();
  }
}
