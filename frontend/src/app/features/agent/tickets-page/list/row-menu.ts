import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  inject,
  input,
  output,
  viewChild,
} from '@angular/core';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { Router } from '@angular/router';

import { BulkAction, TicketSummary } from '../../../../core/api/models';
import { KeyCaps } from '../../../../core/commands/key-caps';
import { Notices } from '../../../../core/problems/notices';
import {
  PRIORITY_ICONS,
  PRIORITY_WORDS,
  STATUS_ICONS,
  STATUS_WORDS,
  TICKET_PRIORITIES,
  TICKET_STATUSES,
} from '../../../../domain/tickets/ticket-words';
import { AppIcon } from '../../../../shared/icon/app-icon';
import { t } from '../../../../shared/texts/text';
import { AgentMenu } from '../../agent-menu';
import { BulkRun } from '../bulk/bulk-run';
import { TicketSelection } from '../bulk/ticket-selection';
import { TicketClaims } from '../ticket-claims';

/** Where on the screen the menu of which ticket opens. */
export interface RowMenuPlace {
  readonly ticket: TicketSummary;
  readonly x: number;
  readonly y: number;
}

/** What can be done with a ticket of the list, or with all that are selected if it is one of them. */
@Component({
  selector: 'app-row-menu',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AgentMenu, AppIcon, KeyCaps, MatMenu, MatMenuItem, MatMenuTrigger],
  templateUrl: './row-menu.html',
  styles: `
    .anchor {
      position: fixed;
      inset: 0 auto auto 0;
    }

    .entry {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: 24px;
    }

    .many {
      margin: 0;
      padding: 10px 16px 6px;
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-label-medium);
    }
  `,
})
export class RowMenu {
  protected readonly t = t;
  private readonly selection = inject(TicketSelection);
  private readonly claims = inject(TicketClaims);
  private readonly run = inject(BulkRun);
  private readonly router = inject(Router);
  private readonly notices = inject(Notices);
  private readonly trigger = viewChild.required<MatMenuTrigger>('trigger');

  readonly place = input.required<RowMenuPlace>();
  readonly closed = output();

  protected readonly statuses = TICKET_STATUSES;
  protected readonly statusWords = STATUS_WORDS;
  protected readonly statusIcons = STATUS_ICONS;
  protected readonly priorities = [...TICKET_PRIORITIES].reverse();
  protected readonly priorityWords = PRIORITY_WORDS;
  protected readonly priorityIcons = PRIORITY_ICONS;

  protected readonly ticket = computed(() => this.place().ticket);
  protected readonly ids = computed(() => {
    const { id } = this.ticket();
    return this.selection.has(id) ? this.selection.ids() : [id];
  });
  protected readonly isOne = computed(() => this.ids().length === 1);
  protected readonly claimable = computed(() => this.ticket().assignee === null || !this.isOne());

  constructor() {
    afterNextRender(() => this.trigger().openMenu());
  }

  protected open(): void {
    void this.router.navigate(['/agent/tickets', this.ticket().id], { queryParamsHandling: 'preserve' });
  }

  protected openTab(): void {
    window.open(`/agent/tickets/${this.ticket().id}`, '_blank', 'noopener');
  }

  protected claim(): void {
    if (this.isOne()) this.claims.claim(this.ticket());
    else this.change({ agentId: this.claims.selfId() });
  }

  protected change(action: BulkAction): void {
    this.run.change(this.ids(), action);
    if (!this.isOne()) this.selection.clear();
  }

  protected select(): void {
    this.selection.toggle(this.ticket().id);
  }

  protected isSelected(): boolean {
    return this.selection.has(this.ticket().id);
  }

  protected async copyLink(): Promise<void> {
    await navigator.clipboard.writeText(`${location.origin}/tickets/${this.ticket().id}`);
    this.notices.info(t('commands.row.linkCopied'));
  }
}
