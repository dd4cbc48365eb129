import { Routes } from '@angular/router';

export const customerRoutes: Routes = [
  { path: '', pathMatch: 'full', redirectTo: 'tickets' },
  {
    path: 'tickets',
    title: 'My tickets',
    loadComponent: async () => (await import('./my-tickets/my-tickets')).MyTickets,
  },
];
