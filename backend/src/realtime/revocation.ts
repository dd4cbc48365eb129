import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { EventEmitter2, OnEvent } from '@nestjs/event-emitter';
import { SignInsEnded, SignInsService } from '../auth';
import { Clock } from '../common';
import { UserRoleChanged } from '../users';
import { TicketsLeft } from './realtime-events';
import { homeRooms, signInRoom, ticketsFollowedBy, userRoom } from './rooms';
import { SocketHub } from './socket-hub';
import type { ParleySocket } from './socket-types';

const SWEEP_MS = 5_000;
const EXPIRY_GRACE_MS = 15_000;

/**
 * Takes away what was withdrawn, on open sockets too: at once by event, and within five seconds by a sweep that reads
 * the truth from the database, for what another process changed.
 */
@Injectable()
export class Revocation implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(Revocation.name);
  private timer: NodeJS.Timeout | undefined;
  private sweeping = false;

  constructor(
    private readonly hub: SocketHub,
    private readonly signIns: SignInsService,
    private readonly clock: Clock,
    private readonly emitter: EventEmitter2,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.sweep(), SWEEP_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  @OnEvent(SignInsEnded.eventName)
  endSignIns({ signInIds, reason }: SignInsEnded): void {
    for (const id of signInIds) {
      this.hub.emit(signInRoom(id), 'session:ended', { reason });
      this.hub.server?.in(signInRoom(id)).disconnectSockets(true);
    }
  }

  @OnEvent(UserRoleChanged.eventName)
  async changeRole({ userId }: UserRoleChanged): Promise<void> {
    for (const socket of this.localSockets()) if (socket.data.actor.id === userId) await this.check(socket);
  }

  private localSockets(): ParleySocket[] {
    return [...(this.hub.server?.sockets.sockets.values() ?? [])];
  }

  private async sweep(): Promise<void> {
    if (this.sweeping) return;
    this.sweeping = true;
    try {
      for (const socket of this.localSockets()) await this.check(socket);
    } catch (error) {
      this.logger.warn({ err: error }, 'Open sockets could not be checked; trying again');
    } finally {
      this.sweeping = false;
    }
  }

  private async check(socket: ParleySocket): Promise<void> {
    const { actor, expiresAt } = socket.data;
    if (expiresAt + EXPIRY_GRACE_MS < this.clock.now().getTime()) return this.end(socket, 'expired');
    const today = await this.signIns.actorOf(actor.signInId, actor.id);
    if (!today) return this.end(socket, 'signed-out');
    socket.data.actor = today;
    if (today.role !== actor.role) await this.rejoin(socket);
  }

  private end(socket: ParleySocket, reason: string): void {
    socket.emit('session:ended', { reason });
    socket.disconnect(true);
  }

  /** New rights, new numbering: all rooms are left, and the page subscribes anew. */
  private async rejoin(socket: ParleySocket): Promise<void> {
    const { actor } = socket.data;
    const ticketIds = ticketsFollowedBy(socket);
    for (const room of socket.rooms) if (room !== socket.id && room !== userRoom(actor.id)) await socket.leave(room);
    await socket.join(homeRooms(actor));
    this.emitter.emit(TicketsLeft.eventName, new TicketsLeft(actor.id, socket.id, ticketIds));
    socket.emit('rights:changed', { role: actor.role });
  }
}
