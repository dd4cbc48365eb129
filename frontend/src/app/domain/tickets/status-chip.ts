import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';

import { TicketStatus } from '../../core/api/models';
import { AppIcon } from '../../shared/icon/app-icon';
import { t } from '../../shared/texts/text';
import { CUSTOMER_STATUS_WORDS, STATUS_ICONS, STATUS_WORDS, WordsFor } from './ticket-words';

/** A ticket's status as icon and word, in the words of its reader. */
@Component({
  selector: 'app-status-chip',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon],
  template: `
    <span class="chip" [class]="status()">
      <app-icon [name]="icon()" />
      @if (words() === 'customer') {
        <span aria-hidden="true">{{ shown() }}</span>
        <span class="visually-hidden">{{ spoken() }}</span>
      } @else {
        {{ shown() }}
      }
    </span>
  `,
  styleUrl: './chip.scss',
})
export class StatusChip {
  readonly status = input.required<TicketStatus>();
  readonly words = input<WordsFor>('staff');

  protected readonly icon = computed(() => STATUS_ICONS[this.status()]);
  protected readonly shown = computed(() =>
    this.words() === 'customer' ? CUSTOMER_STATUS_WORDS[this.status()] : STATUS_WORDS[this.status()],
  );
  protected readonly spoken = computed(() => {
    const official = STATUS_WORDS[this.status()];
    return this.shown() === official ? official : t('tickets.statusBeside', { state: this.shown(), status: official });
  });
}
