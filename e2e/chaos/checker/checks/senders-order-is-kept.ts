import type { Handed, Observations } from '../observations';
import { conversationOf, groupBy } from '../record';

/** What one person sent in one tab stands in the record in the order of sending, but for what was refused in between. */
export const sendersOrderIsKept = (observed: Observations): string[] => {
  const refused = new Set(observed.refused.map(({ clientMsgId }) => clientMsgId));
  const kept = observed.handed.filter(({ by, clientMsgId }) => by === 'outbox' && !refused.has(clientMsgId));
  const lanes = groupBy(
    kept.toSorted((one, other) => one.at - other.at),
    ({ client, ticketId }) => `${client} on #${ticketId}`,
  );
  return [...lanes].flatMap(([lane, handed]) => swaps(observed, lane, handed));
};

function swaps(observed: Observations, lane: string, handed: readonly Handed[]): string[] {
  const places = handed.flatMap((message) => {
    const place = placeOf(observed, message);
    return place === undefined ? [] : [{ place, body: message.body }];
  });
  return places.flatMap(({ place, body }, index) => {
    const before = places[index - 1];
    return before && before.place > place ? [`${lane}: "${body}" stands before "${before.body}", sent earlier`] : [];
  });
}

const placeOf = (observed: Observations, { ticketId, authorId, clientMsgId }: Handed): number | undefined =>
  conversationOf(observed, ticketId).stored.messages.find(
    (message) => message.authorId === authorId && message.clientMsgId === clientMsgId,
  )?.staffSeq;
