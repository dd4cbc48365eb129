import type { WireAudience, WireUserRef, WireViewer } from '@parley/socket-events';
import type { PendingMessage } from './outgoing-messages';
import type { TimelineEntry } from './timeline-log';
import type { TransportError } from './transport';

/** `connecting`: not yet decided · `live`: by socket · `polling`: by REST · `offline`: neither answers. */
export type Connection = 'connecting' | 'live' | 'polling' | 'offline';

/** All that a screen needs to draw one conversation. Replaced as a whole whenever anything in it changes. */
export interface ConversationSnapshot {
  /** `refused`: the ticket is gone or no longer one's own. */
  readonly phase: 'loading' | 'ready' | 'refused';
  readonly refusal: TransportError | null;
  readonly connection: Connection;
  readonly audience: WireAudience | null;
  readonly entries: readonly TimelineEntry[];
  readonly pending: readonly PendingMessage[];
  /** The highest number with all lower ones applied. */
  readonly cursor: number;
  /** Read marks by user id; towards customers all staff are the one key `staff`. */
  readonly readSeq: Readonly<Record<string, number>>;
  readonly viewers: readonly WireViewer[];
  readonly typing: readonly WireUserRef[];
}
