import { Routes } from '@angular/router';

import { mayLeave } from '../../core/page/may-leave';

export const agentRoutes: Routes = [
  { path: '', pathMatch: 'full', redirectTo: 'tickets' },
  {
    path: 'tickets/new',
    title: 'agent.title.newTicket',
    loadComponent: async () => (await import('./new-ticket/new-ticket')).NewTicketForCustomer,
  },
  {
    path: 'canned-replies',
    title: 'agent.title.cannedReplies',
    canDeactivate: [mayLeave],
    loadComponent: async () => (await import('./canned-replies/own-canned-replies')).OwnCannedReplies,
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
