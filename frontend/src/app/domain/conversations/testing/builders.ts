import type { Ticket } from '../../../core/api/models';
import type { WireMessage, WireTimelineEvent, WireUserRef } from '@parley/socket-events';

export const ana: WireUserRef = { id: 'ana', name: 'Ana Agent', role: 'agent', online: true };
export const ben: WireUserRef = { id: 'ben', name: 'Ben Agent', role: 'agent', online: true };
export const cora: WireUserRef = { id: 'cora', name: 'Cora Customer', role: 'customer', online: true };

const START = Date.parse('2026-03-02T09:00:00.000Z');

/** One event a minute, unless told otherwise. */
const timeOf = (seq: number): string => new Date(START + seq * 60_000).toISOString();

export function aMessage(seq: number, overrides: Partial<WireMessage> = {}): WireMessage {
  return {
    id: `message-${seq}`,
    ticketId: 1001,
    seq,
    kind: 'chat',
    body: `text ${seq}`,
    clientMsgId: `client-${seq}`,
    author: cora,
    attachments: [],
    createdAt: timeOf(seq),
    editedAt: null,
    removedAt: null,
    ...overrides,
  };
}

type MessageEventType = 'message.created' | 'message.edited' | 'message.removed';

export function aMessageEvent(
  seq: number,
  overrides: Partial<WireMessage> = {},
  type: MessageEventType = 'message.created',
): WireTimelineEvent {
  const message = aMessage(seq, overrides);
  return {
    id: `event-${seq}`,
    ticketId: 1001,
    seq,
    type,
    at: message.createdAt,
    actor: message.author,
    data: { message },
  };
}

export function aStatusEvent(seq: number, overrides: Partial<WireTimelineEvent> = {}): WireTimelineEvent {
  return {
    id: `event-${seq}`,
    ticketId: 1001,
    seq,
    type: 'status.changed',
    at: timeOf(seq),
    actor: ana,
    data: { from: 'open', to: 'in_progress' },
    ...overrides,
  } as WireTimelineEvent;
}

/** Messages numbered `from` to `to`. */
export const messageEvents = (from: number, to: number): WireTimelineEvent[] =>
  Array.from({ length: to - from + 1 }, (_unused, index) => aMessageEvent(from + index));

export function aTicket(overrides: Partial<Ticket> = {}): Ticket {
  return {
    id: 1001,
    subject: 'Printer on floor 2 jams',
    description: 'It jams on every page.',
    category: null,
    priority: 'medium',
    status: 'open',
    requester: cora,
    assignee: null,
    tags: [],
    attachments: [],
    unread: 0,
    lastMessage: null,
    createdAt: timeOf(0),
    updatedAt: timeOf(0),
    firstRespondedAt: null,
    resolvedAt: null,
    closedAt: null,
    version: 1,
    ...overrides,
  };
}
