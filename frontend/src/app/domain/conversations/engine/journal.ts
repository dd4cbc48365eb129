import type { NewEntry } from './outbox-store';

/**
 * Takes a message down in the very moment it is given: the store needs a little longer, and the page may be gone by then.
 * Only words; the bytes of files are kept since they were added to the draft.
 */
export interface Journal {
  note(entry: NewEntry): void;
  /** The store has it, or nobody needs it any more. */
  forget(userId: string, clientMsgId: string): void;
  /** What was noted and never forgotten, oldest first. */
  left(userId: string): NewEntry[];
}

export const noJournal: Journal = {
  note: () => undefined,
  forget: () => undefined,
  left: () => [],
};
