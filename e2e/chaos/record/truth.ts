import type { WireAudience, WireMessage, WireMessageKind, WireTimelineEvent } from '@parley/socket-events';
import type { ConversationRecord, StoredConversation } from '../checker/observations';
import type { Desk } from '../clients/people';
import type { Stage } from '../stage';
import type { Row } from '../world/mariadb';

const PAGE = 100;

/** The whole truth about each ticket: over REST for both audiences, and from the tables. */
export const readTruth = ({ world, customers, agentDesk }: Stage): Promise<ConversationRecord[]> =>
  Promise.all(
    customers.flatMap(({ desk, ticketId, quietId }) =>
      [ticketId, quietId].map(async (id) => ({
        ticketId: id,
        events: await forBoth(desk, agentDesk, (reader) => pages<WireTimelineEvent>(reader, `/tickets/${id}/events`)),
        messages: await forBoth(desk, agentDesk, (reader) => pages<WireMessage>(reader, `/tickets/${id}/messages`)),
        stored: await readStored((sql) => world.rows(sql, [id])),
      })),
    ),
  );

async function forBoth<Item>(
  customer: Desk,
  agent: Desk,
  read: (reader: Desk) => Promise<Item[]>,
): Promise<Record<WireAudience, Item[]>> {
  return { public: await read(customer), staff: await read(agent) };
}

async function pages<Item extends { seq: number }>(reader: Desk, path: string): Promise<Item[]> {
  const items: Item[] = [];
  for (;;) {
    const page: Item[] = await reader.ask('GET', `${path}?after=${items.at(-1)?.seq ?? 0}&limit=${PAGE}`);
    items.push(...page);
    if (page.length < PAGE) return items;
  }
}

type Rows = (sql: string) => Promise<Row[]>;

async function readStored(rows: Rows): Promise<StoredConversation> {
  const [counters] = await rows('SELECT staffSeq, publicSeq FROM conversations WHERE ticketNumber = ?');
  const events = await rows('SELECT * FROM timeline_events WHERE ticketNumber = ? ORDER BY staffSeq');
  const messages = await rows('SELECT * FROM messages WHERE ticketNumber = ? ORDER BY staffSeq');
  const files = await rows(`SELECT messageId FROM attachments WHERE state = 'bound' AND ticketNumber = ?`);
  const participants = await rows('SELECT * FROM participants WHERE ticketNumber = ?');
  return {
    staffSeq: Number(counters?.['staffSeq']),
    publicSeq: Number(counters?.['publicSeq']),
    events: events.map((row) => ({
      id: String(row['id']),
      staffSeq: Number(row['staffSeq']),
      publicSeq: numberOrNull(row['publicSeq']),
      type: String(row['type']),
      messageId: row['messageId'] ? String(row['messageId']) : null,
    })),
    messages: messages.map((row) => ({
      id: String(row['id']),
      authorId: String(row['authorId']),
      clientMsgId: String(row['clientMsgId']),
      kind: row['kind'] as WireMessageKind,
      staffSeq: Number(row['staffSeq']),
      publicSeq: numberOrNull(row['publicSeq']),
      isRemoved: row['removedAt'] !== null,
      files: files.filter(({ messageId }) => messageId === row['id']).length,
    })),
    participants: participants.map((row) => ({
      userId: String(row['userId']),
      readPublicSeq: Number(row['readPublicSeq']),
      unreadFrom: numberOrNull(row['unreadFrom']),
      unread: Number(row['unread']),
    })),
  };
}

const numberOrNull = (value: Row[string] | undefined): number | null => (value === null ? null : Number(value));
