import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import cookieParser from 'cookie-parser';
import type { RequestHandler, Response } from 'express';
import helmet from 'helmet';
import { AccessDenials, auditedDenials } from './audit';
import { clientFiles, newNonce } from './client-files';
import { FreezeWatch, ProblemFilter, requestContext, Unavailable, validationPipe } from './common';
import { Settings } from './config';
import { isDatabaseAway } from './database';
import { serveApiDocs } from './openapi-document';
import { SocketAdapter } from './realtime';

const BODY_LIMIT = '200kb';
const CLIENT_FOLDER = join(__dirname, '..', 'frontend');

/** What the server and the API tests share: everything between the socket and the controllers. */
export function setUp(app: NestExpressApplication): void {
  const settings = app.get(Settings);
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', 'simple');
  if (settings.trustProxy)
    app.set(
      'trust proxy',
      settings.trustProxy.split(',').map((address) => address.trim()),
    );
  const freezes = app.get(FreezeWatch);
  app.use(inContext(freezes));
  app.use(securityHeaders(settings));
  app.use(personalAnswers());
  app.use('/api', inTime(freezes));
  app.use(cookieParser());
  app.useBodyParser('json', { limit: BODY_LIMIT });
  app.enableCors({
    origin: [...settings.allowedOrigins],
    credentials: true,
    exposedHeaders: [
      'ETag',
      'Link',
      'Location',
      'X-Request-Id',
      'Retry-After',
      'Parley-Stream',
      'Parley-Head',
      'Parley-Reset',
    ],
  });
  app.setGlobalPrefix('api', { exclude: ['health/{*path}'] });
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(new ProblemFilter(isDatabaseAway, auditedDenials(app.get(AccessDenials))));
  app.useWebSocketAdapter(new SocketAdapter(app));
  serveApiDocs(app);
  for (const handler of clientFiles(CLIENT_FOLDER)) app.use(handler);
}

const REQUEST_ID = /^[\w.-]{8,64}$/;

/** Names the request, as its caller did unless that name is unusual, and remembers who asked, for logs and audit. */
const inContext =
  (freezes: FreezeWatch): RequestHandler =>
  (request, response, next) => {
    const given = request.get('x-request-id') ?? '';
    const requestId = REQUEST_ID.test(given) ? given : randomUUID();
    request.id = requestId;
    response.setHeader('X-Request-Id', requestId);
    requestContext.run({ requestId, address: request.ip?.slice(0, 64), arrivedAt: freezes.now() }, next);
  };

/** Refuses what may have waited in front of a process that stood still: whoever sent it has given up by now. */
const inTime =
  (freezes: FreezeWatch): RequestHandler =>
  (_request, _response, next) =>
    freezes.isThawing ? next(new Unavailable()) : next();

function securityHeaders(settings: Settings): RequestHandler {
  const nonceOf = (_request: unknown, response: unknown): string =>
    `'nonce-${String((response as Response).locals.cspNonce)}'`;
  const https = settings.publicUrl.startsWith('https:');
  const headers = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", nonceOf],
        styleSrc: ["'self'", nonceOf],
        imgSrc: ["'self'", 'blob:', 'data:'],
        connectSrc: ["'self'", webSocketOrigin(settings.publicUrl)],
        fontSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'"],
        requireTrustedTypesFor: ["'script'"],
        trustedTypes: ['angular', 'angular#bundler', 'angular#components'],
      },
    },
    strictTransportSecurity: https && { maxAge: 31_536_000, includeSubDomains: false },
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });
  return (request, response, next) => {
    response.locals.cspNonce = newNonce();
    headers(request, response, next);
  };
}

const webSocketOrigin = (publicUrl: string): string => new URL(publicUrl).origin.replace(/^http/, 'ws');

/** Answers of the API are personal: nothing between here and the page may keep them. */
const personalAnswers = (): RequestHandler => (request, response, next) => {
  if (/^\/api(?:\/|$)/i.test(request.path)) response.setHeader('Cache-Control', 'no-store');
  next();
};
