import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { SocketHub } from './socket-hub';
import type { ParleySocket } from './socket-types';

const LOOK_EVERY_MS = 500;
const MOST_BYTES = 1_048_576;
const MOST_PACKETS = 500;

/** What Engine.IO keeps to itself of a connection: packets that wait, and the websocket, unless it polls. */
interface Outlet {
  writeBuffer: { data?: string | Uint8Array }[];
  transport: { socket?: { bufferedAmount: number; terminate(): void } };
  close(discard: boolean): void;
}

/**
 * Disconnects whoever does not read what is sent to them, before it fills the memory. They lose nothing: the page comes
 * back and catches up from the last number it has applied.
 */
@Injectable()
export class SlowReaders implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(SlowReaders.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly hub: SocketHub) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.look(), LOOK_EVERY_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    for (const socket of this.hub.socketsHere()) if (isBehind(outletOf(socket))) this.end(socket);
  }

  /** Without a farewell, which would wait behind all that was not read. */
  private end(socket: ParleySocket): void {
    this.logger.debug({ userId: socket.data.actor.id }, 'A reader that had stopped was disconnected');
    const outlet = outletOf(socket);
    if (outlet.transport.socket) outlet.transport.socket.terminate();
    else outlet.close(true);
  }
}

const outletOf = (socket: ParleySocket): Outlet => socket.conn as unknown as Outlet;

function isBehind({ writeBuffer, transport }: Outlet): boolean {
  if (writeBuffer.length > MOST_PACKETS) return true;
  let bytes = transport.socket?.bufferedAmount ?? 0;
  for (const { data } of writeBuffer) bytes += data?.length ?? 0;
  return bytes > MOST_BYTES;
}
