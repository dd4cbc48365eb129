import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { ServerToClientEvents } from './socket-events';
import type { ParleyServer, ParleySocket } from './socket-types';

const LOOK_EVERY_MS = 50;

/** Where services find the socket server, once it listens. */
@Injectable()
export class SocketHub {
  private current: ParleyServer | undefined;
  private isLeft = false;

  attach(server: ParleyServer): void {
    this.current = server;
  }

  /** Undefined where nothing listens: on the command line, and until the server is up. */
  get server(): ParleyServer | undefined {
    return this.current;
  }

  /** Nobody is let in any more: this process is about to stop. */
  get isClosed(): boolean {
    return this.isLeft;
  }

  /** Tells everybody here to connect elsewhere, lets nobody in, and waits until all have left, or for so long. */
  async clear(withinMs: number): Promise<void> {
    this.isLeft = true;
    this.current?.local.emit('server:draining');
    const end = performance.now() + withinMs;
    while (this.socketsHere().length && performance.now() < end) await sleep(LOOK_EVERY_MS);
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
