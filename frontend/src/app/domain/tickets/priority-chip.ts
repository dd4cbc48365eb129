import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';

import { TicketPriority } from '../../core/api/models';
import { AppIcon } from '../../shared/icon/app-icon';
import { PRIORITY_ICONS, PRIORITY_WORDS } from './ticket-words';

/** A ticket's priority as icon and word. */
@Component({
  selector: 'app-priority-chip',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon],
  template: ` <span class="chip bare" [class]="priority()"><app-icon [name]="icon()" />{{ word() }}</span> `,
  styleUrl: './chip.scss',
})
export class PriorityChip {
  readonly priority = input.required<TicketPriority>();

  protected readonly icon = computed(() => PRIORITY_ICONS[this.priority()]);
  protected readonly word = computed(() => PRIORITY_WORDS[this.priority()]);
}
