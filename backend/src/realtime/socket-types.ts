import type { DefaultEventsMap, Server, Socket } from 'socket.io';
import type { Actor } from '../access';
import type { ClientToServerEvents, ServerToClientEvents } from './socket-events';

export interface SocketData {
  /** The peer's address as far as configured proxies are believed. */
  address: string | undefined;
  actor: Actor;
  /** When the access token runs out, in milliseconds since 1970. */
  expiresAt: number;
}

export type ParleyServer = Server<ClientToServerEvents, ServerToClientEvents, DefaultEventsMap, SocketData>;
export type ParleySocket = Socket<ClientToServerEvents, ServerToClientEvents, DefaultEventsMap, SocketData>;
