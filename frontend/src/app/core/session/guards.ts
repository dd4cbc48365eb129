import { inject } from '@angular/core';
import { CanMatchFn, RedirectCommand, RedirectFunction, Router, UrlTree } from '@angular/router';

import { Role } from '../api/models';
import { Session } from './session';

/** Lets the route match for these roles; strangers are led to the sign-in page and come back after it. */
export function requireRole(...roles: readonly Role[]): CanMatchFn {
  return async () => {
    const session = inject(Session);
    const router = inject(Router);
    await session.ready();
    const role = session.role();
    if (role === null) return new RedirectCommand(signInTree(router));
    return roles.includes(role);
  };
}

/** Leads everybody to the place `home` names for their role, and strangers to the sign-in page first. */
export function redirectByRole(home: (role: Role, path: string) => string): RedirectFunction {
  return async ({ url, queryParams, fragment }) => {
    const session = inject(Session);
    const router = inject(Router);
    await session.ready();
    const role = session.role();
    const path = url.map((segment) => segment.path).join('/');
    return role === null
      ? signInTree(router)
      : router.createUrlTree([home(role, path)], { queryParams, ...(fragment && { fragment }) });
  };
}

/** The sign-in page, remembering where the person wanted to go. */
function signInTree(router: Router): UrlTree {
  const wanted = router.currentNavigation()?.extractedUrl.toString() ?? '/';
  return router.createUrlTree(['/login'], wanted === '/' ? {} : { queryParams: { returnUrl: wanted } });
}
