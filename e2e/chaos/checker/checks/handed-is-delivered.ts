import type { Handed, Observations } from '../observations';
import { messageOf } from '../record';

/** So soon before a crash the disk may not have had it yet: it was never shown as more than waiting. */
export const UNSAVED_WITHIN_MS = 250;
/** Refusals that are right: the ticket was closed when its turn came. */
const RIGHTLY_REFUSED = new Set(['ticket_closed']);

/** What an outbox was given is in the record, or is still shown by it as refused for a good reason. */
export const handedIsDelivered = (observed: Observations): string[] =>
  observed.handed
    .filter((handed) => handed.by === 'outbox' && !messageOf(observed, handed) && !diedUnsaved(observed, handed))
    .flatMap((handed) => complaint(observed, handed));

const diedUnsaved = ({ crashes }: Observations, { client, at }: Handed): boolean =>
  crashes.some((crash) => crash.client === client && crash.at >= at && crash.at - at <= UNSAVED_WITHIN_MS);

function complaint(observed: Observations, { client, authorId, ticketId, clientMsgId, body }: Handed): string[] {
  const pending = observed.views
    .filter((view) => view.personId === authorId && view.ticketId === ticketId)
    .flatMap((view) => view.pending)
    .find((message) => message.clientMsgId === clientMsgId);
  const name = `"${body}" of ${client} (${clientMsgId})`;
  if (!pending) return [`${name} is neither in the record of #${ticketId} nor in the outbox`];
  if (pending.state === 'failed' && RIGHTLY_REFUSED.has(pending.error ?? '')) return [];
  return [`${name} is still ${pending.state} in the outbox (${pending.error ?? 'no error'})`];
}
