import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';

import { TicketMatch } from '../../core/api/models';
import { worded } from '../../shared/texts/text';

const PLACES = worded<TicketMatch['field']>({
  subject: 'tickets.place.subject',
  description: 'tickets.place.description',
  message: 'tickets.place.message',
  note: 'tickets.place.note',
  file: 'tickets.place.file',
  person: 'tickets.place.person',
});

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
