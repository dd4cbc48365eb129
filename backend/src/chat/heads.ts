import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { FailureLog } from '../common';
import { TimelineService } from '../conversations';
import { SocketHub, ticketOfRoom, ticketRoom } from '../realtime';

const EVERY_MS = 10_000;
/** Small enough that sends do not wait behind it. */
const BATCH = 200;

/** Announces the head of every followed ticket from the database, so that whoever missed a push notices. */
@Injectable()
export class Heads implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly failures = new FailureLog(new Logger(Heads.name), 'Heads could not be announced');
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly hub: SocketHub,
    private readonly timeline: TimelineService,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.announce(), EVERY_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  private async announce(): Promise<void> {
    const { server } = this.hub;
    if (!server) return;
    try {
      const followed = [...server.sockets.adapter.rooms.keys()].flatMap((room) => ticketOfRoom(room) ?? []);
      const ids = [...new Set(followed.map(({ ticketId }) => ticketId))];
      for (let start = 0; start < ids.length; start += BATCH) {
        const heads = await this.timeline.heads(ids.slice(start, start + BATCH));
        for (const { ticketId, audience } of followed) {
          const seq = heads.get(ticketId)?.[audience];
          if (seq !== undefined) server.local.to(ticketRoom(ticketId, audience)).emit('ticket:head', { ticketId, seq });
        }
      }
      this.failures.succeeded();
    } catch (error) {
      this.failures.failed(error);
    }
  }
}
