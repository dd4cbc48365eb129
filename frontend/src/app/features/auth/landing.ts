import { effect, inject } from '@angular/core';
import { CanActivateFn, Router } from '@angular/router';

import { internalPath } from '../../core/session/return-url';
import { Session } from '../../core/session/session';

/** Leads those who are signed in already straight on; a browser that never signed in is not asked for it. */
export const onlyStrangers: CanActivateFn = async ({ queryParamMap }) => {
  const session = inject(Session);
  const router = inject(Router);
  if (session.isRemembered) await session.ready();
  return session.state() === 'signed-in' ? router.parseUrl(internalPath(queryParamMap.get('returnUrl'))) : true;
};

/** Goes on to where the person wanted to go; call it in a field initialiser. It also hears of a sign-in in another tab. */
export function goOnWhenSignedIn(returnUrl: () => string | undefined): void {
  const session = inject(Session);
  const router = inject(Router);
  effect(() => {
    if (session.state() === 'signed-in') void router.navigateByUrl(internalPath(returnUrl()), { replaceUrl: true });
  });
}
