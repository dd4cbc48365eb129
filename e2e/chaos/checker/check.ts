import { acknowledgedIsStored } from './checks/acknowledged-is-stored';
import { filesAreBound } from './checks/files-are-bound';
import { handedIsDelivered } from './checks/handed-is-delivered';
import { heardIsInTheRecord } from './checks/heard-is-in-the-record';
import { notesAreUnheard } from './checks/notes-are-unheard';
import { notesMoveNoNumber } from './checks/notes-move-no-number';
import { recordIsDense } from './checks/record-is-dense';
import { recordIsStoredOnce } from './checks/record-is-stored-once';
import { refusedIsNotStored } from './checks/refused-is-not-stored';
import { sendersOrderIsKept } from './checks/senders-order-is-kept';
import { viewsEqualTheRecord } from './checks/views-equal-the-record';
import type { Check, Finding, Observations } from './observations';

const RULES: Record<string, Check> = {
  'what was acknowledged is there': acknowledgedIsStored,
  'what was handed over is delivered or kept': handedIsDelivered,
  'what was refused is not stored before Retry': refusedIsNotStored,
  'a message has exactly its files': filesAreBound,
  'nothing is there twice': recordIsStoredOnce,
  'the record is dense and the same for both audiences': recordIsDense,
  'every list equals the record': viewsEqualTheRecord,
  "each sender's order is kept": sendersOrderIsKept,
  'nothing was heard that is not in the record': heardIsInTheRecord,
  'nothing of a note was heard by a customer': notesAreUnheard,
  'no number betrays a note': notesMoveNoNumber,
};

/** Judges a round. An empty list means that every promise was kept. */
export const check = (observed: Observations): Finding[] =>
  Object.entries(RULES).flatMap(([rule, judge]) => judge(observed).map((what) => ({ rule, what })));
