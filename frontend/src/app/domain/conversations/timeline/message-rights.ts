import { MessageKind, TicketStatus } from '../../../core/api/models';
import { ShownMessage } from './timeline-items';

/** The author may change a message for this long. */
const EDIT_WINDOW_MS = 15 * 60_000;

export interface MessageRights {
  /** Whole minutes left, at least 1, or null when it can't be edited. */
  readonly editMinutes: number | null;
  readonly remove: boolean;
}

export interface RightsReader {
  readonly selfId: string;
  readonly staff: boolean;
  readonly status: TicketStatus;
  readonly now: number;
}

/** What is offered at a message; the server has the last word. */
export function messageRights({ stored }: ShownMessage, reader: RightsReader): MessageRights {
  if (!stored || stored.removedAt) return { editMinutes: null, remove: false };
  const left = Date.parse(stored.createdAt) + EDIT_WINDOW_MS - reader.now;
  const own = stored.author.id === reader.selfId && left > 0 && !isFrozen(stored.kind, reader);
  return { editMinutes: own ? Math.max(1, Math.floor(left / 60_000)) : null, remove: own || reader.staff };
}

/** A closed ticket is closed for what customers write; staff still work on comments and notes. */
function isFrozen(kind: MessageKind, { status, staff }: RightsReader): boolean {
  return status === 'closed' && (!staff || kind === 'chat');
}
