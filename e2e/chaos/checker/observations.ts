import type { WireAudience, WireMessage, WireMessageKind, WireTimelineEvent } from '@parley/socket-events';

/** Everything that one round has observed, as plain data: what the checker judges, and all that it knows. */
export interface Observations {
  /** When the round began, in milliseconds since 1970; the server's clock is ours. */
  readonly startedAt: number;
  readonly conversations: readonly ConversationRecord[];
  readonly handed: readonly Handed[];
  readonly acknowledged: readonly Acknowledged[];
  readonly refused: readonly Refused[];
  readonly changed: readonly AcknowledgedChange[];
  readonly heard: readonly Heard[];
  readonly heads: readonly HeardHead[];
  readonly overheard: readonly Overheard[];
  readonly views: readonly View[];
  readonly probes: readonly Probe[];
  readonly silences: readonly Silence[];
  readonly crashes: readonly Crash[];
}

/** What is true of one ticket in the end: over REST for both audiences, and as the tables have it. */
export interface ConversationRecord {
  readonly ticketId: number;
  readonly events: Readonly<Record<WireAudience, readonly WireTimelineEvent[]>>;
  readonly messages: Readonly<Record<WireAudience, readonly WireMessage[]>>;
  readonly stored: StoredConversation;
}

export interface StoredConversation {
  readonly staffSeq: number;
  readonly publicSeq: number;
  readonly events: readonly StoredEvent[];
  readonly messages: readonly StoredMessage[];
  readonly participants: readonly StoredParticipant[];
}

export interface StoredEvent {
  readonly id: string;
  readonly staffSeq: number;
  readonly publicSeq: number | null;
  readonly type: string;
  readonly messageId: string | null;
}

export interface StoredMessage {
  readonly id: string;
  readonly authorId: string;
  readonly clientMsgId: string;
  readonly kind: WireMessageKind;
  readonly staffSeq: number;
  readonly publicSeq: number | null;
  readonly isRemoved: boolean;
  /** How many files are bound to it. */
  readonly files: number;
}

export interface StoredParticipant {
  readonly userId: string;
  readonly readPublicSeq: number;
  /** The number from which on the person keeps messages unread, in the person's numbering. */
  readonly unreadFrom: number | null;
  readonly unread: number;
}

/** A message that a person meant to send, or pressed Retry at; times count in milliseconds from the start of the round. */
export interface Handed {
  readonly at: number;
  readonly client: string;
  readonly authorId: string;
  readonly ticketId: number;
  readonly clientMsgId: string;
  readonly kind: WireMessageKind;
  readonly body: string;
  /** How many files go with it. */
  readonly files: number;
  /** `outbox`: must be kept in order and delivered. `direct`: sent past it, to repeat one id over both transports. */
  readonly by: 'outbox' | 'direct';
}

/** The server said: stored. */
export interface Acknowledged {
  readonly client: string;
  readonly audience: WireAudience;
  readonly authorId: string;
  readonly ticketId: number;
  readonly clientMsgId: string;
  readonly messageId: string;
  readonly seq: number;
}

/** The server said: not this one, such as in a closed ticket. From then on it waits for somebody to press Retry. */
export interface Refused {
  readonly at: number;
  readonly client: string;
  readonly clientMsgId: string;
  readonly code: string;
}

/** The server said: edited, or removed. */
export interface AcknowledgedChange {
  readonly client: string;
  readonly audience: WireAudience;
  readonly ticketId: number;
  readonly messageId: string;
  readonly seq: number;
  readonly type: 'message.edited' | 'message.removed';
}

/** An event that reached a client, by push or in a page of answers. */
export interface Heard {
  readonly client: string;
  readonly audience: WireAudience;
  readonly ticketId: number;
  readonly seq: number;
  readonly id: string;
  readonly type: string;
}

export interface HeardHead {
  readonly client: string;
  readonly audience: WireAudience;
  readonly ticketId: number;
  readonly seq: number;
}

/** A text that reached a customer's machine, whatever it was. */
export interface Overheard {
  readonly client: string;
  readonly source: string;
  readonly text: string;
}

/** What a client shows of one ticket in the end. */
export interface View {
  readonly client: string;
  readonly personId: string;
  readonly audience: WireAudience | null;
  readonly ticketId: number;
  /** The numbers in the order in which they became part of the list, since it was last begun anew. */
  readonly applied: readonly number[];
  readonly cursor: number;
  readonly entries: readonly ViewEntry[];
  readonly pending: readonly ViewPending[];
}

export interface ViewEntry {
  readonly seq: number;
  readonly type: string;
  readonly messageId: string | null;
  readonly body: string | null;
  readonly isRemoved: boolean;
}

export interface ViewPending {
  readonly clientMsgId: string;
  readonly state: string;
  readonly error: string | null;
}

/** What the numbers around a ticket tell its customer at one moment at which no public event came in between. */
export interface Probe {
  readonly client: string;
  readonly ticketId: number;
  readonly head: number;
  readonly etag: string;
  readonly version: number;
  readonly updatedAt: string;
  readonly lastMessage: string;
  readonly unread: number;
  readonly unreadTickets: number;
  /** `/tickets/counts` but for unread, and the order of the list, with the heads of all tickets they were read at. */
  readonly counts: string;
  readonly order: string;
  readonly allHeads: string;
}

/** A stretch in which staff alone worked on notes: nothing may have moved for the customer. */
export interface Silence {
  readonly when: string;
  readonly client: string;
  readonly before: Probe;
  readonly after: Probe;
  readonly pushed: readonly string[];
}

/** A client that was thrown away in mid-flight, with what was in its memory alone. */
export interface Crash {
  readonly client: string;
  readonly at: number;
}

/** One broken promise, in words. */
export interface Finding {
  readonly rule: string;
  readonly what: string;
}

export type Check = (observed: Observations) => string[];
