import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import { PUBLIC_KEY, ROLES_KEY, type Actor, type Role } from '../access';
import { Forbidden, Unauthenticated } from '../common';
import { Settings } from '../config';
import { ForeignOrigin } from './auth.errors';
import { BearerAuthentication } from './bearer-authentication';

const isPublic = (reflector: Reflector, context: ExecutionContext): boolean =>
  reflector.getAllAndOverride<boolean | undefined>(PUBLIC_KEY, [context.getHandler(), context.getClass()]) === true;

/** Global: every route needs sign-in unless it is `@Public()`. */
@Injectable()
export class SignedInGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authentication: BearerAuthentication,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (isPublic(this.reflector, context)) return true;
    const http = context.switchToHttp();
    const request = http.getRequest<Request & { user?: Actor }>();
    request.user = await this.authentication.identify(request, http.getResponse<Response>());
    if (!request.user) throw new Unauthenticated();
    return true;
  }
}

/** Global: the coarse gate. A route that decides nothing is closed to all. */
@Injectable()
export class RolesGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    if (isPublic(this.reflector, context)) return true;
    const roles = this.reflector.getAllAndOverride<Role[] | undefined>(ROLES_KEY, [
      context.getHandler(),
      context.getClass(),
    ]);
    const { user } = context.switchToHttp().getRequest<{ user?: Actor }>();
    if (user && roles?.includes(user.role)) return true;
    throw new Forbidden();
  }
}

/** For routes that act on the cookie: a page of another origin is refused, a client without an origin is not. */
@Injectable()
export class OriginGuard implements CanActivate {
  constructor(private readonly settings: Settings) {}

  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<Request>();
    const isForeign = headers.origin !== undefined && !this.settings.allowedOrigins.includes(headers.origin);
    if (isForeign || headers['sec-fetch-site'] === 'cross-site') throw new ForeignOrigin();
    return true;
  }
}
