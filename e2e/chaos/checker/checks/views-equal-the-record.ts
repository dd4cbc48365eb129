import type { Observations, View, ViewEntry } from '../observations';
import { breakIn, conversationOf, shownFor } from '../record';

/** Whatever a client went through: in the end it shows the record of its audience, built up without a gap. */
export const viewsEqualTheRecord = (observed: Observations): string[] =>
  observed.views.flatMap((view) =>
    problemsOf(observed, view).map((what) => `${view.client} on #${view.ticketId}: ${what}`),
  );

function problemsOf(observed: Observations, view: View): string[] {
  if (!view.audience) return ['never saw the conversation'];
  const record = conversationOf(observed, view.ticketId);
  const head = record.events[view.audience].length;
  const gap = breakIn(view.applied);
  return [
    ...(gap ? [`its list was not built in order: ${gap}`] : []),
    ...(view.cursor === head && view.applied.length === head
      ? []
      : [`stands at ${view.cursor}, the record at ${head}`]),
    ...differences(view.entries, shownFor(record, view.audience)),
  ];
}

function differences(shown: readonly ViewEntry[], expected: readonly ViewEntry[]): string[] {
  const place = Array.from({ length: Math.max(shown.length, expected.length) }).findIndex(
    (_entry, index) => asText(shown[index]) !== asText(expected[index]),
  );
  if (place < 0) return [];
  return [`line ${place + 1} shows ${asText(shown[place])}, the record says ${asText(expected[place])}`];
}

function asText(entry: ViewEntry | undefined): string {
  if (!entry) return 'nothing';
  const { seq, type, messageId, body, isRemoved } = entry;
  return `${seq} ${type} ${messageId ?? ''} ${isRemoved ? 'removed' : JSON.stringify(body)}`;
}
