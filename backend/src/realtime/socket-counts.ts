import { Injectable } from '@nestjs/common';
import { Nodes, type SharedMap } from '../nodes';
import { userOfRoom, userRoom } from './rooms';
import type { ParleyServer } from './socket-types';

type Rooms = ParleyServer['sockets']['adapter'];

/** How many sockets each person has open, on all nodes; read from memory. */
@Injectable()
export class SocketCounts {
  private readonly counts: SharedMap<number>;

  constructor(nodes: Nodes) {
    this.counts = nodes.share<number>('sockets', () => undefined);
  }

  watch(adapter: Rooms): void {
    const count = (room: string) => {
      const userId = userOfRoom(room);
      if (userId !== undefined) this.counts.set(userId, adapter.rooms.get(userRoom(userId))?.size || undefined);
    };
    adapter.on('join-room', count);
    adapter.on('leave-room', count);
  }

  /** The sockets of a node that is silent just now do not keep their owner out: they may be gone with it. */
  of(userId: string): number {
    return this.counts.of(userId, { freshOnly: true }).reduce((sum, count) => sum + count, 0);
  }
}
