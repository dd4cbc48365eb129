import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { OnEvent } from '@nestjs/event-emitter';
import { SocketHub, STAFF_ROOM, userRoom } from '../realtime';
import { TicketChanged, TicketDeleted, TicketRenderer } from '../tickets';

const COALESCE_MS = 200;
const AT_MOST_EVERY_MS = 1_000;

/** What changed since it was last told; what was told within the last second rests until its second is over. */
class Changes {
  private readonly waiting = new Set<number>();
  private readonly toldAt = new Map<number, number>();

  get isEmpty(): boolean {
    return !this.waiting.size;
  }

  add(ticketId: number): void {
    this.waiting.add(ticketId);
  }

  takeDue(now: number): Set<number> {
    for (const [ticketId, at] of this.toldAt) if (now - at >= AT_MOST_EVERY_MS) this.toldAt.delete(ticketId);
    const due = new Set([...this.waiting].filter((ticketId) => !this.toldAt.has(ticketId)));
    for (const ticketId of due) {
      this.waiting.delete(ticketId);
      this.toldAt.set(ticketId, now);
    }
    return due;
  }
}

/** Tells lists how tickets look now: at most once per second and ticket, the last state wins. */
@Injectable()
export class LiveLists implements OnModuleDestroy {
  private readonly logger = new Logger(LiveLists.name);
  private readonly forStaff = new Changes();
  /** Apart, so that what customers must not notice does not even delay what they hear. */
  private readonly forRequesters = new Changes();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly hub: SocketHub,
    private readonly renderer: TicketRenderer,
  ) {}

  onModuleDestroy(): void {
    clearTimeout(this.timer);
  }

  @OnEvent(TicketChanged.eventName)
  changed({ ticketId, isPublic }: TicketChanged): void {
    if (!this.hub.server) return;
    this.forStaff.add(ticketId);
    if (isPublic) this.forRequesters.add(ticketId);
    this.tellSoon();
  }

  @OnEvent(TicketDeleted.eventName)
  removed({ ticketId, requesterId }: TicketDeleted): void {
    this.hub.emit([STAFF_ROOM, userRoom(requesterId)], 'ticket:removed', { ticketId });
  }

  private tellSoon(): void {
    this.timer ??= setTimeout(() => void this.tell(), COALESCE_MS).unref();
  }

  private async tell(): Promise<void> {
    const now = Date.now();
    try {
      await this.send(this.forStaff.takeDue(now), this.forRequesters.takeDue(now));
    } catch (error) {
      this.logger.warn({ err: error }, 'Lists could not be told of changes');
    } finally {
      this.timer = undefined;
      if (!this.forStaff.isEmpty || !this.forRequesters.isEmpty) this.tellSoon();
    }
  }

  private async send(toStaff: ReadonlySet<number>, toRequesters: ReadonlySet<number>): Promise<void> {
    const changed = [...new Set([...toStaff, ...toRequesters])];
    for (const { ticket, staff, requester } of await this.renderer.forPush(changed)) {
      const ticketId = ticket.number;
      if (toStaff.has(ticketId)) this.hub.emit(STAFF_ROOM, 'ticket:changed', { ticketId, summary: staff });
      if (toRequesters.has(ticketId))
        this.hub.emit(userRoom(ticket.requesterId), 'ticket:changed', { ticketId, summary: requester });
    }
  }
}
