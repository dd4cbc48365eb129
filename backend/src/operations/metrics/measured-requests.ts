import { performance } from 'node:perf_hooks';
import type { INestApplication } from '@nestjs/common';
import type { Request, RequestHandler } from 'express';
import { Metrics } from './metrics';

/** What no route answered: files of the client, and addresses that somebody tries. */
const UNROUTED = 'other';

/** Goes first of all handlers, so that what is refused early counts, too. */
export function measuredRequests(app: INestApplication): RequestHandler {
  const metrics = app.get(Metrics, { strict: false });
  return (request, response, next) => {
    const begin = performance.now();
    response.once('close', () =>
      metrics.answered({
        method: request.method,
        route: routeOf(request),
        status: response.statusCode,
        seconds: (performance.now() - begin) / 1_000,
      }),
    );
    next();
  };
}

/** As the router names it, with the names of its parameters. */
export function routeOf({ route }: Request): string {
  const { path } = (route ?? {}) as { path?: unknown };
  return typeof path === 'string' ? path : UNROUTED;
}
