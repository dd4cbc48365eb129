/**
 * The socket vocabulary: every event, its payload and its acknowledgement, typed once.
 * The server and the Angular client both compile against this file, so it imports nothing and holds no code.
 * `docs/socket-events.md` says what each event means and when it is sent.
 */

export type WireRole = 'customer' | 'agent' | 'admin';
export type WireTicketStatus = 'open' | 'in_progress' | 'resolved' | 'closed';
export type WireTicketPriority = 'low' | 'medium' | 'high' | 'urgent';
export type WireMessageKind = 'chat' | 'comment' | 'note';
export type WirePresenceState = 'online' | 'away' | 'offline';
export type WireAudience = 'public' | 'staff';

/** A person as others see them: never an e-mail address. */
export interface WireUserRef {
  id: string;
  name: string;
  role: WireRole;
  online: boolean;
}

export interface WireCategoryRef {
  id: string;
  name: string;
}

export interface WireAttachment {
  id: string;
  filename: string;
  mediaType: string;
  /** Bytes as stored. */
  size: number;
  width?: number;
  height?: number;
  /** Signed for the caller in REST answers; the plain path, fetched with the token, in socket payloads. */
  url: string;
  thumbnailUrl?: string;
}

export interface WireMessage {
  id: string;
  ticketId: number;
  /** The message's place in the numbering of the caller's audience. */
  seq: number;
  kind: WireMessageKind;
  /** Absent once the message was removed. */
  body?: string;
  clientMsgId: string;
  author: WireUserRef;
  /** Absent once the message was removed. */
  attachments?: WireAttachment[];
  createdAt: string;
  editedAt: string | null;
  removedAt: string | null;
}

export interface WireLastMessage {
  author: WireUserRef;
  excerpt: string;
  at: string;
}

/** A row of a list. `unread` is absent in pushes, because it differs from reader to reader. */
export interface WireTicketSummary {
  id: number;
  subject: string;
  category: WireCategoryRef | null;
  priority: WireTicketPriority;
  status: WireTicketStatus;
  requester: WireUserRef;
  assignee: WireUserRef | null;
  /** Staff only. */
  tags?: string[];
  /** Staff only: the customer waits for a word. */
  needsReply?: boolean;
  /** Staff only: how often it was opened again. */
  reopenCount?: number;
  unread?: number;
  lastMessage: WireLastMessage | null;
  createdAt: string;
  updatedAt: string;
  firstRespondedAt: string | null;
  resolvedAt: string | null;
  closedAt: string | null;
  version: number;
}

/** What its reader has begun to write, on whatever device, and not sent yet. */
export interface WireDraft {
  ticketId: number;
  kind: WireMessageKind;
  /** As typed; may be empty beside files. */
  body: string;
  attachments: WireAttachment[];
  /** The message is to be sent with it. */
  clientMsgId: string;
  /** The last number that was shown when the draft was begun. */
  baseSeq: number;
  updatedAt: string;
}

interface TimelineEventOf<Type extends string, Data> {
  id: string;
  ticketId: number;
  /** Dense, from 1, in the numbering of the caller's audience. */
  seq: number;
  type: Type;
  at: string;
  actor: WireUserRef;
  data: Data;
}

export interface WireChange<Value> {
  from: Value;
  to: Value;
}

/** One entry of a ticket's timeline. */
export type WireTimelineEvent =
  | TimelineEventOf<
      'ticket.created' | 'ticket.deleted' | 'ticket.restored' | 'description.changed',
      Record<string, never>
    >
  | TimelineEventOf<'message.created' | 'message.edited' | 'message.removed', { message: WireMessage }>
  /** `undone`: the actor took their last step back. */
  | TimelineEventOf<'status.changed', WireChange<WireTicketStatus> & { undone?: true }>
  | TimelineEventOf<'priority.changed', WireChange<WireTicketPriority>>
  | TimelineEventOf<'assignee.changed', WireChange<WireUserRef | null>>
  | TimelineEventOf<'category.changed', WireChange<WireCategoryRef | null>>
  | TimelineEventOf<'subject.changed', WireChange<string>>
  | TimelineEventOf<'tags.changed', WireChange<string[]>>
  | TimelineEventOf<'needs-reply.changed', WireChange<boolean>>;

export type WireNotificationType =
  'ticket.created' | 'ticket.assigned' | 'message.created' | 'status.changed' | 'priority.changed' | 'mention';

/** Why somebody is told; listeners asked to hear of all tickets, or of new ones. */
export type WireNoticeReason = 'requester' | 'assignee' | 'mentioned' | 'follower' | 'listener';

