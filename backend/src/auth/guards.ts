import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import type { Request } from 'express';
import { PUBLIC_KEY, ROLES_KEY, type Actor, type Role } from '../access';
import { Forbidden, Unauthenticated } from '../common';
import { Settings } from '../config';
import { ForeignOrigin } from './auth.errors';

const isPublic = (reflector: Reflector, context: ExecutionContext): boolean =>
  reflector.getAllAndOverride<boolean | undefined>(PUBLIC_KEY, [context.getHandler(), context.getClass()]) === true;

/** Global: every route needs sign-in unless it is `@Public()`. */
@Injectable()
export class SignedInGuard extends AuthGuard('jwt') {
  constructor(private readonly reflector: Reflector) {
    super();
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    return isPublic(this.reflector, context) || (await super.canActivate(context)) === true;
  }

  override handleRequest<User>(error: unknown, user: User | false): User {
    if (error) throw error;
    if (!user) throw new Unauthenticated();
    return user;
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
