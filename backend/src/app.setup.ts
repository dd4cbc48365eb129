import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import cookieParser from 'cookie-parser';
import type { RequestHandler } from 'express';
import { AccessDenials, auditedDenials } from './audit';
import { assertUtf8 } from './body-encoding';
import { clientFiles } from './client-files';
import {
  FreezeWatch,
  isTracing,
  peerAddress,
  ProblemFilter,
  requestContext,
  Unavailable,
  validationPipe,
  type TrustsProxy,
} from './common';
import { Settings } from './config';
import { isDatabaseAway } from './database';
import { guardDoor, inGoodTime, withHost } from './http-door';
import { serveApiDocs } from './openapi-document';
import { measuredRequests } from './operations';
import { SocketAdapter } from './realtime';
import { securityHeaders } from './security-headers';
import { SECURITY_TXT_PATH, securityTxt } from './security-txt';
import { tracedRequests } from './traced-requests';

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
  const trusts = app.getHttpAdapter().getInstance().get('trust proxy fn') as TrustsProxy;
  const freezes = app.get(FreezeWatch);
  const headers = securityHeaders(settings);
  guardDoor(app.getHttpServer(), headers);
  app.use(measuredRequests(app));
  app.use(inContext(freezes, trusts));
  if (isTracing()) app.use('/api', tracedRequests(trusts));
  app.use(headers);
  app.use(personalAnswers());
  app.use('/api', inTime(freezes));
  app.use(withHost());
  app.use(inGoodTime());
  app.use(cookieParser());
  app.useBodyParser('json', { limit: BODY_LIMIT, verify: assertUtf8 });
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
  app.setGlobalPrefix('api', { exclude: ['health/{*path}', 'metrics'] });
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(new ProblemFilter(isDatabaseAway, auditedDenials(app.get(AccessDenials))));
  app.useWebSocketAdapter(new SocketAdapter(app, headers, trusts));
  serveApiDocs(app);
  app.use(SECURITY_TXT_PATH, securityTxt(settings));
  for (const handler of clientFiles(CLIENT_FOLDER)) app.use(handler);
}

const REQUEST_ID = /^[\w.-]{8,64}$/;

/** Names the request, as its caller did unless that name is unusual, and remembers who asked, for logs and audit. */
const inContext =
  (freezes: FreezeWatch, trusts: TrustsProxy): RequestHandler =>
  (request, response, next) => {
    const given = request.get('x-request-id') ?? '';
    const requestId = REQUEST_ID.test(given) ? given : randomUUID();
    request.id = requestId;
    response.setHeader('X-Request-Id', requestId);
    requestContext.run({ requestId, address: peerAddress(request, trusts), arrivedAt: freezes.now() }, next);
  };

/** Refuses what may have waited in front of a process that stood still: whoever sent it has given up by now. */
const inTime =
  (freezes: FreezeWatch): RequestHandler =>
  (_request, _response, next) =>
    freezes.isThawing ? next(new Unavailable()) : next();

/** Answers of the API are personal: nothing between here and the page may keep them. */
const personalAnswers = (): RequestHandler => (request, response, next) => {
  if (/^\/api(?:\/|$)/i.test(request.path)) response.setHeader('Cache-Control', 'no-store');
  next();
};
