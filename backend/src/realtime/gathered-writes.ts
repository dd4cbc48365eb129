import type { Server } from 'socket.io';

interface Packet {
  options?: { wsPreEncodedFrame?: Buffer[] };
}

/** What Engine.IO and ws keep to themselves of a connection. */
interface Transport {
  name: string;
  perMessageDeflate?: unknown;
  /** The websocket, and below it the connection of the operating system; a transport that polls has none. */
  socket?: { _socket?: { cork(): void; uncork(): void } | null };
  send(packets: Packet[]): void;
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

/**
 * Packets to many are framed once for all of them (by the adapter of Socket.IO); what follows each other is joined to one
 * frame list, and the next connection that is told the same gets the same bytes.
 */
function writeTogether(transport: Transport): void {
  const send = transport.send.bind(transport);
  transport.send = (packets) => {
    const outlet = transport.socket?._socket;
    if (!outlet || packets.length === 1) return send(packets);
    outlet.cork();
    try {
      send(transport.perMessageDeflate ? packets : joinFrames(packets));
    } finally {
      outlet.uncork();
    }
  };
}

let lastJoined: { parts: readonly Packet[]; packet: Packet } | undefined;

/** The same packets with neighbours that are framed already joined to one. */
function joinFrames(packets: readonly Packet[]): Packet[] {
  const joined: Packet[] = [];
  for (let start = 0; start < packets.length;) {
    let end = start;
    while (packets[end]?.options?.wsPreEncodedFrame) end += 1;
    joined.push(end - start > 1 ? asOne(packets.slice(start, end)) : packets[start]);
    start = Math.max(end, start + 1);
  }
  return joined;
}

function asOne(parts: readonly Packet[]): Packet {
  if (lastJoined && isSame(lastJoined.parts, parts)) return lastJoined.packet;
  const bytes = Buffer.concat(parts.flatMap(({ options }) => options?.wsPreEncodedFrame ?? []));
  lastJoined = { parts, packet: { ...parts[0], options: { ...parts[0].options, wsPreEncodedFrame: [bytes] } } };
  return lastJoined.packet;
}

const isSame = (some: readonly Packet[], others: readonly Packet[]): boolean =>
  some.length === others.length &&
  some.every(({ options }, index) => options?.wsPreEncodedFrame === others[index].options?.wsPreEncodedFrame);
