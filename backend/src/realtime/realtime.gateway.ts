import { Logger } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import {
  ConnectedSocket,
  MessageBody,
  SubscribeMessage,
  WebSocketGateway,
  type OnGatewayConnection,
  type OnGatewayInit,
} from '@nestjs/websockets';
import { IsString, MaxLength } from 'class-validator';
import { Unauthenticated } from '../common';
import { isDatabaseAway } from '../database';
import { AcknowledgedEvents } from './ack';
import { Admission } from './admission';
import { SocketConnected, SocketDisconnected, TicketLeft } from './realtime-events';
import { ticketOfRoom } from './rooms';
import { HandshakeRefused, SocketAuthenticator } from './socket-authenticator';
import { SocketCounts } from './socket-counts';
import { SocketHub } from './socket-hub';
import type { ParleyServer, ParleySocket } from './socket-types';

class RefreshTokenDto {
  @IsString() @MaxLength(4_000) readonly token!: string;
}

/** Lets sockets in and sees them off; what they may do then is decided by the gateways of other rooms. */
@WebSocketGateway()
@AcknowledgedEvents()
export class RealtimeGateway implements OnGatewayInit<ParleyServer>, OnGatewayConnection<ParleySocket> {
  private readonly logger = new Logger(RealtimeGateway.name);

  constructor(
    private readonly authenticator: SocketAuthenticator,
    private readonly admission: Admission,
    private readonly hub: SocketHub,
    private readonly counts: SocketCounts,
    private readonly emitter: EventEmitter2,
  ) {}

  /** A bad token is refused in the handshake, before the socket can send or hear anything. */
  afterInit(server: ParleyServer): void {
    this.hub.attach(server);
    this.counts.watch(server.sockets.adapter);
    server.sockets.adapter.on('leave-room', (room: string, socketId: string) => this.left(room, socketId));
    server.use((socket, next) => {
      if (this.hub.isClosed) return next(new HandshakeRefused('unavailable'));
      this.authenticator.attachActor(socket).then(
        () => next(),
        (error: unknown) => next(this.refusal(error)),
      );
    });
  }

  handleConnection(socket: ParleySocket): void {
    const { actor } = socket.data;
    socket.on('error', (error) => this.logger.debug({ err: error, userId: actor.id }, 'A socket failed'));
    this.admission.watch(socket);
    forgetRequest(socket);
    socket.on('disconnecting', () => {
      this.emitter.emit(SocketDisconnected.eventName, new SocketDisconnected(actor.id, socket.id));
    });
    // Without this somebody could leave and keep the connection, any number of them.
    socket.once('disconnect', () => socket.conn.close());
    this.emitter.emit(SocketConnected.eventName, new SocketConnected(actor.id, socket.id));
  }

  /** Goes on with a new access token, without losing the connection. */
  @SubscribeMessage('auth:refresh')
  async refresh(@ConnectedSocket() socket: ParleySocket, @MessageBody() { token }: RefreshTokenDto): Promise<object> {
    if (!(await this.authenticator.refresh(socket, token))) throw new Unauthenticated();
    return {};
  }

  private left(room: string, socketId: string): void {
    const ticketId = ticketOfRoom(room)?.ticketId;
    const userId = ticketId && this.hub.server?.sockets.sockets.get(socketId)?.data.actor.id;
    if (userId) this.emitter.emit(TicketLeft.eventName, new TicketLeft(userId, socketId, ticketId));
  }

  private refusal(error: unknown): Error {
    if (error instanceof HandshakeRefused) return error;
    if (!isDatabaseAway(error)) this.logger.error({ err: error }, 'Unexpected failure of a handshake');
    return new HandshakeRefused('unavailable');
  }
}

/** The request of the handshake was needed to let the socket in; kept, it is the largest part of a connection. */
function forgetRequest(socket: ParleySocket): void {
  Object.assign(socket.conn, { request: undefined });
  Object.assign(socket, { handshake: { auth: {}, headers: {}, query: {} } });
}
