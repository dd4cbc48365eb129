import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { FailureLog } from '../common';
import { TimelineService } from '../conversations';
import { SocketHub, ticketOfRoom, ticketRoom } from '../realtime';

/** Every ticket has its turn once in ten seconds; sends do not wait behind all of them at once. */
const TURN_MS = 500;
const TURNS = 20;

/** Announces the head of every followed ticket from the database, so that whoever missed a push notices. */
@Injectable()
export class Heads implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly failures = new FailureLog(new Logger(Heads.name), 'Heads could not be announced');
  private timer: NodeJS.Timeout | undefined;
  private turn = 0;

  constructor(
    private readonly hub: SocketHub,
    private readonly timeline: TimelineService,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.announce((this.turn = (this.turn + 1) % TURNS)), TURN_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  private async announce(turn: number): Promise<void> {
    const { server } = this.hub;
    if (!server) return;
    try {
      const followed = [...server.sockets.adapter.rooms.keys()]
        .flatMap((room) => ticketOfRoom(room) ?? [])
        .filter(({ ticketId }) => ticketId % TURNS === turn);
      if (!followed.length) return;
      const heads = await this.timeline.heads([...new Set(followed.map(({ ticketId }) => ticketId))]);
      for (const { ticketId, audience } of followed) {
        const seq = heads.get(ticketId)?.[audience];
        if (seq !== undefined) server.local.to(ticketRoom(ticketId, audience)).emit('ticket:head', { ticketId, seq });
      }
      this.failures.succeeded();
    } catch (error) {
      this.failures.failed(error);
    }
  }
}
