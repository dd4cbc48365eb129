import type { Handed, Observations } from '../observations';
import { groupBy, messageOf } from '../record';

/** A message from when it was handed over until Retry was pressed for the last time, which most never need. */
interface Sent {
  readonly body: string;
  readonly lane: string;
  readonly from: number;
  readonly to: number;
  readonly place: number;
}

/** What one person sent in one tab stands in the record in the order of sending. */
export const sendersOrderIsKept = (observed: Observations): string[] => {
  const handed = observed.handed.filter(({ by }) => by === 'outbox');
  const sent = [...groupBy(handed, ({ clientMsgId }) => clientMsgId).values()].flatMap((hands) =>
    sentOf(observed, hands),
  );
  return [...groupBy(sent, ({ lane }) => lane).values()].flatMap(swaps);
};

function sentOf(observed: Observations, hands: readonly Handed[]): Sent[] {
  const byTime = hands.toSorted((one, other) => one.at - other.at);
  const [first, last] = [byTime[0], byTime.at(-1)];
  const stored = first && messageOf(observed, first);
  if (!first || !last || !stored) return [];
  const lane = `${first.client} on #${first.ticketId}`;
  return [{ body: first.body, lane, from: first.at, to: last.at, place: stored.staffSeq }];
}

const swaps = (sent: readonly Sent[]): string[] =>
  sent.flatMap((later) => {
    const before = sent.find((earlier) => earlier.to < later.from && earlier.place > later.place);
    return before ? [`${later.lane}: "${later.body}" stands before "${before.body}", sent earlier`] : [];
  });
