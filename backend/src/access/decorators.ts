import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { ROLES, type Actor, type Role } from './actor';

export const PUBLIC_KEY = 'access:public';
export const ROLES_KEY = 'access:roles';

/** Opens a route to everyone, signed in or not. */
export const Public = () => SetMetadata(PUBLIC_KEY, true);

/** The coarse gate of a route; what may be done to one object is decided by the policy of its room. */
export const Roles = (...roles: Role[]) => SetMetadata(ROLES_KEY, roles);

/** Says on purpose that every signed-in person may call the route and that the service's policy decides about the object. */
export const AnyRole = () => Roles(...ROLES);

/** The checked person behind the request; only on routes that are not public. */
export const CurrentUser = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { user } = context.switchToHttp().getRequest<{ user?: Actor }>();
  if (!user) throw new Error('A public route asked for the current user.');
  return user;
});
