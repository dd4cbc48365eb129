import type { ConversationRecord, Observations } from '../observations';
import { breakIn } from '../record';

/** Both numberings run without a gap, and the public history is the staff's without what is for staff only. */
export const recordIsDense = (observed: Observations): string[] => observed.conversations.flatMap(problemsOf);

function problemsOf({ ticketId, events, stored }: ConversationRecord): string[] {
  const rows = stored.events.toSorted((one, other) => one.staffSeq - other.staffSeq);
  const publicRows = rows.filter(({ publicSeq }) => publicSeq !== null);
  const numberings = {
    'the staff history': events.staff.map(({ seq }) => seq),
    'the public history': events.public.map(({ seq }) => seq),
    'the stored staff numbers': rows.map(({ staffSeq }) => staffSeq),
    'the stored public numbers': publicRows.map(({ publicSeq }) => publicSeq ?? 0),
  };
  const pairs: [string, unknown, unknown][] = [
    ['staff counter', stored.staffSeq, rows.length],
    ['public counter', stored.publicSeq, publicRows.length],
    ['staff history', idsOf(events.staff), idsOf(rows)],
    ['public history', idsOf(events.public), idsOf(publicRows)],
  ];
  return [
    ...Object.entries(numberings).flatMap(([name, numbers]) => {
      const gap = breakIn(numbers);
      return gap ? [`${name} of #${ticketId} is not dense: ${gap}`] : [];
    }),
    ...pairs
      .filter(([, told, stands]) => told !== stands)
      .map(([name]) => `the ${name} of #${ticketId} differs from what is stored`),
  ];
}

const idsOf = (events: readonly { id: string }[]): string => events.map(({ id }) => id).join();
