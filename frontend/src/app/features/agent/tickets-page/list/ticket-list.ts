import {
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  Injector,
  afterNextRender,
  computed,
  effect,
  inject,
  signal,
  viewChild,
  viewChildren,
} from '@angular/core';
import { MatButton } from '@angular/material/button';

import { RealtimeConnection } from '../../../../core/socket/realtime-connection';
import { TicketListStore, TicketRow } from '../../../../domain/tickets/ticket-list-store';
import { AppIcon } from '../../../../shared/icon/app-icon';
import { RowWindow } from '../../../../shared/row-window/row-window';
import { Skeleton } from '../../../../shared/skeleton/skeleton';
import { EmptyState } from '../../../../shared/states/empty-state';
import { t } from '../../../../shared/texts/text';
import { LoadError } from '../../../../shared/states/load-error';
import { RowMenu, RowMenuPlace } from './row-menu';
import { TicketSelection } from '../bulk/ticket-selection';
import { NoMatch } from '../search/no-match';
import { ShownList } from '../shown-list';
import { TicketClaims } from '../ticket-claims';
import { TicketRowView } from '../ticket-row';
import { hasFilters } from '../ticket-view';

/** It is said to be lost after three seconds already. */
const OUT_OF_TOUCH_AFTER_MS = 12_000;

/** The rows of the list that is shown, however many: only those in view are drawn, and more are loaded ahead of the hand. */
@Component({
  selector: 'app-ticket-list',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, EmptyState, LoadError, MatButton, NoMatch, RowMenu, RowWindow, Skeleton, TicketRowView],
  templateUrl: './ticket-list.html',
  styleUrl: './ticket-list.scss',
})
export class TicketList {
  protected readonly t = t;
  protected readonly list = inject(TicketListStore);
  protected readonly shown = inject(ShownList);
  protected readonly selection = inject(TicketSelection);
  protected readonly claims = inject(TicketClaims);
  private readonly injector = inject(Injector);
  protected readonly box = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly window = viewChild<RowWindow<TicketRow>>('window');
  private readonly drawnRows = viewChildren(TicketRowView);

  /** Where the menu of a row is wanted. */
  protected readonly menuPlace = signal<RowMenuPlace | null>(null);
  /** Without a connection for so long that the rows may not be what they are. */
  protected readonly isOutOfTouch = signal(false);
  protected readonly filtered = computed(() => hasFilters(this.shown.choice()));
  protected readonly idOf = ({ ticket }: TicketRow): number => ticket.id;

  constructor() {
    const { isLost } = inject(RealtimeConnection);
    effect((onCleanup) => {
      if (!isLost()) return this.isOutOfTouch.set(false);
      const waiting = setTimeout(() => this.isOutOfTouch.set(true), OUT_OF_TOUCH_AFTER_MS);
      onCleanup(() => clearTimeout(waiting));
    });
  }

  /** The row that has the focus; -1 where none has. */
  focusedIndex(): number {
    const row = document.activeElement?.closest('app-ticket-row');
    const ticketId = this.drawnRows()
      .find((view) => view.element === row)
      ?.ticket().id;
    return ticketId === undefined ? -1 : this.indexOf(ticketId);
  }

  /** The menu of the row that has the focus, below its first line. */
  openMenu(): void {
    const view = this.drawnRows().find(({ element }) => element.contains(document.activeElement));
    if (!view) return;
    const { left, top } = view.element.getBoundingClientRect();
    this.menuPlace.set({ ticket: view.ticket(), x: left + 40, y: top + 36 });
  }

  indexOf(ticketId: number): number {
    return this.list.rows().findIndex(({ ticket }) => ticket.id === ticketId);
  }

  /** Of the row there is nearest to this index. */
  focusRow(index: number): void {
    const last = this.list.rows().length - 1;
    const ticketId = this.list.rows()[Math.min(Math.max(index, 0), last)]?.ticket.id;
    if (ticketId === undefined) return;
    this.reveal(ticketId);
    const focus = (): boolean => {
      const view = this.drawnRows().find(({ ticket }) => ticket().id === ticketId);
      view?.focus();
      return view !== undefined;
    };
    if (!focus()) afterNextRender(focus, { injector: this.injector });
  }

  reveal(ticketId: number): void {
    const index = this.indexOf(ticketId);
    if (index >= 0) this.window()?.reveal(index);
  }

  /** A right click opens the menu; a finger that stays selects. */
  protected menuWanted(event: MouseEvent, { ticket }: TicketRow): void {
    event.preventDefault();
    const isTouch = event instanceof PointerEvent && event.pointerType === 'touch';
    if (isTouch) this.selection.toggle(ticket.id);
    else this.menuPlace.set({ ticket, x: event.clientX, y: event.clientY });
  }

  protected menuClosed({ ticket }: RowMenuPlace): void {
    this.menuPlace.set(null);
    if (document.activeElement === document.body) this.focusRow(this.indexOf(ticket.id));
  }

  protected pick({ ticket }: TicketRow, isRange: boolean): void {
    if (isRange) this.selection.extendTo(ticket.id);
    else this.selection.toggle(ticket.id);
  }

  protected takeIn(): void {
    this.box.scrollTop = 0;
    this.list.refresh();
  }
}
