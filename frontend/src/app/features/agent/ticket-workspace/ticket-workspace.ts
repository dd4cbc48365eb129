import { MediaMatcher } from '@angular/cdk/layout';
import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  effect,
  inject,
  input,
  linkedSignal,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { Router } from '@angular/router';

import { Ticket } from '../../../core/api/models';
import { CommandActions, Commands } from '../../../core/commands/commands';
import { PageTitle } from '../../../core/page/page-title';
import { WindowAttention } from '../../../core/page/window-attention';
import { Session } from '../../../core/session/session';
import { Conversation } from '../../../domain/conversations/conversation';
import { NotificationsStore } from '../../../domain/notifications/notifications-store';
import { EditTicket } from '../../../domain/tickets/edit-ticket';
import { LiveTicket } from '../../../domain/tickets/live-ticket';
import { Skeleton } from '../../../shared/skeleton/skeleton';
import { EmptyState } from '../../../shared/states/empty-state';
import { LoadError } from '../../../shared/states/load-error';
import { NotHere } from '../../../shared/states/not-here';
import { DeskArrangement } from '../desk-arrangement';
import { DetailsSplitter } from './details-splitter';
import { RestoreTicket } from './restore-ticket';
import { TicketChanges } from './ticket-changes';
import { TicketDetails } from './ticket-details';
import { TicketHeader } from './ticket-header';

/** One ticket as staff work on it: its head, the conversation, and the details at the side. */
@Component({
  selector: 'app-ticket-workspace',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [
    Conversation,
    DetailsSplitter,
    EditTicket,
    EmptyState,
    LoadError,
    NotHere,
    RestoreTicket,
    Skeleton,
    TicketDetails,
    TicketHeader,
  ],
  providers: [LiveTicket, TicketChanges],
  templateUrl: './ticket-workspace.html',
  styleUrl: './ticket-workspace.scss',
})
export class TicketWorkspace {
  private readonly router = inject(Router);
  protected readonly changes = inject(TicketChanges);
  protected readonly live = inject(LiveTicket);
  private readonly session = inject(Session);
  private readonly header = viewChild(TicketHeader);

  /** From the address. */
  readonly ticketId = input.required<string>();

  protected readonly number = computed(() => (/^[1-9]\d{0,9}$/.test(this.ticketId()) ? Number(this.ticketId()) : null));
  protected readonly ticket = this.live.ticket;
  protected readonly isAdmin = computed(() => this.session.role() === 'admin');
  protected readonly desk = inject(DeskArrangement);
  /** From here on the details stand beside the conversation; below they lie over it, and only when asked for. */
  private readonly wideScreen = inject(MediaMatcher).matchMedia('(width >= 1440px)');
  protected readonly isWide = signal(this.wideScreen.matches);
  private readonly drawerOpen = signal(false);
  protected readonly detailsOpen = computed(() => (this.isWide() ? this.desk.hasDetails() : this.drawerOpen()));
  /** The form goes with the ticket it was opened for. */
  protected readonly isEditing = linkedSignal({ source: this.number, computation: () => false });

  constructor() {
    const widened = ({ matches }: MediaQueryListEvent): void => this.isWide.set(matches);
    this.wideScreen.addEventListener('change', widened);
    inject(DestroyRef).onDestroy(() => this.wideScreen.removeEventListener('change', widened));
    inject(Commands).offer(() => this.actions());
    const pageTitle = inject(PageTitle);
    const notifications = inject(NotificationsStore);
    const attention = inject(WindowAttention);
    effect(() => {
      const number = this.number();
      if (number !== null) untracked(() => this.live.open(number));
    });
    effect(() => {
      notifications.groups();
      const number = this.number();
      if (number !== null && attention.isWatched()) untracked(() => notifications.markTicketRead(number));
    });
    const title = computed(() => {
      const ticket = this.ticket();
      return ticket ? `#${ticket.id} ${ticket.subject}` : null;
    });
    effect(() => {
      const text = title();
      if (text) pageTitle.setPage(text);
    });
  }

  protected edited(ticket: Ticket): void {
    this.live.apply(ticket);
    this.isEditing.set(false);
  }

  protected leave(): void {
    void this.router.navigate(['/agent/tickets'], { queryParamsHandling: 'preserve' });
  }

  /** What can be done with the open ticket now. */
  private actions(): CommandActions {
    if (!this.ticket()) return {};
    const header = this.header();
    return {
      'ticket.status': () => header?.openStatus(),
      'ticket.priority': () => header?.openPriority(),
      'ticket.assign': () => header?.openAssignee(),
      'ticket.tags': () => this.writeTag(),
      'ticket.details': () => this.showDetails(!this.detailsOpen()),
      'ticket.edit': () => this.isEditing.set(true),
      'details.close': this.drawerOpen() && !this.isWide() ? () => this.showDetails(false) : undefined,
      'ticket.leave': () => this.leave(),
      ...header?.actions(),
    };
  }

  protected showDetails(isWanted: boolean): void {
    if (this.isWide()) this.desk.showDetails(isWanted);
    else this.drawerOpen.set(isWanted);
  }

  private writeTag(): void {
    this.showDetails(true);
    this.desk.fold('tags', false);
    setTimeout(() => document.querySelector<HTMLInputElement>('app-ticket-details app-tag-editor input')?.focus());
  }
}
