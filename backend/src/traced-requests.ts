import type { RequestHandler } from 'express';
import { requestContext, traced, type TrustsProxy } from './common';
import { routeOf } from './operations';

/**
 * One trace for each request of the API, named by its route. It goes on with the trace of a proxy that is trusted; what
 * others say of traces is not believed, or they could have all or nothing of theirs collected.
 */
export const tracedRequests =
  (trusts: TrustsProxy): RequestHandler =>
  (request, response, next) => {
    const { method } = request;
    const isTold = trusts(request.socket.remoteAddress ?? '', 0);
    const parent = isTold ? request.get('traceparent') : undefined;
    const requestId = requestContext.getStore()?.requestId ?? '';
    const facts = { 'http.request.method': method, 'parley.request_id': requestId };
    void traced(
      () => ({ name: method, kind: 'server', place: 'root', facts, ...(parent && { parent }) }),
      (notes) =>
        new Promise<void>((resolve) => {
          response.once('close', () => {
            const route = routeOf(request);
            notes.rename(`${method} ${route}`);
            notes.add({ 'http.route': route, 'http.response.status_code': response.statusCode });
            if (response.statusCode >= 500) notes.failed(String(response.statusCode));
            resolve();
          });
          next();
        }),
    );
  };
