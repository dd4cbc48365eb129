import { Injectable, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { Observable, Subject, firstValueFrom } from 'rxjs';
import type { WireDraft } from '@parley/socket-events';
import { uuidv7 } from 'uuidv7';

import { Session } from '../../../core/session/session';
import { RealtimeConnection } from '../../../core/socket/realtime-connection';
import { toProblem } from '../../../shared/problems/problem';
import { DraftRecord, Meeting, isEmpty, isUnsaved, markOf, meet } from './draft-record';
import { DraftPlace, DraftShelf } from './draft-shelf';
import { DraftsApi } from './drafts-api';

const SAVE_AFTER_MS = 2_000;
const TRY_AGAIN_AFTER_MS = 15_000;
const LONGEST = 10_000;

/** The server told of a draft, and this is what became of the one here. */
export interface DraftMeeting extends Meeting {
  readonly place: DraftPlace;
}

/**
 * Brings the drafts of this device to the server, two seconds after they were written or as soon as it can be reached,
 * and takes over what the same person writes on other devices.
 */
@Injectable({ providedIn: 'root' })
export class DraftSync {
  private readonly api = inject(DraftsApi);
  private readonly shelf = inject(DraftShelf);
  private readonly session = inject(Session);
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly running = new Map<string, Promise<void>>();
  private readonly meetings = new Subject<DraftMeeting>();
  private readonly keepers = new Set<() => void>();
  private writingIn: DraftPlace | null = null;

  private readonly failing = signal(false);

  /** The last attempt to save found no server: what is written stays on this device for now. */
  readonly isFailing = this.failing.asReadonly();
  readonly met: Observable<DraftMeeting> = this.meetings.asObservable();

  constructor() {
    const connection = inject(RealtimeConnection);
    connection
      .on('draft:changed')
      .pipe(takeUntilDestroyed())
      .subscribe(({ ticketId, kind, draft }) => this.meet({ ticketId, kind }, draft));
    connection.connected.pipe(takeUntilDestroyed()).subscribe(() => this.saveAll());
  }

  /** Where the cursor stands, if in any draft: what is being written there is not replaced. */
  setWriting(place: DraftPlace | null): void {
    this.writingIn = place;
  }

  /** `keep` puts what was typed last onto the shelf; it is called before the shelf is compared with the server. */
  keepFirst(keep: () => void): () => void {
    this.keepers.add(keep);
    return () => this.keepers.delete(keep);
  }

  /** A draft was changed here and is on the shelf already. */
  saveSoon(place: DraftPlace, afterMs = SAVE_AFTER_MS): void {
    const key = nameOf(place);
    if (this.timers.has(key)) return;
    const start = (): void => {
      this.timers.delete(key);
      void this.save(place);
    };
    this.timers.set(key, setTimeout(start, afterMs));
  }

  /** What the server has of one ticket by now; the answers come as meetings. */
  async fetch(places: readonly DraftPlace[]): Promise<void> {
    const ownerId = this.shelf.personId();
    await Promise.all(
      places.map(async (place) => {
        const draft = await this.ask(place);
        if (draft !== undefined && this.isStill(ownerId)) this.meet(place, draft);
      }),
    );
  }

  /** Everything that the server has not heard of yet. */
  saveAll(): void {
    for (const place of this.shelf.places()) {
      const record = this.shelf.read(place);
      if (record && isUnsaved(record)) void this.saveAtOnce(place);
    }
  }

  private saveAtOnce(place: DraftPlace): Promise<void> {
    clearTimeout(this.timers.get(nameOf(place)));
    this.timers.delete(nameOf(place));
    return this.save(place);
  }

  /** One after another for each place, so that the last one written is the last one stored. */
  private save(place: DraftPlace): Promise<void> {
    const key = nameOf(place);
    const turn = (this.running.get(key) ?? Promise.resolve()).then(() => this.saveNow(place));
    this.running.set(key, turn);
    return turn;
  }

  private async saveNow(place: DraftPlace): Promise<void> {
    for (const keep of this.keepers) keep();
    const record = this.shelf.read(place);
    if (!record || !isUnsaved(record) || record.body.length > LONGEST || this.session.user() === null) return;
    const ownerId = this.shelf.personId();
    try {
      if (isEmpty(record)) await this.discard(place, record);
      else await this.store(place, record);
      this.failing.set(false);
    } catch (error) {
      if (this.isStill(ownerId)) this.refused(place, record, error);
    }
  }

  private async store(place: DraftPlace, record: DraftRecord): Promise<void> {
    const saving = markOf(record);
    this.update(place, (now) => ({ ...now, saving }));
    const stored = await firstValueFrom(this.api.save(place, record));
    this.meet(place, stored);
  }

  private async discard(place: DraftPlace, { clientMsgId }: DraftRecord): Promise<void> {
    await firstValueFrom(this.api.discard(place, clientMsgId));
    this.update(place, (now) => ({ ...now, saved: null }));
  }

  private refused(place: DraftPlace, tried: DraftRecord, error: unknown): void {
    const { status, code, retryAfterSeconds } = toProblem(error);
    const isPassing = [0, 401, 429, 502, 503, 504].includes(status);
    this.failing.set(isPassing);
    if (isPassing) return this.saveSoon(place, retryAfterSeconds ? retryAfterSeconds * 1_000 : TRY_AGAIN_AFTER_MS);
    this.update(place, (now) => {
      if (now.clientMsgId !== tried.clientMsgId) return now;
      // Sent on another device meanwhile: what was written here since becomes a draft of its own.
      if (code === 'already-sent') return { ...now, clientMsgId: uuidv7(), saved: null, saving: null };
      // Files that the server has swept away; their bytes are still here and go with the message.
      if (code === 'validation-failed' && now.attachments.length > 0) return { ...now, attachments: [], saving: null };
      return { ...now, saving: null };
    });
    if (code === 'already-sent' || (code === 'validation-failed' && tried.attachments.length > 0)) this.saveSoon(place);
  }

  /** Undefined when nobody could tell. */
  private async ask(place: DraftPlace): Promise<WireDraft | null | undefined> {
    try {
      return await firstValueFrom(this.api.get(place));
    } catch (error) {
      return toProblem(error).code === 'not-found' ? null : undefined;
    }
  }

  private meet(place: DraftPlace, theirs: WireDraft | null): void {
    const isWriting = this.writingIn?.ticketId === place.ticketId && this.writingIn.kind === place.kind;
    for (const keep of this.keepers) keep();
    const before = this.shelf.read(place);
    const meeting = meet(before, theirs, isWriting);
    if (meeting.record !== before) this.shelf.write(place, meeting.record);
    this.meetings.next({ place, ...meeting });
    if (meeting.record && isUnsaved(meeting.record)) this.saveSoon(place);
  }

  private update(place: DraftPlace, change: (record: DraftRecord) => DraftRecord | null): void {
    for (const keep of this.keepers) keep();
    const record = this.shelf.read(place);
    if (!record) return;
    const changed = change(record);
    this.shelf.write(place, changed);
    this.meetings.next({ place, record: changed, spare: null });
  }

  /** An answer that comes after somebody else has signed in belongs to nobody here. */
  private isStill(ownerId: string): boolean {
    return this.session.user()?.id === ownerId;
  }
}

const nameOf = ({ ticketId, kind }: DraftPlace): string => `${ticketId}.${kind}`;
