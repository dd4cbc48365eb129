import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';

import { TicketMatch } from '../../core/api/models';

const PLACES: Readonly<Record<TicketMatch['field'], string>> = {
  subject: 'Subject',
  description: 'Description',
  message: 'Message',
  note: 'Internal note',
  file: 'File',
  person: 'Person',
};

/** The line of a ticket in which the words of a search stand, with the words marked. */
@Component({
  selector: 'app-match-line',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<span class="place">{{ place() }}:</span>&ngsp;
    @for (piece of match().excerpt; track $index) {
      @if (piece.hit) {
        <mark>{{ piece.text }}</mark>
      } @else {
        {{ piece.text }}
      }
    }`,
  styles: `
    .place {
      font-weight: 600;
    }

    mark {
      border-radius: 3px;
      background: var(--app-warm-container);
      color: var(--app-on-warm-container);
      font-weight: 600;
    }
  `,
})
export class MatchLine {
  readonly match = input.required<TicketMatch>();

  protected readonly place = computed(() => PLACES[this.match().field]);
}
