import {
  ChangeDetectionStrategy,
  Component,
  computed,
  inject,
  Injector,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { Router } from '@angular/router';

import { Agent, Ticket, TicketStatus } from '../../../core/api/models';
import type { CommandActions } from '../../../core/commands/commands';
import { Notices } from '../../../core/problems/notices';
import { ProblemNotifier } from '../../../core/problems/problem-notifier';
import { Session } from '../../../core/session/session';
import { TicketsApi } from '../../../domain/tickets/tickets-api';
import {
  PRIORITY_ICONS,
  PRIORITY_WORDS,
  STATUS_ICONS,
  STATUS_WORDS,
  TICKET_PRIORITIES,
} from '../../../domain/tickets/ticket-words';
import { Avatar } from '../../../shared/avatar/avatar';
import { Confirm } from '../../../shared/dialogs/confirm';
import { AppIcon } from '../../../shared/icon/app-icon';
import { t } from '../../../shared/texts/text';
import { AgentMenu } from '../agent-menu';
import { TicketChanges } from './ticket-changes';
import { STAFF_STEPS } from './ticket-steps';

const SUBJECT_MAX_LENGTH = 200;

/** Subject, number, status, priority and assignee of the open ticket, each to be changed where it stands. */
@Component({
  selector: 'app-ticket-header',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AgentMenu, AppIcon, Avatar, MatButton, MatIconButton, MatMenu, MatMenuItem, MatMenuTrigger],
  templateUrl: './ticket-header.html',
  styleUrl: './ticket-header.scss',
})
export class TicketHeader {
  protected readonly t = t;
  private readonly injector = inject(Injector);
  private readonly ticketsApi = inject(TicketsApi);
  private readonly router = inject(Router);
  private readonly confirm = inject(Confirm);
  private readonly notices = inject(Notices);
  private readonly problems = inject(ProblemNotifier);
  private readonly session = inject(Session);
  protected readonly changes = inject(TicketChanges);
  private readonly statusTrigger = viewChild.required<MatMenuTrigger>('statusTrigger');
  private readonly priorityTrigger = viewChild.required<MatMenuTrigger>('priorityTrigger');
  private readonly assigneeTrigger = viewChild.required<MatMenuTrigger>('assigneeTrigger');

  readonly ticket = input.required<Ticket>();
  readonly detailsOpen = input(false);
  readonly detailsToggled = output();
  /** The whole text is to be edited. */
  readonly editing = output();
  readonly left = output();

  protected readonly statusWords = STATUS_WORDS;
  protected readonly statusIcons = STATUS_ICONS;
  protected readonly priorityWords = PRIORITY_WORDS;
  protected readonly priorityIcons = PRIORITY_ICONS;
  protected readonly priorities = [...TICKET_PRIORITIES].reverse();
  protected readonly subjectMaxLength = SUBJECT_MAX_LENGTH;

  protected readonly steps = computed(() => STAFF_STEPS[this.ticket().status]);
  protected readonly selfId = computed(() => this.session.user()?.id ?? null);
  protected readonly isMine = computed(() => this.ticket().assignee?.id === this.selfId());
  protected readonly isAdmin = computed(() => this.session.role() === 'admin');
  protected readonly isRunning = computed(() => ['open', 'in_progress'].includes(this.ticket().status));
  protected readonly claimable = computed(() => this.ticket().assignee === null && this.isRunning());
  /** The ticket as it was when editing its subject began; null while nobody does. */
  protected readonly editedFrom = signal<Ticket | null>(null);
  protected readonly subjectDraft = signal('');

  openStatus(): void {
    this.statusTrigger().openMenu();
  }

  openPriority(): void {
    this.priorityTrigger().openMenu();
  }

  openAssignee(): void {
    this.assigneeTrigger().openMenu();
  }

  /** Replying needs no claim, but the customer then has nobody. */
  offerClaim(): void {
    if (!this.claimable()) return;
    const { id } = this.ticket();
    this.notices.info(`Nobody has claimed #${id} yet.`, {
      label: 'Claim',
      run: () => {
        if (this.ticket().id === id) this.changes.claim();
      },
    });
  }

  /** What stands in the head, as commands. */
  actions(): CommandActions {
    const { needsReply } = this.ticket();
    const mayStep = (status: TicketStatus): boolean => this.steps().includes(status);
    return {
      'ticket.claim': this.claimable() ? () => this.changes.claim() : undefined,
      'ticket.release': this.isMine() ? () => this.changes.release() : undefined,
      'ticket.resolve': mayStep('resolved') ? () => this.changes.setStatus('resolved') : undefined,
      'ticket.reopen': !this.isRunning() && mayStep('open') ? () => this.changes.setStatus('open') : undefined,
      'ticket.close': mayStep('closed') ? () => this.changes.setStatus('closed') : undefined,
      'ticket.no-reply': needsReply ? () => this.changes.setNeedsReply(false) : undefined,
      'ticket.copy-number': () => void this.copyNumber(),
      'ticket.copy-link': () => void this.copyLink(),
      'ticket.print': () => void this.print(),
      'ticket.delete': this.isAdmin() ? () => void this.remove() : undefined,
    };
  }

  protected editSubject(): void {
    this.subjectDraft.set(this.ticket().subject);
    this.editedFrom.set(this.ticket());
    setTimeout(() => document.querySelector<HTMLInputElement>('app-ticket-header input')?.select());
  }

  protected saveSubject(): void {
    const seen = this.editedFrom();
    if (!seen) return;
    this.editedFrom.set(null);
    const subject = this.subjectDraft().trim();
    if (subject && subject !== seen.subject && seen.id === this.ticket().id) this.changes.setSubject(subject, seen);
  }

  protected assign(agent: Agent): void {
    if (agent.id === this.ticket().assignee?.id) return;
    if (agent.id === this.selfId() && this.claimable()) this.changes.claim();
    else this.changes.assign(agent);
  }

  protected async copyNumber(): Promise<void> {
    await navigator.clipboard.writeText(`#${this.ticket().id}`);
    this.notices.info('Number copied.');
  }

  protected async copyLink(): Promise<void> {
    await navigator.clipboard.writeText(`${location.origin}/tickets/${this.ticket().id}`);
    this.notices.info(t('commands.row.linkCopied'));
  }

  protected async print(): Promise<void> {
    const { printTicket } = await import('./print-dialog');
    printTicket(this.injector);
  }

  protected async remove(): Promise<void> {
    const { id } = this.ticket();
    const sure = await this.confirm.ask({
      title: `Delete ticket #${id}?`,
      text: 'It goes for the customer and for everybody here. An admin can restore it for 30 days.',
      confirm: 'Delete',
      danger: true,
    });
    if (!sure) return;
    this.ticketsApi.remove(id).subscribe({
      next: () => this.removed(id),
      error: (error: unknown) => this.problems.show(error, 'The ticket was not deleted'),
    });
  }

  private removed(id: number): void {
    void this.router.navigate(['/agent/tickets'], { queryParamsHandling: 'preserve' });
    this.notices.info(`#${id} was deleted.`, {
      label: 'Undo',
      run: () =>
        this.ticketsApi.restore(id).subscribe({
          next: () => void this.router.navigate(['/agent/tickets', id], { queryParamsHandling: 'preserve' }),
          error: (error: unknown) => this.problems.show(error, 'The ticket was not restored'),
        }),
    });
  }
}
