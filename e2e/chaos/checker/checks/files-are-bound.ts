import type { Handed, Observations } from '../observations';
import { conversationOf, isMessageEvent, messageOf } from '../record';

/** A message was never stored without its files, and has them once; with a removed one they are gone. */
export const filesAreBound = (observed: Observations): string[] => [
  ...new Set(observed.handed.flatMap((handed) => problemsOf(observed, handed))),
];

function problemsOf(observed: Observations, handed: Handed): string[] {
  const stored = messageOf(observed, handed);
  if (!stored) return [];
  const expected = stored.isRemoved ? 0 : handed.files;
  const shown = conversationOf(observed, handed.ticketId).events.staff.flatMap((event) =>
    isMessageEvent(event) && event.type === 'message.created' && event.data.message.id === stored.id
      ? [event.data.message.attachments?.length ?? 0]
      : [],
  );
  return [stored.files, ...shown]
    .filter((count) => count !== expected)
    .map((count) => `"${handed.body}" of ${handed.client} has ${count} files, not ${expected}`);
}
