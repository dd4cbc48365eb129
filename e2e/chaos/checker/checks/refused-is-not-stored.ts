import type { Handed, Observations, Refused } from '../observations';
import { conversationOf, groupBy, isMessageEvent, messageOf } from '../record';
import { UNSAVED_WITHIN_MS } from './handed-is-delivered';

/** Once a message is shown as refused, no earlier try of it may still be stored: only pressing Retry sends it again. */
export const refusedIsNotStored = (observed: Observations): string[] => {
  const hands = groupBy(
    observed.handed.filter(({ by }) => by === 'outbox'),
    ({ clientMsgId }) => clientMsgId,
  );
  return observed.refused.flatMap((refused) => complaint(observed, hands.get(refused.clientMsgId) ?? [], refused));
};

function complaint(
  observed: Observations,
  hands: readonly Handed[],
  { client, clientMsgId, at, code }: Refused,
): string[] {
  const [first] = hands;
  if (!first || diedUnsaved(observed, client, at)) return [];
  const storedAt = storedAtOf(observed, first);
  const triedAgainAt = hands.find((hand) => hand.at >= at)?.at ?? Infinity;
  if (storedAt === undefined || storedAt <= at || storedAt >= triedAgainAt) return [];
  return [
    `"${first.body}" of ${client} (${clientMsgId}) was refused (${code}) at ${at} ms, and stored at ${storedAt} ms`,
  ];
}

const diedUnsaved = ({ crashes }: Observations, client: string, at: number): boolean =>
  crashes.some((crash) => crash.client === client && crash.at >= at && crash.at - at <= UNSAVED_WITHIN_MS);

function storedAtOf(observed: Observations, handed: Handed): number | undefined {
  const stored = messageOf(observed, handed);
  const event = conversationOf(observed, handed.ticketId).events.staff.find(
    (candidate) =>
      isMessageEvent(candidate) && candidate.type === 'message.created' && candidate.data.message.id === stored?.id,
  );
  return event && Date.parse(event.at) - observed.startedAt;
}
