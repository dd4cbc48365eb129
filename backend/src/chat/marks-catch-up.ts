import { Injectable, Logger } from '@nestjs/common';
import { FailureLog } from '../common';
import { ReadMarksService } from '../conversations';
import { Nodes } from '../nodes';
import { SocketHub, ticketRoom, ticketsFollowedBy, type TicketAudience } from '../realtime';

const BATCH = 500;

/** Tells followers on this node how far others have read, while read marks of other nodes could not come through. */
@Injectable()
export class MarksCatchUp {
  private readonly failures = new FailureLog(new Logger(MarksCatchUp.name), 'Read marks could not catch up');
  /** The last mark that was told, by audience, ticket and reader. */
  private readonly told = new Map<string, number>();

  constructor(
    private readonly hub: SocketHub,
    private readonly readMarks: ReadMarksService,
    nodes: Nodes,
  ) {
    nodes.on('catchUp', () => void this.look());
    nodes.on('link', () => this.told.clear());
  }

  private async look(): Promise<void> {
    try {
      const ticketIds = [...new Set(this.hub.socketsHere().flatMap(ticketsFollowedBy))];
      for (let start = 0; start < ticketIds.length; start += BATCH)
        for (const [ticketId, marks] of await this.readMarks.marksOf(ticketIds.slice(start, start + BATCH)))
          for (const audience of ['staff', 'public'] as const) this.tell(ticketId, audience, marks[audience]);
      this.failures.succeeded();
    } catch (error) {
      this.failures.failed(error);
    }
  }

  private tell(ticketId: number, audience: TicketAudience, marks: Record<string, number>): void {
    for (const [userId, seq] of Object.entries(marks)) {
      const key = `${audience}:${ticketId}:${userId}`;
      if (seq === 0 || this.told.get(key) === seq) continue;
      this.told.set(key, seq);
      this.hub.emitHere(ticketRoom(ticketId, audience), 'ticket:read', { ticketId, userId, seq });
    }
  }
}
