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

/** A socket no longer follows these tickets: it is gone, or its rights changed. */
export class TicketsLeft {
  static readonly eventName = 'socket.tickets-left';
  constructor(
    readonly userId: string,
    readonly socketId: string,
    readonly ticketIds: readonly number[],
  ) {}
}
