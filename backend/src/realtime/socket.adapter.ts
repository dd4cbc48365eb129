import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { IncomingMessage } from 'node:http';
import type { Server, ServerOptions } from 'socket.io';
import { Settings } from '../config';
import { Nodes } from '../nodes';
import { gatherWrites } from './gathered-writes';
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
    gatherWrites(server);
    this.nodes.start();
    return server;
  }

  /**
   * One listener per event, and none of the framework's streams around a single answer: they keep some kilobytes for
   * every connection. A handler that failed returns nothing; its filter has answered.
   */
  override bindMessageHandlers(...[socket, handlers]: Parameters<IoAdapter['bindMessageHandlers']>): void {
    for (const { message, callback } of handlers)
      socket.on(String(message), async (...args: unknown[]) => {
        const last = args.at(-1);
        const acknowledge = typeof last === 'function' ? (last as (answer: unknown) => void) : undefined;
        if (acknowledge) args.pop();
        const answer = (await callback(args.length > 1 ? args : args[0], acknowledge)) as object | undefined;
        if (answer) acknowledge?.({ ok: true, ...answer });
      });
  }

  /** Clients that are no browser send no origin; they still need a token. */
  private isAllowed(origin: string | undefined): boolean {
    return origin === undefined || this.allowedOrigins.includes(origin);
  }
}
