import { Injectable } from '@nestjs/common';
import { Recurring } from '../common';
import { TimelineService } from '../conversations';
import { SocketHub, ticketOfRoom, ticketRoom } from '../realtime';

/** Every ticket has its turn once in ten seconds; sends do not wait behind all of them at once. */
const TURN_MS = 500;
const TURNS = 20;

/** Announces the head of every followed ticket from the database, so that whoever missed a push notices. */
@Injectable()
export class Heads extends Recurring {
  private count = 0;

  constructor(
    private readonly hub: SocketHub,
    private readonly timeline: TimelineService,
  ) {
    super(TURN_MS, 'Heads could not be announced');
  }

  protected async turn(): Promise<void> {
    this.count = (this.count + 1) % TURNS;
    const { server } = this.hub;
    if (!server) return;
    const followed = [...server.sockets.adapter.rooms.keys()]
      .flatMap((room) => ticketOfRoom(room) ?? [])
      .filter(({ ticketId }) => ticketId % TURNS === this.count);
    const heads = await this.timeline.heads([...new Set(followed.map(({ ticketId }) => ticketId))]);
    for (const { ticketId, audience } of followed) {
      const seq = heads.get(ticketId)?.[audience];
      if (seq !== undefined) server.local.to(ticketRoom(ticketId, audience)).emit('ticket:head', { ticketId, seq });
    }
  }
}
