import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Server, ServerOptions } from 'socket.io';
import { peerAddress, traced, type TrustsProxy } from '../common';
import { Settings } from '../config';
import { Nodes } from '../nodes';
import { gatherWrites } from './gathered-writes';
import { NODES_ADAPTER } from './nodes-adapter';
import type { ParleyServer, ParleySocket } from './socket-types';
import { Strangers } from './strangers';

const FRAME_BYTES = 65_536;
const PING_MS = 5_000;
const CONNECT_MS = 9_000;
/** Whoever was told goodbye has so long to say it, too. */
const GOODBYE_MS = 500;

type EngineMiddleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** Socket.IO on the port of the API: exact origins, small frames, quick notice of lost connections. */
export class SocketAdapter extends IoAdapter {
  private readonly allowedOrigins: readonly string[];
  private readonly nodes: Nodes;
  private readonly strangers: Strangers;
  private readonly nodesAdapter: ServerOptions['adapter'] | undefined;

  /**
   * @param setHeaders for the answers to those who poll, as on every other answer
   * @param trusts which proxies are believed about whom they speak for
   */
  constructor(
    app: INestApplicationContext,
    private readonly setHeaders: EngineMiddleware,
    private readonly trusts: TrustsProxy,
  ) {
    super(app);
    this.strangers = new Strangers(app.get(Settings).rateLimitScale);
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
        decide(null, this.isAllowed(request)),
    }) as ParleyServer;
    server.engine.use(this.setHeaders);
    this.watchStrangers(server);
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
        await traced(
          () => ({ name: `socket ${String(message)}`, kind: 'server', place: 'root' }),
          async (notes) => {
            const answer = (await callback(args.length > 1 ? args : args[0], acknowledge)) as object | undefined;
            if (answer) acknowledge?.({ ok: true, ...answer });
            else notes.failed('refused');
          },
        );
      });
  }

  /** Before anybody else is asked about a socket, it knows where it comes from. */
  private watchStrangers(server: ParleyServer): void {
    server.engine.on('connection', (connection: ParleySocket['conn']) => {
      this.strangers.arrived(connection, peerAddress(connection.request, this.trusts));
      connection.once('close', () => setTimeout(() => cutOff(connection), GOODBYE_MS).unref());
    });
    server.use((socket, next) => {
      socket.data.address = peerAddress(socket.request, this.trusts);
      next();
    });
    server.on('connection', ({ conn }) => this.strangers.isKnown(conn));
  }

  /** Clients that are no browser send no origin; they still need a token. A connection that is let in already may go on. */
  private isAllowed(request: IncomingMessage): boolean {
    const { origin } = request.headers;
    const isOurs = origin === undefined || this.allowedOrigins.includes(origin);
    const isNew = !/[?&]sid=/.test(request.url ?? '');
    return isOurs && !(isNew && this.strangers.isFull(peerAddress(request, this.trusts)));
  }
}

/** The library would wait half a minute for the other side's goodbye; what polls keeps nothing open. */
function cutOff({ transport }: ParleySocket['conn']): void {
  const { socket } = transport as unknown as { socket?: { terminate(): void } };
  socket?.terminate();
}
