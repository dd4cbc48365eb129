import type { ConversationSnapshot } from '../../../frontend/src/app/domain/conversations/engine/conversation-snapshot';
import type { TimelineEntry } from '../../../frontend/src/app/domain/conversations/engine/timeline-log';
import type { View, ViewEntry } from '../checker/observations';
import type { Person } from './people';

/** What a tab shows of one ticket, in the terms of the checker. */
export function viewOf(
  { name, person }: { readonly name: string; readonly person: Person },
  ticketId: number,
  { phase, cursor, entries, pending }: ConversationSnapshot,
  applied: readonly number[],
): View {
  const audience = person.role === 'customer' ? 'public' : 'staff';
  return {
    client: name,
    personId: person.id,
    audience: phase === 'ready' ? audience : null,
    ticketId,
    applied,
    cursor,
    entries: entries.map(entryOf),
    pending: pending.map(({ clientMsgId, state, error }) => ({ clientMsgId, state, error: error?.code ?? null })),
  };
}

function entryOf(entry: TimelineEntry): ViewEntry {
  if (entry.type === 'change')
    return { seq: entry.seq, type: entry.event.type, messageId: null, body: null, isRemoved: false };
  const { id, body, removedAt } = entry.message;
  return {
    ...{ seq: entry.seq, type: 'message.created', messageId: id, body: body ?? null },
    isRemoved: removedAt !== null,
  };
}
