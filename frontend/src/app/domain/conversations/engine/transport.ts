import type { OutgoingFile } from './outgoing-messages';
import type {
  SendAnswer,
  SendRequest,
  SocketErrorCode,
  SubscribeAnswer,
  SubscribeRequest,
  SyncAnswer,
  WireAttachment,
  WireMessageKind,
  WireTimelineEvent,
  WireUserRef,
  WireViewer,
} from '@parley/socket-events';

/** Why the server, or the way to it, refused. `code` is written as on the socket, whichever transport was used. */
export class TransportError extends Error {
  constructor(
    readonly code: SocketErrorCode | 'offline' | 'timeout',
    readonly retryable: boolean,
    readonly retryAfterMs?: number,
    readonly requestId?: string,
  ) {
    super(code);
    this.name = 'TransportError';
  }
}

export function asTransportError(error: unknown): TransportError {
  return error instanceof TransportError ? error : new TransportError('internal', false);
}

/** What the engine hears from the socket about its ticket. */
export interface LiveListener {
  /** The socket is usable, for the first time or again; every subscription has to be made anew. */
  connected(): void;
  disconnected(): void;
  event(event: WireTimelineEvent): void;
  head(seq: number): void;
  read(userId: string, seq: number): void;
  typing(user: WireUserRef, active: boolean): void;
  viewers(users: WireViewer[]): void;
}

/** What both ways to the server can do. A refusal rejects with a {@link TransportError}. */
export interface MessageTransport {
  send(request: SendRequest): Promise<SendAnswer>;
  edit(ticketId: number, messageId: string, body: string): Promise<{ seq: number }>;
  remove(ticketId: number, messageId: string): Promise<{ seq: number }>;
  markRead(ticketId: number, seq: number): Promise<void>;
}

/** The socket. */
export interface LiveTransport extends MessageTransport {
  readonly connected: boolean;
  /** Tells every connect and every loss; the returned function ends it. */
  onConnection(listener: (connected: boolean) => void): () => void;
  /** Starts telling `listener` about this ticket; the returned function ends it. */
  listen(ticketId: number, listener: LiveListener): () => void;
  subscribe(request: SubscribeRequest): Promise<SubscribeAnswer>;
  unsubscribe(ticketId: number): void;
  sync(request: SubscribeRequest): Promise<SyncAnswer>;
  typing(ticketId: number, active: boolean, kind: WireMessageKind): void;
}

/** The REST twins, for when the socket can't be used. */
export interface RestTransport extends MessageTransport {
  events(request: SubscribeRequest): Promise<SyncAnswer>;
  /** From this message on it counts as unread for this person. */
  markUnread(ticketId: number, seq: number): Promise<void>;
}

/** The way of the bytes. Rejects with a {@link TransportError}. */
export interface Uploads {
  /** Stages a file for a message of this ticket. `progress` hears 0 to 1; a `signal` that aborts ends it. */
  upload(
    ticketId: number,
    file: OutgoingFile,
    progress?: (sent: number) => void,
    signal?: AbortSignal,
  ): Promise<WireAttachment>;
}
