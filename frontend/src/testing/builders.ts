import { Me, NewNotification, Ticket, TicketSummary, UserNotification, UserRef } from '../app/core/api/models';

/** Complete shapes for tests; each names only what it is about. */
export function aUser(change: Partial<UserRef> = {}): UserRef {
  return { id: 'cora', name: 'Cora Brandt', role: 'customer', online: false, ...change };
}

export function anAgent(change: Partial<UserRef> = {}): UserRef {
  return aUser({ id: 'ana', name: 'Ana Silva', role: 'agent', ...change });
}

export function aMe(change: Partial<Me> = {}): Me {
  return { id: 'cora', email: 'cora@example.com', name: 'Cora Brandt', role: 'customer', language: 'en', ...change };
}

export function aSummary(change: Partial<TicketSummary> = {}): TicketSummary {
  return {
    id: 1001,
    subject: 'The printer jams',
    category: null,
    priority: 'medium',
    status: 'open',
    requester: aUser(),
    assignee: null,
    unread: 0,
    lastMessage: null,
    createdAt: '2026-11-20T10:00:00.000Z',
    updatedAt: '2026-11-20T10:00:00.000Z',
    firstRespondedAt: null,
    resolvedAt: null,
    closedAt: null,
    version: 1,
    ...change,
  };
}

export function aTicket(change: Partial<Ticket> = {}): Ticket {
  return { ...aSummary(), description: 'On every page.', attachments: [], ...change };
}

export function aNotification(change: Partial<UserNotification> = {}): UserNotification {
  return {
    id: 'n1',
    type: 'message.created',
    ticketId: 1001,
    title: 'Ana Silva answered',
    text: 'Could you send a photo?',
    actor: anAgent(),
    createdAt: '2026-11-20T10:00:00.000Z',
    readAt: null,
    reason: 'requester',
    ...change,
  };
}

/** One that just came and makes no noise. */
export function aNewNotification(change: Partial<NewNotification> = {}): NewNotification {
  return { ...aNotification(), alerts: { desktop: false, sound: false }, ...change };
}
