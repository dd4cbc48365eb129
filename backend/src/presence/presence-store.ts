import { Injectable } from '@nestjs/common';
import { Nodes, type SharedMap } from '../nodes';
import { OnlineStatus, type PresenceState } from '../users';

type SocketState = Exclude<PresenceState, 'offline'>;

/**
 * Who is connected, to any node; read from memory. A person is online while any of their sockets is, and away when all
 * of them are.
 */
@Injectable()
export class PresenceStore extends OnlineStatus {
  private readonly sockets = new Map<string, Map<string, SocketState>>();
  private readonly states: SharedMap<SocketState>;
  private readonly watchers: ((userId: string) => void)[] = [];

  constructor(private readonly nodes: Nodes) {
    super();
    this.states = nodes.share<SocketState>('presence', (userId) => {
      for (const watcher of this.watchers) watcher(userId);
    });
  }

  /** Told of everybody whose state on any node changed. */
  watch(watcher: (userId: string) => void): void {
    this.watchers.push(watcher);
  }

  override statesOf(userIds: readonly string[]): Promise<ReadonlyMap<string, PresenceState>> {
    const states = userIds.map((id) => [id, this.stateOf(id)] as const);
    return Promise.resolve(new Map(states.filter(([, state]) => state !== 'offline')));
  }

  override async reachableAmong(userIds: readonly string[]): Promise<ReadonlySet<string>> {
    return this.nodes.state === 'alone' ? this.onlineAmong(userIds) : new Set(userIds);
  }

  stateOf(userId: string): PresenceState {
    return together(this.states.of(userId)) ?? 'offline';
  }

  /** A socket of this node. */
  set(userId: string, socketId: string, state: SocketState): void {
    const sockets = this.sockets.get(userId) ?? new Map<string, SocketState>();
    this.sockets.set(userId, sockets.set(socketId, state));
    this.states.set(userId, together([...sockets.values()]));
  }

  remove(userId: string, socketId: string): void {
    const sockets = this.sockets.get(userId);
    if (!sockets?.delete(socketId)) return;
    if (sockets.size === 0) this.sockets.delete(userId);
    this.states.set(userId, together([...sockets.values()]));
  }
}

function together(states: SocketState[]): SocketState | undefined {
  if (!states.length) return undefined;
  return states.includes('online') ? 'online' : 'away';
}
