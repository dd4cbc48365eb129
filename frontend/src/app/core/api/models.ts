/**
 * The shapes the API speaks, under the names the client uses. Nothing else in the client names a wire type,
 * so this is the one file that changes when the API document does.
 */
import type {
  WireAttachment,
  WireCategoryRef,
  WireLastMessage,
  WireMessage,
  WireMessageKind,
  WireNotification,
  WireNotificationType,
  WirePresenceState,
  WireRole,
  WireTicketPriority,
  WireTicketStatus,
  WireTicketSummary,
  WireTimelineEvent,
  WireUserRef,
  WireViewer,
} from '@parley/socket-events';

export type Role = WireRole;
export type UserRef = WireUserRef;
export type Viewer = WireViewer;
export type PresenceState = WirePresenceState;

export type TicketStatus = WireTicketStatus;
export type TicketPriority = WireTicketPriority;
export type CategoryRef = WireCategoryRef;
export type LastMessage = WireLastMessage;
export type Attachment = WireAttachment;
export type MessageKind = WireMessageKind;
export type Message = WireMessage;
export type TimelineEvent = WireTimelineEvent;

/** A row of a list, as the REST routes answer it: `unread` is always there, unlike in pushes. */
export type TicketSummary = WireTicketSummary & { unread: number };
/** A row as it is pushed. */
export type PushedTicketSummary = WireTicketSummary;

export interface Ticket extends TicketSummary {
  description: string;
  /** The files given at creation. */
  attachments: Attachment[];
}

/** A number, or "1000+" where counting further would cost too much. */
export type Count = number | string;

export interface TicketCounts {
  all: Count;
  byStatus: Record<TicketStatus, Count>;
  /** Staff only; open and in progress. */
  mine?: Count;
  /** Staff only; open and in progress. */
  unassigned?: Count;
  unread: Count;
}

export interface Category {
  id: string;
  name: string;
  hint: string | null;
  archived: boolean;
}

/** An agent or admin, as offered for assigning. */
export interface Agent extends UserRef {
  presence: PresenceState;
  load: number;
}

export type NotificationType = WireNotificationType;
/** A notice to one person. */
export type UserNotification = WireNotification;

export type ThemeChoice = 'system' | 'light' | 'dark';

export interface Preferences {
  email?: { messages?: boolean; status?: boolean; assignments?: boolean };
  sound?: boolean;
  theme?: ThemeChoice;
  language?: string;
  /** Keys the client may add; the server keeps them. */
  [key: string]: unknown;
}

/** The signed-in person. */
export interface Me {
  id: string;
  email: string;
  name: string;
  role: Role;
  preferences?: Preferences;
}

export interface SignInAnswer {
  accessToken: string;
  tokenType: string;
  /** Seconds until the access token ends. */
  expiresIn: number;
  user: Me;
}

/** One signed-in device of the caller. */
export interface SignedInDevice {
  id: string;
  /** What the browser calls itself. */
  client: string;
  createdAt: string;
  lastSeenAt: string;
  current: boolean;
}

/** A person, as admins and agents see them. */
export interface User {
  id: string;
  email: string;
  name: string;
  role: Role;
  active: boolean;
  invited: boolean;
  createdAt: string;
  online?: boolean;
}

/** An outgoing mail as the server keeps it. */
export interface KeptMail {
  id: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  createdAt: string;
  sentAt: string | null;
  status: 'kept' | 'queued' | 'sent' | 'failed' | 'parked';
}
