import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { OnEvent } from '@nestjs/event-emitter';
import type { Actor } from '../access';
import { SignInsEnded, SignInsService } from '../auth';
import { Clock, FailureLog } from '../common';
import { Nodes } from '../nodes';
import { UserRoleChanged } from '../users';
import { homeRooms, signInRoom, userRoom } from './rooms';
import { SocketHub } from './socket-hub';
import type { ParleySocket } from './socket-types';

const SWEEP_MS = 4_000;
const EXPIRY_GRACE_MS = 15_000;
const BATCH = 500;

/**
 * Takes away what was withdrawn, on the open sockets of all nodes: at once by event, and within five seconds by a sweep
 * that reads the truth from the database, for what no event told.
 */
@Injectable()
export class Revocation implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly failures = new FailureLog(new Logger(Revocation.name), 'Open sockets could not be checked');
  private timer: NodeJS.Timeout | undefined;
  private sweeping = false;

  constructor(
    private readonly hub: SocketHub,
    private readonly signIns: SignInsService,
    private readonly clock: Clock,
    private readonly nodes: Nodes,
  ) {
    nodes.listen<{ userId: string }>('rights', ({ userId }) => void this.checkPerson(userId));
  }

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
    this.nodes.tell('rights', { userId });
    await this.checkPerson(userId);
  }

  private checkPerson(userId: string): Promise<void> {
    return this.check(this.hub.socketsHere(userRoom(userId)));
  }

  private async sweep(): Promise<void> {
    if (this.sweeping) return;
    this.sweeping = true;
    await this.check(this.hub.socketsHere());
    this.sweeping = false;
  }

  /** Never rejects: whatever could not be checked is checked by the next sweep. */
  private async check(sockets: ParleySocket[]): Promise<void> {
    try {
      for (let start = 0; start < sockets.length; start += BATCH)
        await this.checkBatch(sockets.slice(start, start + BATCH));
      this.failures.succeeded();
    } catch (error) {
      this.failures.failed(error);
    }
  }

  private async checkBatch(sockets: ParleySocket[]): Promise<void> {
    const asked = sockets.map((socket) => ({ socket, signInId: socket.data.actor.signInId }));
    const actors = await this.signIns.actorsOf([...new Set(asked.map(({ signInId }) => signInId))]);
    for (const { socket, signInId } of asked) {
      // Whoever went on with another sign-in meanwhile was checked by doing so.
      if (socket.data.actor.signInId === signInId) await this.settle(socket, actors.get(signInId));
    }
  }

  private async settle(socket: ParleySocket, today: Actor | undefined): Promise<void> {
    const { actor, expiresAt } = socket.data;
    if (expiresAt + EXPIRY_GRACE_MS < this.clock.now().getTime()) return this.end(socket, 'expired');
    if (today?.id !== actor.id) return this.end(socket, 'signed-out');
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
    for (const room of socket.rooms) if (room !== socket.id && room !== userRoom(actor.id)) await socket.leave(room);
    await socket.join(homeRooms(actor));
    socket.emit('rights:changed', { role: actor.role });
  }
}
