import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';

import { Count, TicketCounts } from '../../../core/api/models';
import { t } from '../../../shared/texts/text';

export type TicketTab = 'active' | 'turn' | 'done';

interface TabEntry {
  readonly tab: TicketTab;
  readonly words: string;
  readonly count: string | null;
}

/** The tab named in the address; anything else means the running tickets. */
export function asTab(value: string | undefined): TicketTab {
  return value === 'turn' || value === 'done' ? value : 'active';
}

/** Which of the customer's tickets are shown. "Your turn" leads as long as something waits there. */
@Component({
  selector: 'app-ticket-tabs',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="tabs" role="group" [attr.aria-label]="t('customer.tabs.label')">
      @for (entry of entries(); track entry.tab) {
        <button
          type="button"
          [attr.aria-pressed]="entry.tab === current()"
          [class.waiting]="entry.tab === 'turn' && isWaiting()"
          (click)="chosen.emit(entry.tab)"
        >
          {{ entry.words }}
          @if (entry.count !== null) {
            <span class="count">{{ entry.count }}</span>
          }
        </button>
      }
    </div>
  `,
  styleUrl: './ticket-tabs.scss',
})
export class TicketTabs {
  protected readonly t = t;
  readonly current = input.required<TicketTab>();
  readonly counts = input<TicketCounts | null>(null);
  readonly chosen = output<TicketTab>();

  /** Null until known. */
  private readonly turns = computed(() => this.counts()?.turn ?? null);
  protected readonly isWaiting = computed(() => this.turns() !== null && this.turns() !== 0);
  protected readonly entries = computed((): TabEntry[] => {
    const status = this.counts()?.byStatus;
    const active: TabEntry = {
      tab: 'active',
      words: t('customer.tabs.active'),
      count: status ? sum(status.open, status.in_progress) : null,
    };
    const turns = this.turns();
    const turn: TabEntry = {
      tab: 'turn',
      words: t('customer.tabs.turn'),
      count: turns === null ? null : String(turns),
    };
    const done: TabEntry = {
      tab: 'done',
      words: t('customer.tabs.done'),
      count: status ? sum(status.resolved, status.closed) : null,
    };
    return this.isWaiting() ? [turn, active, done] : [active, turn, done];
  });
}

/** Adds counts, of which each may be "1000+". */
function sum(one: Count, other: Count): string {
  const total = Number.parseInt(String(one), 10) + Number.parseInt(String(other), 10);
  const isAtLeast = [one, other].some((count) => String(count).endsWith('+'));
  return isAtLeast ? `${total}+` : String(total);
}
