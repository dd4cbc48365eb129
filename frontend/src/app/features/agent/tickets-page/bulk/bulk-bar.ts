import { ChangeDetectionStrategy, Component, computed, inject, signal, viewChild } from '@angular/core';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { RouterLink } from '@angular/router';

import { BulkAction } from '../../../../core/api/models';
import { TagField } from '../../../../domain/tickets/tag-field';
import { TicketListStore } from '../../../../domain/tickets/ticket-list-store';
import {
  PRIORITY_ICONS,
  PRIORITY_WORDS,
  STATUS_ICONS,
  STATUS_WORDS,
  TICKET_PRIORITIES,
  TICKET_STATUSES,
} from '../../../../domain/tickets/ticket-words';
import { TicketsApi } from '../../../../domain/tickets/tickets-api';
import { AppIcon } from '../../../../shared/icon/app-icon';
import { valueOr } from '../../../../shared/resources/value-or';
import { AgentMenu } from '../../agent-menu';
import { LiveCounts } from '../live-counts';
import { ShownList } from '../shown-list';
import { queryOf } from '../ticket-view';
import { BulkRun } from './bulk-run';
import { TicketSelection } from './ticket-selection';

const NO_TAGS = { addTags: [] as readonly string[], removeTags: [] as readonly string[] };

/** What can be done with the selected tickets, how far it is, and what became of it. */
@Component({
  selector: 'app-bulk-bar',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AgentMenu, AppIcon, MatMenu, MatMenuItem, MatMenuTrigger, RouterLink, TagField],
  templateUrl: './bulk-bar.html',
  styleUrl: './bulk-bar.scss',
  host: { role: 'region', 'aria-label': 'Selected tickets' },
})
export class BulkBar {
  private readonly list = inject(TicketListStore);
  private readonly shown = inject(ShownList);
  private readonly counts = inject(LiveCounts);
  private readonly offered = inject(TicketsApi).categories();
  protected readonly selection = inject(TicketSelection);
  protected readonly run = inject(BulkRun);
  private readonly statusTrigger = viewChild<MatMenuTrigger>('statusTrigger');
  private readonly priorityTrigger = viewChild<MatMenuTrigger>('priorityTrigger');
  private readonly assigneeTrigger = viewChild<MatMenuTrigger>('assigneeTrigger');

  protected readonly statuses = TICKET_STATUSES;
  protected readonly statusWords = STATUS_WORDS;
  protected readonly statusIcons = STATUS_ICONS;
  protected readonly priorities = [...TICKET_PRIORITIES].reverse();
  protected readonly priorityWords = PRIORITY_WORDS;
  protected readonly priorityIcons = PRIORITY_ICONS;
  protected readonly categories = computed(() => valueOr(this.offered, []).filter(({ archived }) => !archived));

  protected readonly loaded = computed(() => this.list.rows().length);
  /** Null where it is not counted. */
  protected readonly matching = computed(() => {
    const { view, saved, isChanged } = this.shown.choice();
    if (isChanged) return null;
    return saved ? this.counts.ofSaved(saved.id) : view && this.counts.of(view);
  });
  protected readonly offersMatching = computed(() => this.list.hasMore() && this.selection.size() <= this.loaded());

  protected readonly tagging = signal(false);
  protected readonly tagChange = signal(NO_TAGS);
  protected readonly summary = computed(() => {
    const outcome = this.run.outcome();
    if (!outcome) return '';
    const { isUndo, changed, unchanged, left, failed } = outcome;
    const parts = [
      `${tickets(changed)} ${isUndo ? 'set back' : 'changed'}.`,
      ...(unchanged > 0 ? [`${unchanged} already ${unchanged === 1 ? 'was' : 'were'} so.`] : []),
      ...(left > 0 ? [`${left} left alone.`] : []),
      ...(failed.length > 0 ? [`${failed.length} ${failed.length === 1 ? 'was' : 'were'} not:`] : []),
    ];
    return parts.join(' ');
  });

  openStatus(): void {
    this.statusTrigger()?.openMenu();
  }

  openPriority(): void {
    this.priorityTrigger()?.openMenu();
  }

  openAssignee(): void {
    this.assigneeTrigger()?.openMenu();
  }

  openTags(): void {
    this.tagging.set(true);
  }

  change({ addTags, removeTags, ...fields }: ChosenAction): void {
    const tags = {
      ...(addTags?.length && { addTags: [...addTags] }),
      ...(removeTags?.length && { removeTags: [...removeTags] }),
    };
    this.run.change(this.selection.ids(), { ...fields, ...tags });
    this.selection.clear();
    this.tagging.set(false);
    this.tagChange.set(NO_TAGS);
  }

  protected selectMatching(): void {
    void this.selection.selectMatching(queryOf(this.shown.choice()));
  }

  protected selectFailed(): void {
    this.selection.select(this.run.outcome()?.failed.map(({ ticketId }) => ticketId) ?? []);
  }

  protected add(tag: string): void {
    this.forgetTag(tag);
    this.tagChange.update((change) => ({ ...change, addTags: [...change.addTags, tag] }));
  }

  protected remove(tag: string): void {
    this.forgetTag(tag);
    this.tagChange.update((change) => ({ ...change, removeTags: [...change.removeTags, tag] }));
  }

  protected forgetTag(tag: string): void {
    this.tagChange.update(({ addTags, removeTags }) => ({
      addTags: addTags.filter((other) => other !== tag),
      removeTags: removeTags.filter((other) => other !== tag),
    }));
  }
}

type ChosenAction = Omit<BulkAction, 'addTags' | 'removeTags'> & Partial<typeof NO_TAGS>;

const tickets = (count: number): string => (count === 1 ? '1 ticket' : `${count} tickets`);
