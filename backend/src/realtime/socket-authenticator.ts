import { Injectable } from '@nestjs/common';
import type { Actor } from '../access';
import { AccessTokens, SignInsService } from '../auth';
import { homeRooms } from './rooms';
import { SocketCounts } from './socket-counts';
import type { ParleySocket } from './socket-types';

/** Most sockets one person may hold open at once. */
export const SOCKETS_PER_USER = 10;

/** A refusal in the handshake; the client reads `message` and `data` of its `connect_error`. */
export class HandshakeRefused extends Error {
  readonly data: { code: string };
  constructor(code: 'unauthenticated' | 'rate_limited' | 'unavailable') {
    super(code);
    this.data = { code };
  }
}

/** Turns the token of a handshake into a person; tokens in the address do not count. */
@Injectable()
export class SocketAuthenticator {
  constructor(
    private readonly accessTokens: AccessTokens,
    private readonly signIns: SignInsService,
    private readonly counts: SocketCounts,
  ) {}

  /** Throws HandshakeRefused unless the handshake carries a valid access token of an open sign-in. */
  async attachActor(socket: ParleySocket): Promise<void> {
    const identity = await this.identify((socket.handshake.auth as { token?: unknown }).token);
    if (!identity) throw new HandshakeRefused('unauthenticated');
    if (this.counts.of(identity.actor.id) >= SOCKETS_PER_USER) throw new HandshakeRefused('rate_limited');
    Object.assign(socket.data, identity);
    await socket.join(homeRooms(identity.actor));
  }

  /** Goes on with a fresh token of the same person; a changed role is left for the sweep, which leaves all rooms. */
  async refresh(socket: ParleySocket, token: string): Promise<boolean> {
    const identity = await this.identify(token);
    if (!identity || identity.actor.id !== socket.data.actor.id) return false;
    const before = socket.data.actor;
    Object.assign(socket.data, identity, { actor: { ...identity.actor, role: before.role } });
    const rooms = homeRooms(socket.data.actor);
    for (const room of homeRooms(before)) if (!rooms.includes(room)) await socket.leave(room);
    await socket.join(rooms);
    return true;
  }

  /** The person with today's rights; undefined once the sign-in has ended. Asked before every event that acts. */
  currentActor(socket: ParleySocket): Promise<Actor | undefined> {
    const { actor } = socket.data;
    return this.signIns.actorOf(actor.signInId, actor.id);
  }

  private async identify(token: unknown): Promise<{ actor: Actor; expiresAt: number } | undefined> {
    const claims = typeof token === 'string' ? this.accessTokens.verify(token) : undefined;
    if (!claims) return undefined;
    const actor = await this.signIns.actorOf(claims.sid, claims.sub);
    return actor && { actor, expiresAt: claims.exp * 1_000 };
  }
}
