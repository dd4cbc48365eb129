import type { WireMessageKind } from '@parley/socket-events';
import type { OutgoingFile } from './outgoing-messages';
import { TransportError } from './transport';

/** A final refusal, in a form that can be stored. */
export interface Refusal {
  readonly code: string;
  readonly requestId?: string;
}

/** One message as the outbox keeps it. */
export interface OutboxEntry {
  /** Given by the store; lower goes first. */
  readonly place: number;
  readonly userId: string;
  readonly ticketId: number;
  readonly clientMsgId: string;
  readonly kind: WireMessageKind;
  readonly body: string;
  readonly createdAt: string;
  readonly files: readonly OutgoingFile[];
  readonly holdMs: number;
  readonly holdUntil: number | null;
  /** Counted before each sending, so that nobody takes back what the server may have. */
  readonly attempts: number;
  readonly failed: Refusal | null;
  /** Its files were uploaded once more because the server no longer had them. */
  readonly restaged: boolean;
  readonly persisted: boolean;
}

export type NewEntry = Omit<OutboxEntry, 'place' | 'persisted'>;

/** Where files of a draft belong. */
export interface DraftPlace {
  readonly userId: string;
  readonly ticketId: number;
  readonly kind: WireMessageKind;
  readonly clientMsgId: string;
}

/** What a change answers: the entry as it shall be, the same object to leave it, or one of two ways to take it out. */
export type EntryChange = OutboxEntry | 'remove' | 'return-to-draft';

/** The messages on their way, as this device keeps them. All tabs of a browser share one. */
export interface OutboxStore {
  /** Those of one person, in the order of sending. */
  entries(userId: string): Promise<OutboxEntry[]>;
  /**
   * Keeps a message and its bytes, and ends the drafts of its files. An entry of the same person and id that is already
   * there stays and is the answer.
   */
  add(entry: NewEntry): Promise<OutboxEntry>;
  /**
   * Changes one entry as a single step that no other tab can come between. `change` is not called if there is none.
   * `remove` deletes its bytes too; `return-to-draft` keeps them as the files of a draft.
   */
  update(userId: string, clientMsgId: string, change: (entry: OutboxEntry) => EntryChange): Promise<void>;
}

/** The files of drafts, kept where the outbox finds their bytes when the draft is sent. */
export interface DraftFiles {
  /** In the order they were first kept. */
  list(place: DraftPlace): Promise<OutgoingFile[]>;
  /** Keeps a file, or brings it up to date: its staged copy, or the draft it belongs to. */
  keep(place: DraftPlace, file: OutgoingFile): Promise<void>;
  /** Forgets a file. One that meanwhile went into the outbox stays there. */
  drop(fileId: string): Promise<void>;
}

export function refusalError({ code, requestId }: Refusal): TransportError {
  return new TransportError(code, false, undefined, requestId);
}

/** How long a message still has to be held back. A clock that was set back does not hold it for longer than agreed. */
export function heldFor({ holdUntil, holdMs, attempts }: OutboxEntry, now: number): number {
  if (holdUntil === null || attempts > 0) return 0;
  return Math.max(0, Math.min(holdUntil - now, holdMs));
}
