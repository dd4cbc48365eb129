import { Injectable } from '@nestjs/common';
import type { Event } from 'socket.io';
import { FreezeWatch, RateLimits, requestContext, toDomainError, ValidationFailed } from '../common';
import { isDatabaseAway } from '../database';
import { socketErrorOf } from './socket-errors';
import { SocketHub } from './socket-hub';
import type { ClientToServerEvents, SocketError } from './socket-events';
import type { ParleySocket } from './socket-types';

const KNOWN_EVENTS: Record<keyof ClientToServerEvents, true> = {
  'ticket:subscribe': true,
  'ticket:sync': true,
  'ticket:unsubscribe': true,
  'message:send': true,
  'message:edit': true,
  'message:remove': true,
  'read:mark': true,
  typing: true,
  'auth:refresh': true,
  'presence:set': true,
};

/** Decides before any handler whether an event of a client is dealt with; what is not is still answered. */
@Injectable()
export class Admission {
  constructor(
    private readonly limits: RateLimits,
    private readonly freezes: FreezeWatch,
    hub: SocketHub,
  ) {
    // Pages come back and repeat what they still want; what waited on these connections is forgotten with them.
    freezes.onThaw(() => hub.socketsHere().forEach(({ conn }) => conn.close()));
  }

  watch(socket: ParleySocket): void {
    socket.use((packet, next) => {
      this.freezes.look();
      if (socket.conn.readyState !== 'open') return;
      const arrived = { arrivedAt: this.freezes.now() };
      this.admit(socket, packet).then(
        () => requestContext.run({ ...arrived, address: socket.data.address }, next),
        (error: unknown) => refuse(packet, socketErrorOf(toDomainError(error, isDatabaseAway))),
      );
    });
  }

  /** An unknown event, one named like an event of the socket itself for example, reaches no listener. */
  private async admit(socket: ParleySocket, [name]: Event): Promise<void> {
    await this.limits.spend('events', socket.data.actor.id);
    if (!Object.hasOwn(KNOWN_EVENTS, name)) throw ValidationFailed.of('event', 'is unknown');
  }
}

function refuse(packet: Event, error: SocketError): void {
  const acknowledge: unknown = packet.at(-1);
  if (typeof acknowledge === 'function') (acknowledge as (answer: object) => void)({ ok: false, error });
}
