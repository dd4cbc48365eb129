import { CanMatchFn, Routes } from '@angular/router';

import { Role } from './core/api/models';
import { redirectByRole, requireRole } from './core/session/guards';
import { accountRoutes } from './features/account/account.routes';
import { withTexts } from './shared/texts/text-loading';

const homeOf = (role: Role): string => (role === 'customer' ? '/portal' : '/agent');

/** `/tickets…` leads every role to its own form of the page. */
const toOwnTickets = redirectByRole((role, path) => `${homeOf(role)}/${path}`);
const toStart = redirectByRole((role) => `${homeOf(role)}/tickets`);

/** Lets an area answer only for paths it has, so that unknown ones reach the 404 page without any question. */
function area(firstSegments: readonly string[], guard: CanMatchFn = () => true): CanMatchFn {
  return (route, segments, snapshot) =>
    firstSegments.includes(segments[0]?.path ?? '') && guard(route, segments, snapshot);
}

export const appRoutes: Routes = [
  { path: '', pathMatch: 'full', redirectTo: toStart },
  { path: 'tickets', pathMatch: 'full', redirectTo: toOwnTickets },
  { path: 'tickets/new', pathMatch: 'full', redirectTo: toOwnTickets },
  { path: 'tickets/:id', pathMatch: 'full', redirectTo: toOwnTickets },
  {
    path: '',
    canMatch: [area(['login', 'register', 'reset-password', 'confirm-email', 'invite', 'unsubscribe'])],
    loadChildren: withTexts(async () => (await import('./features/auth/auth.routes')).authRoutes, 'auth'),
  },
  {
    path: '',
    canMatch: [area(['portal', 'profile', 'notifications'], requireRole('customer'))],
    loadComponent: withTexts(
      async () => (await import('./features/customer/customer-shell/customer-shell')).CustomerShell,
      'customer',
      'tickets',
      'conversation',
      'notices',
    ),
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
    loadComponent: withTexts(
      async () => (await import('./features/agent/staff-shell/staff-shell')).StaffShell,
      'agent',
      'tickets',
      'conversation',
      'notices',
    ),
    children: [
      { path: 'agent', loadChildren: async () => (await import('./features/agent/agent.routes')).agentRoutes },
      {
        path: 'admin',
        canMatch: [requireRole('admin')],
        loadChildren: withTexts(async () => (await import('./features/admin/admin.routes')).adminRoutes, 'admin'),
      },
      ...accountRoutes,
    ],
  },
  {
    path: '**',
    title: 'common.notHere.title',
    loadComponent: withTexts(async () => (await import('./features/system/not-found-page')).NotFoundPage),
  },
];
