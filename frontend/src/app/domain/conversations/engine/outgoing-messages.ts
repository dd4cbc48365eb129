import type { WireAttachment, WireMessageKind } from '@parley/socket-events';
import type { TransportError } from './transport';

/** A file that goes with a message: its bytes here, its staged copy on the server, or both. */
export interface OutgoingFile {
  /** Made up on this device; the server knows the file as `attachment.id`. */
  readonly id: string;
  readonly name: string;
  readonly mediaType: string;
  readonly size: number;
  /** Null when only the server has the bytes. */
  readonly blob: Blob | null;
  /** Null until the server has staged it. */
  readonly attachment: WireAttachment | null;
}

export interface OutgoingDraft {
  /** Chosen when the draft was begun; a new UUIDv7 if left out. */
  readonly clientMsgId?: string;
  readonly kind: WireMessageKind;
  readonly body: string;
  readonly files: readonly OutgoingFile[];
  /** How long it can still be taken back before it goes out. */
  readonly holdMs?: number;
}

/**
 * `held` back for a while so that it can be taken back · its files `uploading` · `waiting` for the connection or for its
 * turn · `sending` · `sent` and stored, its event still to come · `failed`: refused for good.
 */
export type PendingState = 'held' | 'uploading' | 'waiting' | 'sending' | 'sent' | 'failed';

/** A message of one's own that is not part of the record yet. */
export interface PendingMessage extends OutgoingDraft {
  readonly clientMsgId: string;
  readonly ticketId: number;
  readonly createdAt: string;
  readonly state: PendingState;
  /** Epoch milliseconds until which it is held; null when it is not held at all. */
  readonly holdUntil: number | null;
  /** How often it was given to the server. */
  readonly attempts: number;
  /** 0 to 1 while its files are uploaded, else null. */
  readonly progress: number | null;
  /** False when this device could not keep it: it would be lost with the page. */
  readonly persisted: boolean;
  /** Why it failed, or why it still waits. */
  readonly error: TransportError | null;
}

/** A message that failed, or that the server has never been given; of any other it may have a copy. */
export function isDiscardable({ state, attempts }: Pick<PendingMessage, 'state' | 'attempts'>): boolean {
  return state === 'failed' || ((state === 'held' || state === 'waiting') && attempts === 0);
}

/** A file of which the server already has the bytes. */
export function stagedFile(attachment: WireAttachment): OutgoingFile {
  const { id, filename, mediaType, size } = attachment;
  return { id, name: filename, mediaType, size, blob: null, attachment };
}
