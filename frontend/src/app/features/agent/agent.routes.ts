import { Routes } from '@angular/router';

export const agentRoutes: Routes = [
  { path: '', pathMatch: 'full', redirectTo: 'tickets' },
  {
    path: 'tickets',
    title: 'Tickets',
    loadComponent: async () => (await import('./tickets-page/tickets-page')).TicketsPage,
    children: [
      {
        path: ':ticketId',
        loadComponent: async () => (await import('./ticket-workspace/ticket-workspace')).TicketWorkspace,
      },
    ],
  },
];
