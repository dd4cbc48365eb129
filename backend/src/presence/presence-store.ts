import { Injectable } from '@nestjs/common';
import { OnlineStatus, type PresenceState } from '../users';

type SocketState = 'online' | 'away';

/** Who is connected to this node: a person is online while any of their sockets is, and away when all of them are. */
@Injectable()
export class PresenceStore extends OnlineStatus {
  private readonly sockets = new Map<string, Map<string, SocketState>>();

  override statesOf(userIds: readonly string[]): Promise<ReadonlyMap<string, PresenceState>> {
    const states = userIds.map((id) => [id, this.stateOf(id)] as const);
    return Promise.resolve(new Map(states.filter(([, state]) => state !== 'offline')));
  }

  stateOf(userId: string): PresenceState {
    const states = [...(this.sockets.get(userId)?.values() ?? [])];
    if (!states.length) return 'offline';
    return states.includes('online') ? 'online' : 'away';
  }

  set(userId: string, socketId: string, state: SocketState): void {
    const sockets = this.sockets.get(userId) ?? new Map<string, SocketState>();
    this.sockets.set(userId, sockets.set(socketId, state));
  }

  remove(userId: string, socketId: string): void {
    const sockets = this.sockets.get(userId);
    sockets?.delete(socketId);
    if (sockets?.size === 0) this.sockets.delete(userId);
  }
}
