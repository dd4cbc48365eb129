export { AcknowledgedEvents } from './ack';
export * from './realtime-events';
export { RealtimeModule } from './realtime.module';
export {
  type TicketAudience,
  isPresenceRoom,
  presenceRoom,
  STAFF_ROOM,
  ticketOfRoom,
  ticketRoom,
  ticketsFollowedBy,
  userRoom,
} from './rooms';
export { SocketAdapter } from './socket.adapter';
export { SocketAuthenticator } from './socket-authenticator';
export type * from './socket-events';
export { SocketHub } from './socket-hub';
export type { ParleySocket } from './socket-types';
