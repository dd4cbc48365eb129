import { Injectable } from '@nestjs/common';
import type { ServerToClientEvents } from './socket-events';
import type { ParleyServer } from './socket-types';

/** Where services find the socket server, once it listens. */
@Injectable()
export class SocketHub {
  private current: ParleyServer | undefined;

  attach(server: ParleyServer): void {
    this.current = server;
  }

  /** Undefined where nothing listens: on the command line, and until the server is up. */
  get server(): ParleyServer | undefined {
    return this.current;
  }

  /** Sends to everybody in any of the rooms, once. Before the server listens there is nobody to hear it. */
  emit<Event extends keyof ServerToClientEvents>(
    rooms: string | string[],
    event: Event,
    ...payload: Parameters<ServerToClientEvents[Event]>
  ): void {
    this.current?.to(rooms).emit(event, ...payload);
  }
}
