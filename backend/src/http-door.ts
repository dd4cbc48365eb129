import { randomUUID } from 'node:crypto';
import { IncomingMessage, ServerResponse, type OutgoingHttpHeaders, type Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { BadRequestException } from '@nestjs/common';
import type { RequestHandler } from 'express';
import { problemOfStatus, requestContext } from './common';
import type { securityHeaders } from './security-headers';

/** Whoever has not said by then what they want goes. */
const HEADERS_MS = 10_000;
/** The largest upload over a slow line. */
const REQUEST_MS = 300_000;
const LOOK_EVERY_MS = 1_000;
/** A body of JSON is small; one that has not come by then is held back on purpose. */
const JSON_MS = 30_000;

const STATUS_OF_FAILURE: Record<string, number> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

const SOCKETS = /^\/socket\.io(?:\/|\?|$)/;

type ReadConnection = Duplex & { _httpMessage?: ServerResponse | null };

/**
 * Sees to what never becomes a request of a route: broken, endless and slow ones. They are answered in the form of all
 * failures, with the headers of all answers.
 */
export function guardDoor(server: Server, setHeaders: ReturnType<typeof securityHeaders>): void {
  server.headersTimeout = HEADERS_MS;
  server.requestTimeout = REQUEST_MS;
  // Read when the server begins to listen; the default looks twice a minute only.
  // A missing host is refused below, in the form of all refusals.
  Object.assign(server, { connectionsCheckingInterval: LOOK_EVERY_MS, requireHostHeader: false });
  const refuse = (connection: Duplex, status: number): void => {
    const request = new IncomingMessage(connection as Socket);
    const response = new ServerResponse(request);
    setHeaders(request, response, () => undefined);
    connection.once('finish', () => connection.destroy());
    connection.end(answerText(status, response.getHeaders()));
  };
  server.on('clientError', (error: NodeJS.ErrnoException, connection: ReadConnection) => {
    const isAnswered = connection._httpMessage?.headersSent === true;
    if (!connection.writable || isAnswered || error.code === 'ECONNRESET') connection.destroy();
    else refuse(connection, STATUS_OF_FAILURE[error.code ?? ''] ?? 400);
  });
  server.prependListener('request', (request: IncomingMessage) => (request.url = pathOf(request.url ?? '/')));
  server.on('upgrade', (request: IncomingMessage, connection: Socket) => {
    if (!SOCKETS.test(request.url ?? '')) stay(server, request, connection, () => refuse(connection, 400));
  });
  server.on('connect', (_request, connection) => refuse(connection, 405));
  // What a client expects of a proxy is no reason to fail: the request is served as any other.
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) =>
    server.emit('request', request, response),
  );
}

/** Targets in the form that proxies are sent (RFC 9112, section 3.2.2) are ours all the same. */
function pathOf(target: string): string {
  if (target.startsWith('/') || target === '*') return target;
  if (!URL.canParse(target)) return '/%';
  const { pathname, search } = new URL(target);
  return `${pathname}${search}`;
}

/** Some clients offer another protocol with their first request. We stay with this one, and answer. */
function stay(server: Server, request: IncomingMessage, connection: Socket, refuse: () => void): void {
  const hasBody = Number(request.headers['content-length'] ?? 0) > 0 || 'transfer-encoding' in request.headers;
  if (hasBody) return refuse();
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  response.assignSocket(connection);
  response.once('finish', () => connection.end());
  server.emit('request', request, response);
}

/** The address of a host is what tells one server from another; only old clients may leave it out. */
export const withHost = (): RequestHandler => (request, _response, next) =>
  next(request.httpVersion === '1.1' && request.headers.host === undefined ? new BadRequestException() : undefined);

function answerText(status: number, headers: OutgoingHttpHeaders): string {
  const requestId = randomUUID();
  const problem = problemOfStatus(status, requestId);
  const body = JSON.stringify(problem);
  const all: OutgoingHttpHeaders = {
    ...headers,
    'Content-Type': 'application/problem+json',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    'X-Request-Id': requestId,
    Date: new Date().toUTCString(),
    Connection: 'close',
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${String(value)}`);
  return [`HTTP/1.1 ${status} ${problem.title}`, ...lines, '', body].join('\r\n');
}

/** Gives up on a body that trickles in; files have more time. */
export const inGoodTime =
  (patienceMs = JSON_MS): RequestHandler =>
  (request, response, next) => {
    if (request.complete || /^multipart\//i.test(request.headers['content-type'] ?? '')) return next();
    const timer = setTimeout(() => {
      if (request.complete || response.headersSent) return;
      response.once('finish', () => request.destroy());
      response.status(408).type('application/problem+json').set('Connection', 'close');
      response.send(JSON.stringify(problemOfStatus(408, requestContext.getStore()?.requestId)));
    }, patienceMs).unref();
    request.once('close', () => clearTimeout(timer));
    next();
  };
