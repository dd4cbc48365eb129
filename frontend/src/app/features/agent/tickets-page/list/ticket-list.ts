import {
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  Injector,
  afterNextRender,
  computed,
  inject,
  viewChild,
  viewChildren,
} from '@angular/core';
import { MatButton } from '@angular/material/button';

import { TicketListStore, TicketRow } from '../../../../domain/tickets/ticket-list-store';
import { AppIcon } from '../../../../shared/icon/app-icon';
import { RowWindow } from '../../../../shared/row-window/row-window';
import { Skeleton } from '../../../../shared/skeleton/skeleton';
import { EmptyState } from '../../../../shared/states/empty-state';
import { LoadError } from '../../../../shared/states/load-error';
import { TicketSelection } from '../bulk/ticket-selection';
import { NoMatch } from '../search/no-match';
import { ShownList } from '../shown-list';
import { TicketClaims } from '../ticket-claims';
import { TicketRowView } from '../ticket-row';
import { hasFilters } from '../ticket-view';

/** The rows of the list that is shown, however many: only those in view are drawn, and more are loaded ahead of the hand. */
@Component({
  selector: 'app-ticket-list',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, EmptyState, LoadError, MatButton, NoMatch, RowWindow, Skeleton, TicketRowView],
  templateUrl: './ticket-list.html',
  styleUrl: './ticket-list.scss',
})
export class TicketList {
  protected readonly list = inject(TicketListStore);
  protected readonly shown = inject(ShownList);
  protected readonly selection = inject(TicketSelection);
  protected readonly claims = inject(TicketClaims);
  private readonly injector = inject(Injector);
  protected readonly box = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly window = viewChild<RowWindow<TicketRow>>('window');
  private readonly drawnRows = viewChildren(TicketRowView);

  protected readonly filtered = computed(() => hasFilters(this.shown.choice()));
  protected readonly idOf = ({ ticket }: TicketRow): number => ticket.id;

  /** The row that has the focus; -1 where none has. */
  focusedIndex(): number {
    const row = document.activeElement?.closest('app-ticket-row');
    const ticketId = this.drawnRows()
      .find((view) => view.element === row)
      ?.ticket().id;
    return ticketId === undefined ? -1 : this.indexOf(ticketId);
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

  protected pick({ ticket }: TicketRow, isRange: boolean): void {
    if (isRange) this.selection.extendTo(ticket.id);
    else this.selection.toggle(ticket.id);
  }

  protected takeIn(): void {
    this.box.scrollTop = 0;
    this.list.refresh();
  }
}
