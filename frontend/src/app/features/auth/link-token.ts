import { Location } from '@angular/common';
import { afterNextRender, inject } from '@angular/core';
import { ActivatedRoute, Router } from '@angular/router';

/**
 * The token of the link in a mail; call it in a field initialiser. It leaves the address bar at once, and with it
 * bookmarks, shared addresses and lists of visited pages. The entry of this tab's history keeps it for a reload.
 */
export function takeLinkToken(): string | undefined {
  const route = inject(ActivatedRoute);
  const router = inject(Router);
  const inAddress = route.snapshot.queryParamMap.get('token');
  if (inAddress === null) return keptToken(inject(Location).getState());
  afterNextRender(() => {
    const withoutToken = { token: null };
    void router.navigate([], {
      relativeTo: route,
      queryParams: withoutToken,
      queryParamsHandling: 'merge',
      state: { token: inAddress },
      replaceUrl: true,
    });
  });
  return inAddress;
}

function keptToken(state: unknown): string | undefined {
  const token = (state as { token?: unknown } | null)?.token;
  return typeof token === 'string' ? token : undefined;
}
