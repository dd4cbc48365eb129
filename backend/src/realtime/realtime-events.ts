/** A socket was let in, or is gone. Not news of a unit of work: these leave at once. */
export class SocketConnected {
  static readonly eventName = 'socket.connected';
  constructor(
    readonly userId: string,
    readonly socketId: string,
  ) {}
}

export class SocketDisconnected {
  static readonly eventName = 'socket.disconnected';
  constructor(
    readonly userId: string,
    readonly socketId: string,
  ) {}
}

/** A socket no longer follows this ticket, for whatever reason: it left, is gone, or lost the right. */
export class TicketLeft {
  static readonly eventName = 'socket.ticket-left';
  constructor(
    readonly userId: string,
    readonly socketId: string,
    readonly ticketId: number,
  ) {}
}
