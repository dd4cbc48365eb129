import { inject } from '@angular/core';
import { CanMatchFn, RedirectCommand, Router, UrlTree } from '@angular/router';

import { Role } from '../api/models';
import { Session } from './session';

/** Lets the route match for these roles; strangers are led to the sign-in page and come back after it. */
export function requireRole(...roles: readonly Role[]): CanMatchFn {
  return async () => {
    const session = inject(Session);
    const router = inject(Router);
    await session.ready();
    const role = session.role();
    if (role === null) return new RedirectCommand(signInTree(router), { skipLocationChange: false });
    return roles.includes(role);
  };
}

/** Anybody who is signed in. */
export const requireSignIn: CanMatchFn = requireRole('customer', 'agent', 'admin');

/** The sign-in page, remembering where the person wanted to go. */
function signInTree(router: Router): UrlTree {
  const wanted = router.currentNavigation()?.extractedUrl.toString() ?? '/';
  return router.createUrlTree(['/login'], wanted === '/' ? {} : { queryParams: { returnUrl: wanted } });
}
