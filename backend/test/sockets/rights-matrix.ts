import { newId } from '../../src/common';

/** Whose ticket an event names. Events that name none use `own` alone. */
export const TICKETS = ['own', 'foreign', 'unknown'] as const;
export type TicketKind = (typeof TICKETS)[number];

/** What an event is asked with. */
export interface Scene {
  ticketId: number;
  /** A message of the caller in that ticket; of somebody else where the ticket is not theirs. */
  messageId: string;
  /** A fresh access token of the caller. */
  accessToken: string;
}

type Verdict = 'ok' | 'forbidden' | 'not_found';

export interface EventRights {
  payload: (scene: Scene) => Record<string, unknown>;
  /** For the own ticket, one of somebody else, and one that does not exist; or about no ticket. */
  customer: Verdict | readonly [Verdict, Verdict, Verdict];
  staff: Verdict | readonly [Verdict, Verdict, Verdict];
}

const parties: Pick<EventRights, 'customer' | 'staff'> = {
  customer: ['ok', 'forbidden', 'forbidden'],
  staff: ['ok', 'ok', 'not_found'],
};
const everyone: Pick<EventRights, 'customer' | 'staff'> = { customer: 'ok', staff: 'ok' };

/** Who may send which event. One that a gateway handles and that is missing here fails the tests. */
export const EVENT_RIGHTS: Record<string, EventRights> = {
  'ticket:subscribe': { ...parties, payload: ({ ticketId }) => ({ ticketId, after: 0 }) },
  'ticket:sync': { ...parties, payload: ({ ticketId }) => ({ ticketId, after: 0 }) },
  /** To leave is open to all: it tells nothing. */
  'ticket:unsubscribe': { ...everyone, payload: ({ ticketId }) => ({ ticketId }) },
  'message:send': {
    ...parties,
    payload: ({ ticketId }) => ({ ticketId, clientMsgId: newId(), kind: 'chat', body: 'Hello' }),
  },
  'message:edit': {
    customer: ['ok', 'forbidden', 'forbidden'],
    staff: ['ok', 'forbidden', 'not_found'],
    payload: ({ ticketId, messageId }) => ({ ticketId, messageId, body: 'Hello again' }),
  },
  'message:remove': { ...parties, payload: ({ ticketId, messageId }) => ({ ticketId, messageId }) },
  'read:mark': { ...parties, payload: ({ ticketId }) => ({ ticketId, seq: 1 }) },
  typing: { ...parties, payload: ({ ticketId }) => ({ ticketId, active: true, kind: 'chat' }) },
  'presence:set': { ...everyone, payload: () => ({ state: 'online' }) },
  'auth:refresh': { ...everyone, payload: ({ accessToken }) => ({ token: accessToken }) },
};

export const promisedTo = ({ customer, staff }: EventRights, isStaff: boolean, ticket: TicketKind): Verdict => {
  const cell = isStaff ? staff : customer;
  return typeof cell === 'string' ? cell : cell[TICKETS.indexOf(ticket)];
};
