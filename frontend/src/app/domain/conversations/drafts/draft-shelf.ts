import { DestroyRef, Injectable, inject } from '@angular/core';
import { Observable, Subject, filter, map, merge } from 'rxjs';

import { MessageKind } from '../../../core/api/models';
import { BrowserStorage } from '../../../core/session/browser-storage';
import { Session } from '../../../core/session/session';
import { DraftRecord, isForgettable } from './draft-record';

export interface DraftPlace {
  readonly ticketId: number;
  readonly kind: MessageKind;
}

const KINDS: readonly MessageKind[] = ['chat', 'comment', 'note'];
const PREFIX = 'parley.draft.';

/** Drafts and the chosen kind, kept on this device per person, ticket and kind; all tabs of the browser share them. */
@Injectable({ providedIn: 'root' })
export class DraftShelf {
  private readonly storage = inject(BrowserStorage);
  private readonly session = inject(Session);
  private readonly foreign = new Subject<string>();
  private readonly own = new Subject<DraftPlace>();
  private lastPersonId = '';

  /** A draft of the signed-in person was changed in another tab. */
  readonly changedElsewhere: Observable<DraftPlace> = this.foreign.pipe(
    map((key) => this.placeOf(key)),
    filter((place) => place !== null),
  );
  /** In whatever tab, this one included. */
  readonly changed: Observable<DraftPlace> = merge(this.own, this.changedElsewhere);

  constructor() {
    const hear = ({ key }: StorageEvent): void => {
      if (key !== null) this.foreign.next(key);
    };
    window.addEventListener('storage', hear);
    inject(DestroyRef).onDestroy(() => window.removeEventListener('storage', hear));
  }

  read(place: DraftPlace): DraftRecord | null {
    return asRecord(this.storage.read(this.keyOf(place)));
  }

  write(place: DraftPlace, record: DraftRecord | null): void {
    const key = this.keyOf(place);
    if (record === null || isForgettable(record)) this.storage.remove(key);
    else this.storage.write(key, JSON.stringify(record));
    this.own.next(place);
  }

  /** Where the signed-in person has begun something on this device. */
  places(): DraftPlace[] {
    return this.storage.keys().flatMap((key) => this.placeOf(key) ?? []);
  }

  readKind(ticketId: number): MessageKind | null {
    const kept = this.storage.read(this.kindKey(ticketId));
    return KINDS.find((kind) => kind === kept) ?? null;
  }

  writeKind(ticketId: number, kind: MessageKind): void {
    this.storage.write(this.kindKey(ticketId), kind);
  }

  /** The last words before signing out still belong to the person who wrote them. */
  personId(): string {
    this.lastPersonId = this.session.personId() ?? this.lastPersonId;
    return this.lastPersonId;
  }

  private placeOf(key: string): DraftPlace | null {
    const start = `${PREFIX}${this.personId()}.`;
    if (!key.startsWith(start)) return null;
    const [number, name] = key.slice(start.length).split('.');
    const kind = KINDS.find((known) => known === name);
    return kind ? { ticketId: Number(number), kind } : null;
  }

  private keyOf({ ticketId, kind }: DraftPlace): string {
    return `${PREFIX}${this.personId()}.${ticketId}.${kind}`;
  }

  private kindKey(ticketId: number): string {
    return `parley.kind.${this.personId()}.${ticketId}`;
  }
}

function asRecord(kept: string | null): DraftRecord | null {
  try {
    const record = JSON.parse(kept ?? 'null') as Partial<DraftRecord> | null;
    if (typeof record?.clientMsgId !== 'string' || typeof record.body !== 'string') return null;
    return {
      clientMsgId: record.clientMsgId,
      body: record.body,
      attachments: record.attachments ?? [],
      baseSeq: record.baseSeq ?? 0,
      unstaged: record.unstaged ?? 0,
      changedAt: record.changedAt ?? 0,
      saved: record.saved ?? null,
      saving: record.saving ?? null,
      sentId: record.sentId ?? null,
    };
  } catch {
    return null;
  }
}
