/** What the kept counts of unread messages must be, worked out from the messages themselves. */
const WRONG_COUNTS = `
  SELECT * FROM (
    SELECT reading.userId, reading.ticketNumber, reading.unread AS kept, (
      SELECT COUNT(*) FROM messages said
      WHERE said.ticketNumber = reading.ticketNumber AND said.authorId <> reading.userId AND said.removedAt IS NULL
        AND CASE WHEN person.role = 'customer' THEN said.publicSeq > reading.readPublicSeq
                 ELSE said.staffSeq > reading.readStaffSeq END
    ) AS counted
    FROM participants reading JOIN users person ON person.id = reading.userId
    WHERE reading.holds = 1 OR reading.follows = 1 OR reading.wrote = 1
  ) counts WHERE kept <> counted`;

const MESSAGES_WITHOUT_EVENT = `
  SELECT said.id FROM messages said LEFT JOIN timeline_events event
    ON event.ticketNumber = said.ticketNumber AND event.messageId = said.id AND event.type = 'message.created'
      AND event.staffSeq = said.staffSeq
  WHERE event.id IS NULL`;

const EVENTS_WITHOUT_MESSAGE = `
  SELECT event.id FROM timeline_events event LEFT JOIN messages said ON said.id = event.messageId
  WHERE event.type LIKE 'message.%' AND said.id IS NULL`;

const WRONG_HEADS = `
  SELECT heads.* FROM (
    SELECT talk.ticketNumber, talk.staffSeq, talk.publicSeq,
      COUNT(event.id) AS events, COUNT(event.publicSeq) AS publicEvents,
      COALESCE(MAX(event.staffSeq), 0) AS lastStaff, COALESCE(MAX(event.publicSeq), 0) AS lastPublic
    FROM conversations talk LEFT JOIN timeline_events event ON event.ticketNumber = talk.ticketNumber
    GROUP BY talk.ticketNumber, talk.staffSeq, talk.publicSeq
  ) heads WHERE staffSeq <> events OR staffSeq <> lastStaff OR publicSeq <> publicEvents OR publicSeq <> lastPublic`;

/** Queries that find nothing in a sound database, by what they look for. */
const INCONSISTENCIES = { WRONG_COUNTS, MESSAGES_WITHOUT_EVENT, EVENTS_WITHOUT_MESSAGE, WRONG_HEADS };

/** Everything in the rows that cannot be: halves of what belongs together, gaps in numbers, wrong counts. */
export async function inconsistencies(ask: (sql: string) => Promise<unknown[]>): Promise<Record<string, unknown[]>> {
  const found: Record<string, unknown[]> = {};
  for (const [name, sql] of Object.entries(INCONSISTENCIES)) {
    const rows = await ask(sql);
    if (rows.length) found[name] = rows;
  }
  return found;
}
