import type { WireAttachment, WireDraft } from '@parley/socket-events';

/** What was begun in one ticket and kind, as this device keeps it. */
export interface DraftRecord {
  /** Chosen when the draft was begun; the message is sent with it. */
  readonly clientMsgId: string;
  readonly body: string;
  /** Files that the server already has. */
  readonly attachments: readonly WireAttachment[];
  /** The last number that was shown when the draft was begun. */
  readonly baseSeq: number;
  /** Files that are on this device alone so far. */
  readonly unstaged: number;
  /** Epoch milliseconds of the last change here. */
  readonly changedAt: number;
  /** Mark of what the server has; null when it has nothing of it. */
  readonly saved: string | null;
  /** Mark of what is on its way there. */
  readonly saving: string | null;
  /** A message that was handed over while the server may still keep its draft. */
  readonly sentId: string | null;
}

export interface Meeting {
  readonly record: DraftRecord | null;
  /** Words of the side that lost, for the person to take or leave. */
  readonly spare: string | null;
}

type Content = Pick<DraftRecord, 'clientMsgId' | 'body' | 'attachments'>;

/** Tells contents apart: the same mark is the same draft in the same state. */
export function markOf({ clientMsgId, body, attachments }: Content): string {
  return JSON.stringify([clientMsgId, body, attachments.map(({ id }) => id)]);
}

/** Nothing that the server could keep. */
export const isEmpty = ({ body, attachments }: Pick<DraftRecord, 'body' | 'attachments'>): boolean =>
  body === '' && attachments.length === 0;

/** Nothing to keep here, and nothing to tell the server. */
export const isForgettable = (record: DraftRecord): boolean =>
  isEmpty(record) && record.unstaged === 0 && record.saved === null && record.saving === null && record.sentId === null;

/** A draft that begins now, at what has been shown so far. */
export const begun = (clientMsgId: string, baseSeq: number, sentId: string | null = null): DraftRecord => ({
  clientMsgId,
  body: '',
  attachments: [],
  baseSeq,
  unstaged: 0,
  changedAt: Date.now(),
  saved: null,
  saving: null,
  sentId,
});

/** Whether the server still has to hear of it. */
export function isUnsaved(record: DraftRecord): boolean {
  return isEmpty(record) ? record.saved !== null : record.saved !== markOf(record);
}

/**
 * What becomes of the draft here when the server tells of the one it has, or that it has none. What was not changed
 * here since it was saved follows; if both sides changed, the field that is being written in wins, else the later one.
 */
export function meet(own: DraftRecord | null, theirs: WireDraft | null, isWriting: boolean): Meeting {
  if (theirs === null) return { record: ownWithoutServer(own), spare: null };
  if (own === null) return { record: adopted(theirs, null), spare: null };
  const mark = markOf(theirs);
  if (theirs.clientMsgId === own.sentId) return { record: own, spare: null };
  if (mark === own.saving) return { record: { ...own, saved: mark, saving: null }, spare: null };
  if (mark === own.saved) return { record: own, spare: null };
  if (!isUnsaved(own) || hasSameContent(own, theirs)) return { record: adopted(theirs, own.sentId), spare: null };
  const isOwnKept = isWriting || own.changedAt > Date.parse(theirs.updatedAt);
  const [kept, lost] = isOwnKept ? [own.body, theirs.body] : [theirs.body, own.body];
  const record = isOwnKept ? { ...own, saved: mark } : adopted(theirs, own.sentId);
  const isThere = kept.startsWith(lost.trim()) || kept.includes(`\n${lost.trim()}`);
  return { record, spare: isThere ? null : lost };
}

/** Sent or thrown away elsewhere; what was written here since is still to be kept. */
function ownWithoutServer(own: DraftRecord | null): DraftRecord | null {
  if (own === null) return null;
  const isGone = isEmpty(own) ? own.unstaged === 0 : !isUnsaved(own);
  if (isGone) return null;
  return { ...own, saved: null, saving: null, sentId: null };
}

function hasSameContent(own: DraftRecord, theirs: WireDraft): boolean {
  return markOf({ ...own, clientMsgId: theirs.clientMsgId }) === markOf(theirs);
}

function adopted(theirs: WireDraft, sentId: string | null): DraftRecord {
  const { clientMsgId, body, attachments, baseSeq, updatedAt } = theirs;
  return {
    ...begun(clientMsgId, baseSeq, sentId),
    body,
    attachments,
    changedAt: Date.parse(updatedAt),
    saved: markOf(theirs),
  };
}
