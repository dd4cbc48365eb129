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
    /** The tickets whose rooms it was in. */
    readonly ticketIds: readonly number[],
  ) {}
}
