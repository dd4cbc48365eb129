import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { OnEvent } from '@nestjs/event-emitter';
import { SocketHub, STAFF_ROOM, userRoom } from '../realtime';
import { TicketChanged, TicketDeleted, TicketRenderer, TicketsService } from '../tickets';

const AT_MOST_EVERY_MS = 1_000;

interface Pending {
  isPublic: boolean;
  timer: NodeJS.Timeout | undefined;
}

/** Tells lists how a ticket looks now: at most once per second and ticket, the last state wins. */
@Injectable()
export class LiveLists implements OnModuleDestroy {
  private readonly logger = new Logger(LiveLists.name);
  private readonly pending = new Map<number, Pending>();

  constructor(
    private readonly hub: SocketHub,
    private readonly tickets: TicketsService,
    private readonly renderer: TicketRenderer,
  ) {}

  onModuleDestroy(): void {
    for (const { timer } of this.pending.values()) clearTimeout(timer);
  }

  @OnEvent(TicketChanged.eventName)
  async changed({ ticketId, isPublic }: TicketChanged): Promise<void> {
    if (!this.hub.server) return;
    const waiting = this.pending.get(ticketId);
    if (waiting) {
      waiting.isPublic ||= isPublic;
      waiting.timer ??= setTimeout(() => this.flush(ticketId), AT_MOST_EVERY_MS).unref();
      return;
    }
    await this.send(ticketId, isPublic);
    this.rest(ticketId);
  }

  @OnEvent(TicketDeleted.eventName)
  removed({ ticketId, requesterId }: TicketDeleted): void {
    this.hub.emit([STAFF_ROOM, userRoom(requesterId)], 'ticket:removed', { ticketId });
  }

  /** After a push the ticket rests; what changes meanwhile is sent when the rest is over. */
  private rest(ticketId: number): void {
    const entry: Pending = { isPublic: false, timer: undefined };
    this.pending.set(ticketId, entry);
    setTimeout(() => {
      if (!entry.timer && this.pending.get(ticketId) === entry) this.pending.delete(ticketId);
    }, AT_MOST_EVERY_MS).unref();
  }

  private flush(ticketId: number): void {
    const isPublic = this.pending.get(ticketId)?.isPublic ?? false;
    this.rest(ticketId);
    void this.send(ticketId, isPublic);
  }

  private async send(ticketId: number, isPublic: boolean): Promise<void> {
    try {
      const ticket = await this.tickets.find(ticketId);
      if (!ticket || ticket.deletedAt) return;
      const [forStaff] = await this.renderer.shown([ticket], 'staff');
      this.hub.emit(STAFF_ROOM, 'ticket:changed', { ticketId, summary: forStaff });
      if (!isPublic) return;
      const [forCustomer] = await this.renderer.shown([ticket], 'public');
      this.hub.emit(userRoom(ticket.requesterId), 'ticket:changed', { ticketId, summary: forCustomer });
    } catch (error) {
      this.logger.warn({ err: error, ticketId }, 'Lists could not be told of a change');
    }
  }
}
