import type {
  WireAttachment,
  WireMessage,
  WireMessageKind,
  WireTimelineEvent,
  WireUserRef,
} from '@parley/socket-events';
import type { ConversationRecord, Handed, Heard, Observations, Probe, StoredEvent, View } from '../observations';
import { audienceNames, shownFor } from '../record';

const cora: WireUserRef = { id: 'cora', name: 'Cora', role: 'customer', online: true };
const ana: WireUserRef = { id: 'ana', name: 'Ana', role: 'agent', online: true };

export const TICKET = 1001;

interface Line {
  readonly author: WireUserRef;
  readonly kind: WireMessageKind;
  readonly body: string;
  readonly files?: number;
}

/** Five messages of two people; the third is a note, the last one was edited. */
const LINES: readonly Line[] = [
  { author: cora, kind: 'chat', body: 'It is broken' },
  { author: ana, kind: 'chat', body: 'Since when?' },
  { author: ana, kind: 'note', body: 'He never says since when' },
  { author: cora, kind: 'chat', body: 'Since today', files: 1 },
  { author: ana, kind: 'chat', body: 'Try it now' },
];
const EDITED = 5;

const FILE: WireAttachment = {
  ...{ id: 'file-1', filename: 'screen.png', mediaType: 'image/png', size: 1, url: '/api/attachments/file-1' },
};

/** A mutable copy of what was observed, so that a test can break one thing in it. */
export type Draft<Value> = Value extends (infer Item)[] | readonly (infer Item)[]
  ? Draft<Item>[]
  : Value extends object
    ? { -readonly [Key in keyof Value]: Draft<Value[Key]> }
    : Value;

/** What is observed of a round in which every promise is kept. */
export function aCleanRound(): Draft<Observations> {
  const record = aRecord();
  const round: Observations = {
    startedAt: Date.UTC(2026, 2, 2, 9),
    conversations: [record],
    handed: LINES.map((line, index) => handed(line, index)),
    acknowledged: LINES.map((line, index) => {
      const audience = line.author.role === 'customer' ? 'public' : 'staff';
      const seq = record.events[audience].find((event) => messageIdOf(event) === `message-${index + 1}`)?.seq ?? 0;
      return { ...handed(line, index), audience, messageId: `message-${index + 1}`, seq };
    }),
    refused: [],
    changed: [
      {
        client: 'ana',
        audience: 'staff',
        ticketId: TICKET,
        messageId: `message-${EDITED}`,
        seq: 7,
        type: 'message.edited',
      },
    ],
    heard: audienceNames.flatMap((audience) => record.events[audience].map((event) => heard(audience, event))),
    heads: [{ client: 'cora', audience: 'public', ticketId: TICKET, seq: 6 }],
    overheard: record.events.public.map((event) => ({
      client: 'cora',
      source: 'ticket:event',
      text: JSON.stringify(event),
    })),
    views: [aView(record, 'cora'), aView(record, 'ana')],
    probes: [aProbe(record), aProbe(record)],
    silences: [{ client: 'cora', when: 'in the end', before: aProbe(record), after: aProbe(record), pushed: [] }],
    crashes: [],
  };
  return structuredClone(round) as Draft<Observations>;
}

