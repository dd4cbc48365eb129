import { HttpErrorResponse, HttpInterceptorFn, HttpRequest } from '@angular/common/http';
import { inject } from '@angular/core';
import { Observable, catchError, from, switchMap, throwError } from 'rxjs';

import { Session } from './session';

/**
 * Gives requests to the own API the access token; after a 401 it refreshes once and asks again. A request never goes out
 * with the token of anybody but the person who made it.
 */
export const sessionInterceptor: HttpInterceptorFn = (request, next) => {
  const session = inject(Session);
  if (!isOwnApi(request.url)) return next(request);
  const token = session.accessToken();
  const author = session.user()?.id;
  return next(withToken(request, token)).pipe(
    catchError((error: unknown) => {
      if (token === null || !isUnauthenticated(error)) return throwError(() => error);
      return freshToken(session, token).pipe(
        switchMap((fresh) => {
          const isStillAuthor = fresh !== null && session.user()?.id === author;
          return isStillAuthor ? next(withToken(request, fresh)) : throwError(() => error);
        }),
      );
    }),
  );
};

/** Paths of this origin's API only: the token must not leave for anywhere else. */
function isOwnApi(url: string): boolean {
  return url.startsWith('/api/');
}

function withToken<Body>(request: HttpRequest<Body>, token: string | null): HttpRequest<Body> {
  return token === null ? request : request.clone({ setHeaders: { Authorization: `Bearer ${token}` } });
}

function isUnauthenticated(error: unknown): boolean {
  return error instanceof HttpErrorResponse && error.status === 401;
}

/** Another request may have refreshed meanwhile; then its token is used. */
function freshToken(session: Session, used: string): Observable<string | null> {
  const current = session.accessToken();
  return from(current !== null && current !== used ? Promise.resolve(current) : session.refresh());
}
