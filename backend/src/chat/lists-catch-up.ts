import { Injectable, Logger } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { DataSource, MoreThan } from 'typeorm';
import { Clock, FailureLog } from '../common';
import { Nodes } from '../nodes';
import { SocketHub, STAFF_ROOM, userRoom } from '../realtime';
import { Ticket, TicketChanged } from '../tickets';

/** Longer than clocks of nodes may differ, because each writes its own time. */
const LOOK_BACK_MS = 600_000;
/** The newest; lists show no more than that at their top. */
const MOST = 500;

type LateChange = Pick<Ticket, 'number' | 'requesterId' | 'updatedAt' | 'publicUpdatedAt' | 'deletedAt'>;

/** Tells the lists of this node what other nodes did while their pushes could not come through. */
@Injectable()
export class ListsCatchUp {
  private readonly failures = new FailureLog(new Logger(ListsCatchUp.name), 'Lists could not catch up');
  private readonly seen = new Map<number, LateChange>();

  constructor(
    private readonly hub: SocketHub,
    private readonly dataSource: DataSource,
    private readonly emitter: EventEmitter2,
    private readonly clock: Clock,
    nodes: Nodes,
  ) {
    nodes.on('catchUp', () => void this.look());
    nodes.on('link', (isUp) => {
      // What was pushed before the link was lost is in the lists, or is told once more.
      if (!isUp) this.seen.clear();
    });
  }

  private async look(): Promise<void> {
    try {
      const since = new Date(this.clock.now().getTime() - LOOK_BACK_MS);
      const rows = await this.changedAfter(since);
      this.forgetBefore(since);
      for (const row of rows) {
        const before = this.seen.get(row.number);
        this.seen.set(row.number, row);
        if (!isSame(before?.updatedAt, row.updatedAt)) this.tell(row, before, since);
      }
      this.failures.succeeded();
    } catch (error) {
      this.failures.failed(error);
    }
  }

  /** What fell behind the newest stays known: a note that brings it back is no news for customers. */
  private forgetBefore(since: Date): void {
    for (const [number, { updatedAt }] of this.seen) if (updatedAt <= since) this.seen.delete(number);
  }

  /** Deleted ones too; the newest first. */
  private changedAfter(since: Date): Promise<LateChange[]> {
    return this.dataSource.manager.find(Ticket, {
      select: { number: true, requesterId: true, updatedAt: true, publicUpdatedAt: true, deletedAt: true },
      where: { updatedAt: MoreThan(since) },
      order: { updatedAt: 'DESC', number: 'DESC' },
      take: MOST,
    });
  }

  /** Customers are told of nothing that they must not notice: a note alone may be why the ticket was looked at. */
  private tell(row: LateChange, before: LateChange | undefined, since: Date): void {
    const { number: ticketId, requesterId, publicUpdatedAt, deletedAt } = row;
    if (deletedAt) return this.hub.emitHere([STAFF_ROOM, userRoom(requesterId)], 'ticket:removed', { ticketId });
    const isPublic = publicUpdatedAt > since && !isSame(before?.publicUpdatedAt, publicUpdatedAt);
    this.emitter.emit(TicketChanged.eventName, new TicketChanged(ticketId, isPublic));
  }
}

const isSame = (one: Date | undefined, other: Date): boolean => one?.getTime() === other.getTime();