function aRecord(): ConversationRecord {
  const rows: StoredEvent[] = [{ id: 'event-1', staffSeq: 1, publicSeq: 1, type: 'ticket.created', messageId: null }];
  for (const [index, { kind }] of LINES.entries()) rows.push(aRow(rows, 'message.created', index + 1, kind));
  rows.push(aRow(rows, 'message.edited', EDITED, 'chat'));
  const staff = rows.map((row) => eventOf(row, row.staffSeq));
  const open = rows.flatMap((row) => (row.publicSeq === null ? [] : [eventOf(row, row.publicSeq)]));
  return {
    ticketId: TICKET,
    events: { staff, public: open },
    messages: { staff: messagesIn(staff), public: messagesIn(open) },
    stored: {
      staffSeq: rows.length,
      publicSeq: open.length,
      events: rows,
      messages: LINES.map((line, index) => {
        const row = rows[index + 1];
        return {
          ...{
            id: `message-${index + 1}`,
            authorId: line.author.id,
            clientMsgId: `client-${index + 1}`,
            kind: line.kind,
          },
          ...{
            staffSeq: row?.staffSeq ?? 0,
            publicSeq: row?.publicSeq ?? null,
            isRemoved: false,
            files: line.files ?? 0,
          },
        };
      }),
      participants: [{ userId: 'cora', readPublicSeq: 4, unreadFrom: null, unread: 1 }],
    },
  };
}

function aRow(before: readonly StoredEvent[], type: string, message: number, kind: WireMessageKind): StoredEvent {
  const publicSeq = kind === 'note' ? null : before.filter((row) => row.publicSeq !== null).length + 1;
  const staffSeq = before.length + 1;
  return { id: `event-${staffSeq}`, staffSeq, publicSeq, type, messageId: `message-${message}` };
}

function eventOf({ id, type, messageId, staffSeq }: StoredEvent, seq: number): WireTimelineEvent {
  const place = Number(messageId?.split('-')[1] ?? 0);
  const line = LINES[place - 1];
  const at = new Date(Date.UTC(2026, 2, 2, 9, staffSeq)).toISOString();
  const actor = line?.author ?? cora;
  const data = line ? { message: messageOf(line, place, seq) } : {};
  return { id, ticketId: TICKET, seq, type, at, actor, data } as WireTimelineEvent;
}

function messageOf({ author, kind, body, files = 0 }: Line, place: number, seq: number): WireMessage {
  return {
    ...{ id: `message-${place}`, ticketId: TICKET, seq, kind, author, clientMsgId: `client-${place}` },
    ...{ body: place === EDITED ? `${body}, please` : body, attachments: Array.from({ length: files }, () => FILE) },
    ...{ createdAt: '2026-03-02T09:00:00.000Z', editedAt: null, removedAt: null },
  };
}

const messagesIn = (events: readonly WireTimelineEvent[]): WireMessage[] =>
  events.flatMap((event) => (event.type === 'message.created' ? [event.data.message] : []));

export const messageIdOf = (event: { data: object }): string | undefined =>
  'message' in event.data ? (event.data.message as WireMessage).id : undefined;

const handed = ({ author, kind, body, files = 0 }: Line, index: number): Handed => ({
  at: index * 1_000,
  client: author.id,
  authorId: author.id,
  ticketId: TICKET,
  clientMsgId: `client-${index + 1}`,
  kind,
  body,
  files,
  by: 'outbox',
});

const heard = (audience: 'public' | 'staff', { seq, id, type }: WireTimelineEvent): Heard => ({
  client: audience === 'staff' ? 'ana' : 'cora',
  ...{ audience, ticketId: TICKET, seq, id, type },
});

function aView(record: ConversationRecord, who: 'cora' | 'ana'): View {
  const audience = who === 'cora' ? 'public' : 'staff';
  const applied = record.events[audience].map(({ seq }) => seq);
  const entries = shownFor(record, audience);
  return {
    client: who,
    personId: who,
    audience,
    ticketId: TICKET,
    applied,
    cursor: applied.length,
    entries,
    pending: [],
  };
}

function aProbe(record: ConversationRecord): Probe {
  const head = record.events.public.length;
  const updatedAt = record.events.public[head - 1]?.at ?? '';
  return {
    ...{
      client: 'cora',
      ticketId: TICKET,
      head,
      etag: '"1"',
      version: 1,
      updatedAt,
      lastMessage: 'Try it now, please',
    },
    ...{ unread: 1, unreadTickets: 1, counts: '{"all":1}', order: '1001', allHeads: String(head) },
  };
}
