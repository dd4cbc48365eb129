import { inject } from '@angular/core';
import { CanMatchFn, RedirectFunction, Routes } from '@angular/router';

import { requireRole, requireSignIn } from './core/session/guards';
import { Session } from './core/session/session';
import { accountRoutes } from './features/account/account.routes';

/** `/tickets…` leads every role to its own form of the page. */
const toOwnTickets: RedirectFunction = ({ url, queryParams }) => {
  const home = inject(Session).isStaff() ? '/agent' : '/portal';
  const path = [home, ...url.map((segment) => segment.path)].join('/');
  const query = new URLSearchParams(queryParams as Record<string, string>).toString();
  return query ? `${path}?${query}` : path;
};

const toStart: RedirectFunction = () => (inject(Session).isStaff() ? '/agent' : '/portal/tickets');

/** Lets an area answer only for paths it has, so that unknown ones reach the 404 page without any question. */
function area(firstSegments: readonly string[], guard: CanMatchFn = () => true): CanMatchFn {
  return (route, segments, snapshot) =>
    firstSegments.includes(segments[0]?.path ?? '') && guard(route, segments, snapshot);
}

export const appRoutes: Routes = [
  { path: '', pathMatch: 'full', canMatch: [requireSignIn], redirectTo: toStart },
  { path: 'tickets', pathMatch: 'full', canMatch: [requireSignIn], redirectTo: toOwnTickets },
  { path: 'tickets/new', pathMatch: 'full', canMatch: [requireSignIn], redirectTo: toOwnTickets },
  { path: 'tickets/:id', pathMatch: 'full', canMatch: [requireSignIn], redirectTo: toOwnTickets },
  {
    path: '',
    canMatch: [area(['login', 'register', 'reset-password', 'invite'])],
    loadChildren: async () => (await import('./features/auth/auth.routes')).authRoutes,
  },
  {
    path: '',
    canMatch: [area(['portal', 'profile', 'notifications'], requireRole('customer'))],
    loadComponent: async () => (await import('./features/customer/customer-shell/customer-shell')).CustomerShell,
    children: [
      {
        path: 'portal',
        loadChildren: async () => (await import('./features/customer/customer.routes')).customerRoutes,
      },
      ...accountRoutes,
    ],
  },
  {
    path: '',
    canMatch: [area(['agent', 'admin', 'profile', 'notifications'], requireRole('agent', 'admin'))],
    loadComponent: async () => (await import('./features/agent/staff-shell/staff-shell')).StaffShell,
    children: [
      { path: 'agent', loadChildren: async () => (await import('./features/agent/agent.routes')).agentRoutes },
      {
        path: 'admin',
        canMatch: [requireRole('admin')],
        loadChildren: async () => (await import('./features/admin/admin.routes')).adminRoutes,
      },
      ...accountRoutes,
    ],
  },
  {
    path: '**',
    title: 'Not here',
    loadComponent: async () => (await import('./features/system/not-found-page')).NotFoundPage,
  },
];