export interface WireNotification {
  id: string;
  type: WireNotificationType;
  ticketId: number;
  title: string;
  text: string;
  actor: WireUserRef | null;
  createdAt: string;
  readAt: string | null;
  /** Null for what was stored before reasons were. */
  reason: WireNoticeReason | null;
}

/** A new notice; whether it may be shown on the desktop and be heard, which quiet hours forbid. */
export interface WireNewNotification extends WireNotification {
  alerts: { desktop: boolean; sound: boolean };
}

export interface WireViewer extends WireUserRef {
  state: 'viewing' | 'composing';
}

export type SocketErrorCode =
  | 'unauthenticated'
  | 'not_found'
  | 'forbidden'
  | 'validation'
  | 'too_large'
  | 'conflict'
  | 'ticket_closed'
  | 'rate_limited'
  | 'unavailable'
  | 'internal'
  | (string & {});

export interface SocketError {
  code: SocketErrorCode;
  /** Whether the same frame, sent again, can succeed. */
  retryable: boolean;
  retryAfterMs?: number;
}

/** Every client event is acknowledged exactly once with one of these. */
export type Ack<Result extends object> = ({ ok: true } & Result) | { ok: false; error: SocketError };

export interface SubscribeRequest {
  ticketId: number;
  /** The highest number already applied; 0 for none. */
  after: number;
  /** The numbering that `after` belongs to; absent on the first subscription. */
  stream?: string;
}

export interface SyncAnswer {
  stream: string;
  head: number;
  /** At most 200, oldest first. */
  events: WireTimelineEvent[];
  hasMore: boolean;
  /** The numbering changed: forget what was shown, these events start from 0. */
  reset?: boolean;
}

export interface SubscribeAnswer extends SyncAnswer {
  audience: WireAudience;
  /** Read marks in the caller's numbering, by user id; towards customers all staff are the one key `staff`. */
  readSeq: Record<string, number>;
  /** Staff only. */
  viewers?: WireViewer[];
}

export interface SendRequest {
  ticketId: number;
  /** A UUID in lower case, the same on every retry. */
  clientMsgId: string;
  kind: WireMessageKind;
  body: string;
  attachmentIds?: string[];
}

export interface SendAnswer {
  message: WireMessage;
  seq: number;
  /** True when this very message had been stored before. */
  duplicate: boolean;
}

type Emit<Request, Answer extends object> = (request: Request, acknowledge: (answer: Ack<Answer>) => void) => void;
type Nothing = Record<never, never>;

export interface ClientToServerEvents {
  'ticket:subscribe': Emit<SubscribeRequest, SubscribeAnswer>;
  'ticket:sync': Emit<SubscribeRequest, SyncAnswer>;
  'ticket:unsubscribe': Emit<{ ticketId: number }, Nothing>;
  'message:send': Emit<SendRequest, SendAnswer>;
  'message:edit': Emit<{ ticketId: number; messageId: string; body: string }, { seq: number }>;
  'message:remove': Emit<{ ticketId: number; messageId: string }, { seq: number }>;
  'read:mark': Emit<{ ticketId: number; seq: number }, Nothing>;
  typing: Emit<{ ticketId: number; active: boolean; kind: WireMessageKind }, Nothing>;
  'auth:refresh': Emit<{ token: string }, Nothing>;
  'presence:set': Emit<{ state: 'online' | 'away' }, Nothing>;
}

export interface ServerToClientEvents {
  'ticket:event': (event: WireTimelineEvent) => void;
  'ticket:head': (head: { ticketId: number; seq: number }) => void;
  'ticket:read': (mark: { ticketId: number; userId: string; seq: number }) => void;
  'ticket:typing': (typing: { ticketId: number; user: WireUserRef; active: boolean }) => void;
  'ticket:viewers': (viewers: { ticketId: number; users: WireViewer[] }) => void;
  'ticket:changed': (change: { ticketId: number; summary: WireTicketSummary }) => void;
  'ticket:removed': (removal: { ticketId: number }) => void;
  presence: (presence: { userId: string; state: WirePresenceState }) => void;
  notification: (notification: WireNewNotification) => void;
  'draft:changed': (change: { ticketId: number; kind: WireMessageKind; draft: WireDraft | null }) => void;
  unread: (unread: { tickets: number; notifications: number }) => void;
  'server:draining': () => void;
  'session:ended': (ended: { reason: string }) => void;
  'rights:changed': (rights: { role: WireRole }) => void;
}
