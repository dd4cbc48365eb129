import { Injectable } from '@nestjs/common';
import type { ServerToClientEvents } from './socket-events';
import type { ParleyServer, ParleySocket } from './socket-types';

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

  /** The sockets of this node, or those of them that are in the room. */
  socketsHere(room?: string): ParleySocket[] {
    const sockets = this.current?.sockets;
    if (!sockets) return [];
    if (room === undefined) return [...sockets.sockets.values()];
    return [...(sockets.adapter.rooms.get(room) ?? [])].flatMap((id) => sockets.sockets.get(id) ?? []);
  }

  /** Sends to everybody in any of the rooms, once. Before the server listens there is nobody to hear it. */
  emit<Event extends keyof ServerToClientEvents>(
    rooms: string | string[],
    event: Event,
    ...payload: Parameters<ServerToClientEvents[Event]>
  ): void {
    this.current?.to(rooms).emit(event, ...payload);
  }

  /** The same to the sockets of this node only: for what every node finds out by itself. */
  emitHere<Event extends keyof ServerToClientEvents>(
    rooms: string | string[],
    event: Event,
    ...payload: Parameters<ServerToClientEvents[Event]>
  ): void {
    this.current?.local.to(rooms).emit(event, ...payload);
  }
}
