import type { Server } from 'socket.io';

/** What Engine.IO and ws keep to themselves of a connection. */
interface Transport {
  name: string;
  /** The websocket, and below it the connection of the operating system; a transport that polls has none. */
  socket?: { _socket?: { cork(): void; uncork(): void } | null };
  send(packets: unknown[]): void;
}

interface Connection {
  transport: Transport;
  flush(): void;
  on(event: 'upgrade', listener: (transport: Transport) => void): void;
}

/**
 * Hands what one connection is told in one turn to the operating system together: a list that is told of thirty tickets
 * costs one call instead of thirty, and so do an acknowledgement and the pushes that come with it.
 */
export function gatherWrites(server: Server): void {
  server.engine.on('connection', (connection: Connection) => {
    flushOncePerTurn(connection);
    writeTogether(connection.transport);
    connection.on('upgrade', writeTogether);
  });
}

function flushOncePerTurn(connection: Connection): void {
  const flush = connection.flush.bind(connection);
  let isDue = false;
  connection.flush = () => {
    if (isDue) return;
    isDue = true;
    process.nextTick(() => {
      isDue = false;
      flush();
    });
  };
}

function writeTogether(transport: Transport): void {
  const send = transport.send.bind(transport);
  transport.send = (packets) => {
    const outlet = transport.socket?._socket;
    if (!outlet) return send(packets);
    outlet.cork();
    try {
      send(packets);
    } finally {
      outlet.uncork();
    }
  };
}
