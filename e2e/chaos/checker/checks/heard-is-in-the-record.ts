import type { Observations } from '../observations';
import { conversationOf } from '../record';

/** Nobody was ever shown something that the record does not have at that very number, or a head that never was. */
export const heardIsInTheRecord = (observed: Observations): string[] => [
  ...new Set([...wrongEvents(observed), ...wrongHeads(observed)]),
];

const wrongEvents = (observed: Observations): string[] =>
  observed.heard.flatMap(({ client, audience, ticketId, seq, id, type }) => {
    const event = conversationOf(observed, ticketId).events[audience][seq - 1];
    if (event?.id === id && event.type === type) return [];
    const found = event ? `${event.type} ${event.id}` : 'nothing';
    return [`${client} heard ${type} ${id} as number ${seq} of #${ticketId}; the record has ${found}`];
  });

const wrongHeads = (observed: Observations): string[] =>
  observed.heads.flatMap(({ client, audience, ticketId, seq }) => {
    const head = conversationOf(observed, ticketId).events[audience].length;
    return seq <= head ? [] : [`${client} heard of a head ${seq} of #${ticketId}, which ends at ${head}`];
  });
