import { ChangeDetectionStrategy, Component, computed, effect, inject, signal, viewChild } from '@angular/core';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';

import { Agent } from '../../../core/api/models';
import { TagField } from '../../../domain/tickets/tag-field';
import { TicketsApi } from '../../../domain/tickets/tickets-api';
import { PRIORITY_WORDS, STATUS_WORDS, TICKET_PRIORITIES, TICKET_STATUSES } from '../../../domain/tickets/ticket-words';
import { AppIcon } from '../../../shared/icon/app-icon';
import { valueOr } from '../../../shared/resources/value-or';
import { localTime } from '../../../shared/time/local-time';
import { ShownList } from './shown-list';
import { FilterName, isFixed } from './ticket-view';

interface FilterOption {
  readonly value: string;
  readonly name: string;
  readonly hint?: string;
}

interface Filter {
  readonly name: FilterName;
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
  imports: [AppIcon, MatMenu, MatMenuItem, MatMenuTrigger, TagField],
  templateUrl: './filter-bar.html',
  styleUrl: './filter-bar.scss',
})
export class FilterBar {
  private readonly list = inject(ShownList);
  private readonly ticketsApi = inject(TicketsApi);
  private readonly categories = this.ticketsApi.categories();
  protected readonly agents = this.ticketsApi.agents();

  private readonly tagField = viewChild<TagField>('tagField');
  /** The field with its completion is loaded when it is first wanted. */
  protected readonly isTagging = signal(false);

  private readonly filter = computed(() => this.list.choice().filter);
  protected readonly filters = computed((): Filter[] => {
    const { status = [], priority = [], category = [], assignee } = this.filter();
    const all: Filter[] = [
      { name: 'status', title: 'Status', options: named(TICKET_STATUSES, STATUS_WORDS), chosen: status, single: false },
      {
        name: 'priority',
        title: 'Priority',
        options: named(TICKET_PRIORITIES, PRIORITY_WORDS),
        chosen: priority,
        single: false,
      },
      { name: 'category', title: 'Category', options: this.categoryOptions(), chosen: category, single: false },
      {
        name: 'assignee',
        title: 'Assignee',
        options: this.assigneeOptions(),
        chosen: assignee ? [assignee] : [],
        single: true,
      },
    ];
    return all.filter(({ name }) => !isFixed(this.list.choice().view, name));
  });
  /** What beside a status says how a ticket stands; chosen in the same menu. */
  protected readonly marks = computed(() => {
    const { needsReply, unread } = this.filter();
    const all = [
      { name: 'needsReply' as const, title: 'Needs reply', value: needsReply },
      { name: 'unread' as const, title: 'Unread', value: unread },
    ];
    return all.filter(({ name }) => !isFixed(this.list.choice().view, name));
  });
  protected readonly tags = computed(() => this.filter().tag ?? []);
  /** What is chosen elsewhere than in a chip of its own, or only a link or a view brings along. */
  protected readonly others = computed(() => {
    const { createdAfter, updatedAfter, requester } = this.filter();
    const marks = this.marks().filter(({ value }) => value !== undefined);
    return [
      ...marks.map(({ name, title, value }) => ({ name, title: value ? title : `${title}: no` })),
      ...(createdAfter ? [{ name: 'createdAfter' as const, title: `Created after ${localTime(createdAfter)}` }] : []),
      ...(updatedAfter ? [{ name: 'updatedAfter' as const, title: `Active after ${localTime(updatedAfter)}` }] : []),
      ...(requester ? [{ name: 'requester' as const, title: 'One customer' }] : []),
    ];
  });

  constructor() {
    effect(() => this.tagField()?.focus());
  }

  protected labelOf({ title, options, chosen, single }: Filter): string {
    const names = options.filter(({ value }) => chosen.includes(value)).map(({ name }) => name);
    if (names.length > 0) return `${title}: ${names.join(', ')}`;
    return single && chosen.length > 0 ? `${title}: somebody who left` : title;
  }

  protected toggle({ name, chosen, single }: Filter, value: string): void {
    const without = chosen.filter((other) => other !== value);
    const next = without.length < chosen.length ? without : single ? [value] : [...chosen, value];
    this.list.change({ [name]: next.join(',') });
  }

  protected toggleMark(name: FilterName, isOn: boolean): void {
    this.list.change({ [name]: isOn ? 'true' : '' });
  }

  protected clear(name: FilterName): void {
    this.list.change({ [name]: '' });
  }

  protected addTag(tag: string): void {
    if (!this.tags().includes(tag)) this.list.change({ tag: [...this.tags(), tag].join(',') });
  }

  protected removeTag(tag: string): void {
    this.list.change({
      tag: this.tags()
        .filter((other) => other !== tag)
        .join(','),
    });
  }

  private categoryOptions(): FilterOption[] {
    const categories = valueOr(this.categories, []).map(({ id, name }) => ({ value: id, name }));
    return [...categories, { value: 'none', name: 'None' }];
  }

  private assigneeOptions(): FilterOption[] {
    return [
      { value: 'me', name: 'Me' },
      { value: 'none', name: 'Nobody' },
      { value: 'absent', name: 'Somebody who is absent', hint: 'offline now' },
      ...valueOr(this.agents, []).map((agent: Agent) => ({
        value: agent.id,
        name: agent.name,
        hint: `${agent.presence} · ${agent.load} open`,
      })),
    ];
  }
}

function named<Value extends string>(values: readonly Value[], words: Readonly<Record<Value, string>>): FilterOption[] {
  return values.map((value) => ({ value, name: words[value] }));
}
