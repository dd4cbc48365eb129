import { Routes } from '@angular/router';

export const agentRoutes: Routes = [
  { path: '', pathMatch: 'full', redirectTo: 'tickets' },
  {
    path: 'tickets/new',
    title: 'agent.title.newTicket',
    loadComponent: async () => (await import('./new-ticket/new-ticket')).NewTicketForCustomer,
  },
  {
    path: 'tickets',
    title: 'agent.title.tickets',
    loadComponent: async () => (await import('./tickets-page/tickets-page')).TicketsPage,
    children: [
      {
        path: ':ticketId',
        loadComponent: async () => (await import('./ticket-workspace/ticket-workspace')).TicketWorkspace,
      },
    ],
  },
];
