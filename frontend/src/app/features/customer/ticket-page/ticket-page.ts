import { ChangeDetectionStrategy, Component, computed, effect, inject, input, signal, untracked } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { Observable, firstValueFrom } from 'rxjs';

import { Ticket, TicketStatus } from '../../../core/api/models';
import { PageTitle } from '../../../core/page/page-title';
import { WindowAttention } from '../../../core/page/window-attention';
import { CommandActions, Commands } from '../../../core/commands/commands';
import { Notices } from '../../../core/problems/notices';
import { ProblemNotifier } from '../../../core/problems/problem-notifier';
import { Conversation } from '../../../domain/conversations/conversation';
import { NotificationsStore } from '../../../domain/notifications/notifications-store';
import { PresenceBook } from '../../../domain/people/presence-book';
import { EditTicket } from '../../../domain/tickets/edit-ticket';
import { LiveTicket } from '../../../domain/tickets/live-ticket';
import { StatusChip } from '../../../domain/tickets/status-chip';
import { TicketsApi } from '../../../domain/tickets/tickets-api';
import { Avatar } from '../../../shared/avatar/avatar';
import { Confirm } from '../../../shared/dialogs/confirm';
import { Disclosure } from '../../../shared/disclosure/disclosure';
import { AppIcon } from '../../../shared/icon/app-icon';
import { Skeleton } from '../../../shared/skeleton/skeleton';
import { LoadError } from '../../../shared/states/load-error';
import { NotHere } from '../../../shared/states/not-here';
import { t } from '../../../shared/texts/text';
import { stateSentence } from './state-sentence';
import { TicketFiles } from './ticket-files';

/** One ticket of the customer: how it stands, who has it, and the conversation. */
@Component({
  selector: 'app-ticket-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [
    AppIcon,
    Avatar,
    Conversation,
    Disclosure,
    EditTicket,
    LoadError,
    NotHere,
    RouterLink,
    Skeleton,
    StatusChip,
    TicketFiles,
  ],
  providers: [LiveTicket],
  templateUrl: './ticket-page.html',
  styleUrl: './ticket-page.scss',
})
export class TicketPage {
  protected readonly t = t;
  protected readonly live = inject(LiveTicket);
  protected readonly presence = inject(PresenceBook);
  private readonly api = inject(TicketsApi);
  private readonly confirm = inject(Confirm);
  private readonly notices = inject(Notices);
  private readonly problems = inject(ProblemNotifier);
  private readonly router = inject(Router);
  private readonly pageTitle = inject(PageTitle);
  private readonly notifications = inject(NotificationsStore);
  private readonly attention = inject(WindowAttention);

  /** From the path; NaN, and so not here, for anything but a number. */
  readonly ticketId = input.required({ transform: (value: string) => (/^\d{1,9}$/.test(value) ? Number(value) : NaN) });

  protected readonly isKnown = computed(() => !Number.isNaN(this.ticketId()));
  protected readonly sentence = computed(() => {
    const ticket = this.live.ticket();
    return ticket ? stateSentence(ticket) : '';
  });
  protected readonly canSolve = computed(() => ['open', 'in_progress'].includes(this.live.ticket()?.status ?? ''));
  protected readonly isEditing = signal(false);
  protected readonly showsFiles = signal(false);
  protected readonly isBusy = signal(false);

  constructor() {
    inject(Commands).offer(() => this.actions());
    effect(() => {
      const id = this.ticketId();
      if (this.isKnown()) untracked(() => this.live.open(id));
    });
    effect(() => {
      const ticket = this.live.ticket();
      if (ticket) this.pageTitle.setPage(`#${ticket.id} ${ticket.subject}`);
    });
    effect(() => {
      this.notifications.groups();
      if (this.isKnown() && this.attention.isWatched())
        untracked(() => this.notifications.markTicketRead(this.ticketId()));
    });
  }

  protected async solve(ticket: Ticket): Promise<void> {
    const isDone = await this.step(ticket, 'resolved');
    if (isDone) this.notices.info(t('customer.ticket.glad'));
  }

  protected async reopen(ticket: Ticket): Promise<void> {
    await this.step(ticket, 'open');
  }

  protected async close(ticket: Ticket): Promise<void> {
    const isSure = await this.confirm.ask({
      title: t('customer.ticket.closeAsk'),
      text: t('customer.ticket.closeText'),
      confirm: t('customer.ticket.closeDo'),
    });
    if (isSure) await this.step(ticket, 'closed');
  }

  protected async remove(ticket: Ticket): Promise<void> {
    const isSure = await this.confirm.ask({
      title: t('customer.ticket.deleteAsk', { number: ticket.id }),
      text: t('customer.ticket.deleteText'),
      confirm: t('customer.ticket.deleteDo'),
      danger: true,
    });
    if (!isSure) return;
    const isDone = await this.attempt(this.api.remove(ticket.id), t('customer.ticket.notDeleted'));
    if (!isDone) return;
    this.notices.info(t('customer.ticket.deleted', { number: ticket.id }));
    await this.router.navigateByUrl('/portal/tickets');
  }

  protected edited(ticket: Ticket): void {
    this.live.apply(ticket);
    this.isEditing.set(false);
  }

  /** What the buttons of the head do, as commands. */
  private actions(): CommandActions {
    const ticket = this.live.ticket();
    if (!ticket) return {};
    const whenOpen = (action: () => void): (() => void) | undefined =>
      ticket.status === 'closed' ? undefined : action;
    return {
      'ticket.resolve': this.canSolve() ? () => void this.solve(ticket) : undefined,
      'ticket.reopen': ticket.status === 'resolved' ? () => void this.reopen(ticket) : undefined,
      'ticket.edit': whenOpen(() => this.isEditing.set(true)),
      'ticket.files': () => this.showsFiles.update((isShown) => !isShown),
      'ticket.close': whenOpen(() => void this.close(ticket)),
      'ticket.print': () => this.print(),
      'ticket.delete': () => void this.remove(ticket),
      'ticket.leave': () => void this.router.navigateByUrl('/portal/tickets'),
    };
  }

  protected print(): void {
    window.print();
  }

  private step(ticket: Ticket, status: TicketStatus): Promise<boolean> {
    return this.attempt(this.api.setStatus(ticket.id, status), t('customer.ticket.notChanged'));
  }

  private async attempt(write: Observable<Ticket | void>, failure: string): Promise<boolean> {
    if (this.isBusy()) return false;
    this.isBusy.set(true);
    try {
      const ticket = await firstValueFrom(write, { defaultValue: undefined });
      if (ticket) this.live.apply(ticket);
      return true;
    } catch (error) {
      this.problems.show(error, failure);
      this.live.reload();
      return false;
    } finally {
      this.isBusy.set(false);
    }
  }
}
