import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { IncomingMessage } from 'node:http';
import type { Server, ServerOptions } from 'socket.io';
import { Settings } from '../config';
import { Nodes } from '../nodes';
import { NODES_ADAPTER } from './nodes-adapter';

const FRAME_BYTES = 65_536;
const PING_MS = 5_000;
const CONNECT_MS = 10_000;

/** Socket.IO on the port of the API: exact origins, small frames, quick notice of lost connections. */
export class SocketAdapter extends IoAdapter {
  private readonly allowedOrigins: readonly string[];
  private readonly nodes: Nodes;
  private readonly nodesAdapter: ServerOptions['adapter'] | undefined;

  constructor(app: INestApplicationContext) {
    super(app);
    this.allowedOrigins = app.get(Settings).allowedOrigins;
    this.nodes = app.get(Nodes);
    this.nodesAdapter = app.get<ServerOptions['adapter'] | undefined>(NODES_ADAPTER);
  }

  override createIOServer(port: number, options?: ServerOptions): Server {
    const server = super.createIOServer(port, {
      ...options,
      ...(this.nodesAdapter && { adapter: this.nodesAdapter }),
      serveClient: false,
      maxHttpBufferSize: FRAME_BYTES,
      pingInterval: PING_MS,
      pingTimeout: PING_MS,
      connectTimeout: CONNECT_MS,
      cors: { origin: [...this.allowedOrigins], credentials: false },
      allowRequest: (request: IncomingMessage, decide: (error: string | null, allowed: boolean) => void) =>
        decide(null, this.isAllowed(request.headers.origin)),
    }) as Server;
    this.nodes.start();
    return server;
  }

  /** Clients that are no browser send no origin; they still need a token. */
  private isAllowed(origin: string | undefined): boolean {
    return origin === undefined || this.allowedOrigins.includes(origin);
  }
}
