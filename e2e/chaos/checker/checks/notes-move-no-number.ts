import type { Observations, Probe, Silence } from '../observations';
import { conversationOf, groupBy, isMessageEvent } from '../record';

/** Counts, versions, times and the order of lists say the same to a customer, however many notes lie between. */
export const notesMoveNoNumber = (observed: Observations): string[] => [
  ...observed.probes.flatMap((probe) => disagreements(observed, probe)),
  ...betrayed(observed.probes, ticketPlace, ticketNumbers),
  ...betrayed(observed.probes, listPlace, listNumbers),
  ...observed.silences.flatMap(broken),
  ...unreadOfCustomers(observed),
];

const ticketPlace = ({ client, ticketId, head }: Probe): string => `${client} at ${head} of #${ticketId}`;
const ticketNumbers = ({ etag, version, updatedAt, lastMessage }: Probe): string =>
  JSON.stringify({ etag, version, updatedAt, lastMessage });

const listPlace = ({ client, allHeads }: Probe): string => `${client} at ${allHeads}`;
const listNumbers = ({ counts, order }: Probe): string => JSON.stringify({ counts, order });

/** Two looks at the same public place must tell the same. */
function betrayed(
  probes: readonly Probe[],
  placeOf: (probe: Probe) => string,
  tell: (probe: Probe) => string,
): string[] {
  return [...groupBy(probes, placeOf)].flatMap(([place, looks]) => {
    const told = [...new Set(looks.map(tell))];
    return told.length > 1 ? [`${place} was told ${told.join(' and ')}`] : [];
  });
}

function disagreements(observed: Observations, probe: Probe): string[] {
  const last = conversationOf(observed, probe.ticketId).events.public[probe.head - 1];
  const place = ticketPlace(probe);
  return [
    ...(last?.at === probe.updatedAt ? [] : [`${place} was told updatedAt ${probe.updatedAt}, not ${last?.at ?? '-'}`]),
    ...(probe.etag === `"${probe.version}"`
      ? []
      : [`${place} was told version ${probe.version} and ETag ${probe.etag}`]),
  ];
}

function broken({ client, when, before, after, pushed }: Silence): string[] {
  const moved = JSON.stringify(before) !== JSON.stringify(after);
  return [
    ...(moved ? [`${client}: ${when} notes alone turned ${JSON.stringify(before)} into ${JSON.stringify(after)}`] : []),
    ...pushed.map((text) => `${client}: ${when}, while only notes were written, this was pushed: ${text}`),
  ];
}

/** A customer has as many unread messages as there are public ones of others after the read mark; removed ones may count. */
function unreadOfCustomers(observed: Observations): string[] {
  const customers = new Set(
    observed.views.filter(({ audience }) => audience === 'public').map(({ personId }) => personId),
  );
  return observed.conversations.flatMap(({ ticketId, stored, events }) =>
    stored.participants
      .filter(({ userId }) => customers.has(userId))
      .flatMap(({ userId, readPublicSeq, unreadFrom, unread }) => {
        const mark = Math.min(readPublicSeq, (unreadFrom ?? Infinity) - 1);
        const later = events.public.filter(
          (event) =>
            isMessageEvent(event) && event.type === 'message.created' && event.seq > mark && event.actor.id !== userId,
        );
        if (unread <= later.length) return [];
        return [
          `${userId} is told of ${unread} unread messages of #${ticketId}, where ${later.length} came after ${mark}`,
        ];
      }),
  );
}
