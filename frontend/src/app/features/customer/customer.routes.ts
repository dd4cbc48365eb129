import { Routes } from '@angular/router';

export const customerRoutes: Routes = [
  { path: '', pathMatch: 'full', redirectTo: 'tickets' },
  {
    path: 'tickets',
    title: 'customer.title.myTickets',
    loadComponent: async () => (await import('./my-tickets/my-tickets')).MyTickets,
  },
  {
    path: 'tickets/new',
    title: 'customer.title.newTicket',
    loadComponent: async () => (await import('./new-ticket/new-ticket')).NewTicket,
  },
  {
    path: 'tickets/:ticketId',
    title: 'customer.title.ticket',
    loadComponent: async () => (await import('./ticket-page/ticket-page')).TicketPage,
  },
];
