import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';

import { TicketsApi } from '../../../domain/tickets/tickets-api';
import { PRIORITY_WORDS, STATUS_WORDS, TICKET_PRIORITIES, TICKET_STATUSES } from '../../../domain/tickets/ticket-words';
import { AppIcon } from '../../../shared/icon/app-icon';
import { ListAddress, ListChoice } from './ticket-view';

interface FilterOption {
  readonly value: string;
  readonly name: string;
}

interface Filter {
  readonly name: 'status' | 'priority' | 'category' | 'assignee';
  readonly title: string;
  readonly options: readonly FilterOption[];
  readonly chosen: readonly string[];
  /** At most one at a time. */
  readonly single: boolean;
}

/** The filters of the list as chips. What is chosen goes into the address. */
@Component({
  selector: 'app-filter-bar',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, MatMenu, MatMenuItem, MatMenuTrigger],
  templateUrl: './filter-bar.html',
  styleUrl: './filter-bar.scss',
})
export class FilterBar {
  private readonly ticketsApi = inject(TicketsApi);
  private readonly categories = this.ticketsApi.categories();
  private readonly agents = this.ticketsApi.agents();

  readonly choice = input.required<ListChoice>();
  /** The parts of the address to change. */
  readonly changed = output<ListAddress>();

  protected readonly filters = computed((): Filter[] => {
    const { view, status, priority, category, assignee } = this.choice();
    return [
      { name: 'status', title: 'Status', options: named(TICKET_STATUSES, STATUS_WORDS), chosen: status, single: false },
      {
        name: 'priority',
        title: 'Priority',
        options: named(TICKET_PRIORITIES, PRIORITY_WORDS),
        chosen: priority,
        single: false,
      },
      { name: 'category', title: 'Category', options: this.categoryOptions(), chosen: category, single: false },
      ...(view === 'all'
        ? [
            {
              name: 'assignee' as const,
              title: 'Assignee',
              options: this.assigneeOptions(),
              chosen: assignee ? [assignee] : [],
              single: true,
            },
          ]
        : []),
    ];
  });

  protected labelOf({ title, options, chosen }: Filter): string {
    const names = options.filter(({ value }) => chosen.includes(value)).map(({ name }) => name);
    return names.length > 0 ? `${title}: ${names.join(', ')}` : title;
  }

  protected toggle({ name, chosen, single }: Filter, value: string): void {
    const without = chosen.filter((other) => other !== value);
    const next = without.length < chosen.length ? without : single ? [value] : [...chosen, value];
    this.changed.emit({ [name]: next.join(',') || undefined });
  }

  protected clear({ name }: Filter): void {
    this.changed.emit({ [name]: undefined });
  }

  private categoryOptions(): FilterOption[] {
    return this.categories.hasValue() ? this.categories.value().map(({ id, name }) => ({ value: id, name })) : [];
  }

  private assigneeOptions(): FilterOption[] {
    const people = this.agents.hasValue() ? this.agents.value() : [];
    return [
      { value: 'me', name: 'Me' },
      { value: 'none', name: 'Nobody' },
      ...people.map(({ id, name }) => ({ value: id, name })),
    ];
  }
}

function named<Value extends string>(values: readonly Value[], words: Readonly<Record<Value, string>>): FilterOption[] {
  return values.map((value) => ({ value, name: words[value] }));
}
