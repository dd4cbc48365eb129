import { Routes } from '@angular/router';

export const agentRoutes: Routes = [
  { path: '', pathMatch: 'full', redirectTo: 'tickets' },
  {
    path: 'tickets/new',
    title: 'New ticket',
    loadComponent: async () => (await import('./new-ticket/new-ticket')).NewTicketForCustomer,
  },
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
