import type { OnModuleDestroy } from '@nestjs/common';
import { OnEvent } from '@nestjs/event-emitter';
import { ConnectedSocket, MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { IsIn } from 'class-validator';
import {
  AcknowledgedEvents,
  presenceRoom,
  SocketConnected,
  SocketDisconnected,
  SocketHub,
  STAFF_ROOM,
  type ParleySocket,
} from '../realtime';
import type { PresenceState } from '../users';
import { PresenceStore } from './presence-store';

/** A reload or a short gap is not going offline. */
const GRACE_MS = 4_000;
const COALESCE_MS = 1_000;

class SetPresenceDto {
  @IsIn(['online', 'away']) readonly state!: 'online' | 'away';
}

/** Tells who is there: to staff of everybody, to customers of those they talk with. */
@WebSocketGateway()
@AcknowledgedEvents()
export class PresenceGateway implements OnModuleDestroy {
  private readonly announced = new Map<string, PresenceState>();
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly pending = new Map<string, NodeJS.Timeout>();

  constructor(
    private readonly store: PresenceStore,
    private readonly hub: SocketHub,
  ) {
    store.watch((userId) => this.announceSoon(userId));
  }

  onModuleDestroy(): void {
    for (const timer of [...this.timers, ...this.pending.values()]) clearTimeout(timer);
  }

  @SubscribeMessage('presence:set')
  set(@ConnectedSocket() socket: ParleySocket, @MessageBody() { state }: SetPresenceDto): object {
    this.store.set(socket.data.actor.id, socket.id, state);
    return {};
  }

  @OnEvent(SocketConnected.eventName)
  connected({ userId, socketId }: SocketConnected): void {
    this.store.set(userId, socketId, 'online');
  }

  @OnEvent(SocketDisconnected.eventName)
  disconnected({ userId, socketId }: SocketDisconnected): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.store.remove(userId, socketId);
    }, GRACE_MS).unref();
    this.timers.add(timer);
  }

  private announceSoon(userId: string): void {
    if (this.pending.has(userId)) return;
    this.pending.set(userId, setTimeout(() => this.announce(userId), COALESCE_MS).unref());
  }

  /** Every node learns of everybody, and tells its own sockets. */
  private announce(userId: string): void {
    this.pending.delete(userId);
    const state = this.store.stateOf(userId);
    if (state === (this.announced.get(userId) ?? 'offline')) return;
    if (state === 'offline') this.announced.delete(userId);
    else this.announced.set(userId, state);
    this.hub.emitHere([STAFF_ROOM, presenceRoom(userId)], 'presence', { userId, state });
  }
}
