import { DestroyRef, Injectable, computed, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { Subject } from 'rxjs';
import { uuidv7 } from 'uuidv7';

import { Attachment, MessageKind } from '../../../core/api/models';
import { RealtimeConnection } from '../../../core/socket/realtime-connection';
import { DraftBook } from './draft-book';
import { DraftRecord, begun, isEmpty, isUnsaved } from './draft-record';
import { DraftPlace, DraftShelf } from './draft-shelf';
import { DraftMeeting, DraftSync } from './draft-sync';

const KEEP_AFTER_MS = 300;
const NOTHING: Records = { chat: null, comment: null, note: null };

type Records = Readonly<Record<MessageKind, DraftRecord | null>>;

/** Words that were written elsewhere at the same time, and that are not in the field. */
export interface SpareWords {
  readonly kind: MessageKind;
  readonly body: string;
}

/** The drafts of the ticket that is open, one for each kind: kept as they grow, and followed when they change elsewhere. */
@Injectable()
export class OpenDrafts {
  private readonly shelf = inject(DraftShelf);
  private readonly sync = inject(DraftSync);
  private readonly book = inject(DraftBook);
  private readonly connection = inject(RealtimeConnection);
  private readonly records = signal<Records>(NOTHING);
  private readonly replacedKinds = new Subject<MessageKind>();
  private readonly touched = new Set<MessageKind>();
  private ticketId: number | null = null;
  private keepTimer: ReturnType<typeof setTimeout> | undefined;

  readonly spare = signal<SpareWords | null>(null);
  /** The draft of this kind is another one now, by what was done on another page or device. */
  readonly replaced = this.replacedKinds.asObservable();

  constructor() {
    this.sync.met.pipe(takeUntilDestroyed()).subscribe((meeting) => this.meet(meeting));
    this.shelf.changedElsewhere.pipe(takeUntilDestroyed()).subscribe((place) => this.follow(place));
    this.connection.connected.pipe(takeUntilDestroyed()).subscribe(() => void this.fetch());
    const stopKeeping = this.sync.keepFirst(() => this.keepNow());
    inject(DestroyRef).onDestroy(() => {
      this.keepNow();
      stopKeeping();
      this.sync.setWriting(null);
    });
  }

  /** Reads a signal, as the others do: use them in templates and computeds. */
  of(kind: MessageKind): DraftRecord | null {
    return this.records()[kind];
  }

  body(kind: MessageKind): string {
    return this.of(kind)?.body ?? '';
  }

  /** Where what is written is kept by now: with the server, on this device alone, or neither yet. */
  keptState(kind: MessageKind): 'saved' | 'device' | null {
    const record = this.of(kind);
    if (!record || isEmpty(record)) return null;
    if (!isUnsaved(record)) return 'saved';
    return this.isOffline() ? 'device' : null;
  }

  open(ticketId: number, kinds: readonly MessageKind[]): void {
    this.keepNow();
    this.ticketId = ticketId;
    this.spare.set(null);
    const kept = kinds.map((kind) => [kind, this.shelf.read({ ticketId, kind })] as const);
    this.records.set({ ...NOTHING, ...(Object.fromEntries(kept) as Partial<Records>) });
    void this.fetch();
  }

  /** The id of the draft, which begins now if there is none. `seenUpTo` is the last number that was shown. */
  begin(kind: MessageKind, seenUpTo: number): string {
    const known = this.of(kind);
    if (known && !(isEmpty(known) && known.unstaged === 0)) return known.clientMsgId;
    // Never under the id of what stood here before: that may go on elsewhere, under another kind or as a message.
    const record = { ...begun(uuidv7(), seenUpTo, known?.sentId), saved: known?.saved ?? null };
    this.put(kind, record);
    return record.clientMsgId;
  }

  write(kind: MessageKind, body: string, seenUpTo: number): void {
    this.begin(kind, seenUpTo);
    this.change(kind, (record) => ({ ...record, body }));
  }

  /** The files beside the text, those on the server and those only here. */
  setFiles(kind: MessageKind, attachments: readonly Attachment[], unstaged: number): void {
    const record = this.of(kind);
    const isSame = record?.unstaged === unstaged && idsOf(record.attachments) === idsOf(attachments);
    if (record && !isSame) this.change(kind, (now) => ({ ...now, attachments, unstaged }));
  }

  /** It was handed over as a message: here it is gone, whatever the server still keeps of it. */
  handedOver(kind: MessageKind): void {
    const record = this.of(kind);
    if (!record) return;
    const isKnownThere = record.saved !== null || record.saving !== null;
    this.put(kind, isKnownThere ? begun(uuidv7(), 0, record.clientMsgId) : null);
    if (this.spare()?.kind === kind) this.spare.set(null);
    this.keepNow();
  }

  /** A message that did not go out becomes the draft it was, or stands before what has been begun since. */
  bringBack(kind: MessageKind, clientMsgId: string, body: string, baseSeq: number): void {
    const record = this.of(kind);
    const isFree = !record || (isEmpty(record) && record.unstaged === 0);
    if (isFree) this.put(kind, { ...begun(clientMsgId, baseSeq), body });
    else this.change(kind, (now) => ({ ...now, body: [body, now.body].filter(Boolean).join('\n\n') }));
    this.keepNow();
  }

  /** What was begun under one kind goes on under another one, which is empty. */
  move(from: MessageKind, to: MessageKind): void {
    const record = this.of(from);
    if (!record) return;
    this.put(to, { ...record, saved: null, saving: null, sentId: this.of(to)?.sentId ?? null });
    const isKnownThere = record.saved !== null || record.saving !== null;
    this.put(from, isKnownThere ? { ...record, body: '', attachments: [], unstaged: 0 } : null);
    this.keepNow();
  }

  /** Takes the words of the other side as well. */
  useSpare(): void {
    const spare = this.spare();
    this.spare.set(null);
    if (spare)
      this.change(spare.kind, (record) => ({
        ...record,
        body: [record.body, spare.body].filter(Boolean).join('\n\n'),
      }));
  }

  /** Whether the cursor stands in the field of this kind: then it is not replaced under the hand. */
  setWriting(kind: MessageKind | null): void {
    this.sync.setWriting(kind === null || this.ticketId === null ? null : { ticketId: this.ticketId, kind });
  }

  keepNow(): void {
    clearTimeout(this.keepTimer);
    const { ticketId } = this;
    if (ticketId === null) return;
    const kinds = [...this.touched];
    this.touched.clear();
    for (const kind of kinds) {
      const record = this.of(kind);
      this.shelf.write({ ticketId, kind }, record);
      if (record && isUnsaved(record)) this.sync.saveSoon({ ticketId, kind });
    }
  }

  private readonly isOffline = computed(() => this.connection.isLost() || this.sync.isFailing());

  private async fetch(): Promise<void> {
    const { ticketId } = this;
    if (ticketId === null) return;
    const kinds = await this.book.kindsIn(ticketId);
    if (this.ticketId === ticketId) await this.sync.fetch(kinds.map((kind) => ({ ticketId, kind })));
  }

  private change(kind: MessageKind, change: (record: DraftRecord) => DraftRecord): void {
    const record = this.of(kind);
    if (record) this.put(kind, { ...change(record), changedAt: Date.now() });
  }

  private put(kind: MessageKind, record: DraftRecord | null): void {
    this.records.update((records) => ({ ...records, [kind]: record }));
    this.touched.add(kind);
    clearTimeout(this.keepTimer);
    this.keepTimer = setTimeout(() => this.keepNow(), KEEP_AFTER_MS);
  }

  private meet({ place, record, spare }: DraftMeeting): void {
    if (place.ticketId !== this.ticketId) return;
    this.replace(place.kind, record);
    if (spare) this.spare.set({ kind: place.kind, body: spare });
  }

  private follow(place: DraftPlace): void {
    if (place.ticketId === this.ticketId) this.replace(place.kind, this.shelf.read(place));
  }

  private replace(kind: MessageKind, record: DraftRecord | null): void {
    const before = this.of(kind);
    this.records.update((records) => ({ ...records, [kind]: record }));
    const isSame =
      before?.clientMsgId === record?.clientMsgId &&
      idsOf(before?.attachments ?? []) === idsOf(record?.attachments ?? []);
    if (!isSame) this.replacedKinds.next(kind);
  }
}

const idsOf = (attachments: readonly Attachment[]): string => attachments.map(({ id }) => id).join();
