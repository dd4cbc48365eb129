import {
  ChangeDetectionStrategy,
  Component,
  computed,
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
import { isTyping } from '../../../shared/keys/is-typing';
import { RestoreTicket } from './restore-ticket';
import { TicketChanges } from './ticket-changes';
import { TicketDetails } from './ticket-details';
import { TicketHeader } from './ticket-header';
import { STAFF_STEPS } from './ticket-steps';

/** One ticket as staff work on it: its head, the conversation, and the details at the side. */
@Component({
  selector: 'app-ticket-workspace',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [
    Conversation,
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
  host: { '(document:keydown)': 'keyed($event)' },
})
export class TicketWorkspace {
  private readonly router = inject(Router);
  private readonly changes = inject(TicketChanges);
  protected readonly live = inject(LiveTicket);
  private readonly session = inject(Session);
  private readonly conversation = viewChild(Conversation);
  private readonly header = viewChild(TicketHeader);

  /** From the address. */
  readonly ticketId = input.required<string>();

  protected readonly number = computed(() => (/^[1-9]\d{0,9}$/.test(this.ticketId()) ? Number(this.ticketId()) : null));
  protected readonly ticket = this.live.ticket;
  protected readonly isAdmin = computed(() => this.session.role() === 'admin');
  /** Below 1440 px the details lie over the conversation, and only when asked for. */
  protected readonly detailsOpen = signal(false);
  /** The form goes with the ticket it was opened for. */
  protected readonly isEditing = linkedSignal({ source: this.number, computation: () => false });

  constructor() {
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

  protected keyed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event) || !this.ticket()) return;
    const action = this.actionOf(event.key);
    if (!action) return;
    event.preventDefault();
    action();
  }

  private actionOf(key: string): (() => void) | undefined {
    const inList = document.activeElement?.closest('app-ticket-row') != null;
    const actions: Readonly<Record<string, () => void>> = {
      r: () => this.conversation()?.writeReply(),
      n: () => this.conversation()?.writeNote(),
      s: () => this.header()?.openStatus(),
      p: () => this.header()?.openPriority(),
      a: () => this.header()?.openAssignee(),
      l: () => this.writeTag(),
      e: () => this.resolve(),
      u: () => void this.conversation()?.markUnread(),
      d: () => this.detailsOpen.update((open) => !open),
      Escape: () => (this.detailsOpen() ? this.detailsOpen.set(false) : this.leave()),
      ...(inList ? {} : { i: () => this.claim() }),
    };
    return actions[key];
  }

  private writeTag(): void {
    this.detailsOpen.set(true);
    setTimeout(() => document.querySelector<HTMLInputElement>('app-ticket-details app-tag-editor input')?.focus());
  }

  private resolve(): void {
    const status = this.ticket()?.status;
    if (status && STAFF_STEPS[status].includes('resolved')) this.changes.setStatus('resolved');
  }

  private claim(): void {
    if (this.ticket()?.assignee === null) this.changes.claim();
  }
}
