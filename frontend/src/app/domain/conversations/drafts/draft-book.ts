import { Injectable, Injector, computed, effect, inject, signal, untracked } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { firstValueFrom } from 'rxjs';

import { DraftSummary, MessageKind } from '../../../core/api/models';
import { Session } from '../../../core/session/session';
import { RealtimeConnection } from '../../../core/socket/realtime-connection';
import { isEmpty, isUnsaved } from './draft-record';
import { DraftPlace, DraftShelf } from './draft-shelf';
import { DraftsApi } from './drafts-api';

const EXCERPT_LENGTH = 120;

type Lines = ReadonlyMap<string, DraftSummary>;

/** In which tickets the signed-in person has begun to write, on this device or another: what lists show as "Draft". */
@Injectable({ providedIn: 'root' })
export class DraftBook {
  private readonly api = inject(DraftsApi);
  private readonly shelf = inject(DraftShelf);
  private readonly session = inject(Session);
  private readonly injector = inject(Injector);
  private readonly onServer = signal<Lines>(new Map());
  /** Null hides what the server still has: it was sent or emptied here. */
  private readonly onShelf = signal<ReadonlyMap<string, DraftSummary | null>>(new Map());
  private readonly newest = computed(() => {
    const byTicket = new Map<number, DraftSummary>();
    for (const line of new Map<string, DraftSummary | null>([...this.onServer(), ...this.onShelf()]).values()) {
      const known = line && byTicket.get(line.ticketId);
      if (line && (!known || known.updatedAt < line.updatedAt)) byTicket.set(line.ticketId, line);
    }
    return byTicket;
  });
  private loading: Promise<void> = Promise.resolve();

  constructor() {
    const connection = inject(RealtimeConnection);
    const userId = computed(() => this.session.user()?.id ?? null);
    effect(() => {
      const id = userId();
      untracked(() => this.begin(id));
    });
    connection.connected.pipe(takeUntilDestroyed()).subscribe(() => void this.catchUp());
    connection
      .on('draft:changed')
      .pipe(takeUntilDestroyed())
      .subscribe(({ ticketId, kind, draft }) =>
        this.put(
          { ticketId, kind },
          draft && { ticketId, kind, excerpt: excerptOf(draft.body), updatedAt: draft.updatedAt },
        ),
      );
    this.shelf.changed.pipe(takeUntilDestroyed()).subscribe((place) => this.takeShelf([place]));
  }

  /** The newest draft in a ticket. Reads a signal: use it in templates and computeds. */
  of(ticketId: number): DraftSummary | null {
    return this.newest().get(ticketId) ?? null;
  }

  /** The kinds that may have a draft on the server, or had one when it was last heard of. */
  async kindsIn(ticketId: number): Promise<MessageKind[]> {
    await this.loading;
    const there = [...this.onServer().values()].filter((line) => line.ticketId === ticketId).map(({ kind }) => kind);
    const here = this.shelf.places().filter((place) => place.ticketId === ticketId && this.wasSaved(place));
    return [...new Set([...there, ...here.map(({ kind }) => kind)])];
  }

  private begin(userId: string | null): void {
    this.onServer.set(new Map());
    this.onShelf.set(new Map());
    if (userId === null) return;
    this.takeShelf(this.shelf.places());
    this.loading = this.load(userId);
  }

  /** Also what was written while the server was away, in tickets that are not open any more. */
  private async catchUp(): Promise<void> {
    const userId = this.session.user()?.id;
    if (!userId) return;
    this.loading = this.load(userId);
    const isLate = this.shelf.places().some((place) => {
      const record = this.shelf.read(place);
      return record !== null && isUnsaved(record);
    });
    if (!isLate) return;
    const { DraftSync } = await import('./draft-sync');
    this.injector.get(DraftSync).saveAll();
  }

  private async load(userId: string): Promise<void> {
    try {
      const lines = await firstValueFrom(this.api.list());
      if (this.session.user()?.id === userId) this.onServer.set(new Map(lines.map((line) => [nameOf(line), line])));
    } catch {
      // Lists still show what was begun on this device; the next connect asks again.
    }
  }

  private takeShelf(places: readonly DraftPlace[]): void {
    this.onShelf.update((known) => {
      const lines = new Map(known);
      for (const place of places) {
        const record = this.shelf.read(place);
        if (!record) lines.delete(nameOf(place));
        else lines.set(nameOf(place), isEmpty(record) ? null : lineOf(place, record.body, record.changedAt));
      }
      return lines;
    });
  }

  private put(place: DraftPlace, line: DraftSummary | null): void {
    this.onServer.update((known) => {
      const lines = new Map(known);
      if (line) lines.set(nameOf(place), line);
      else lines.delete(nameOf(place));
      return lines;
    });
  }

  private wasSaved(place: DraftPlace): boolean {
    const record = this.shelf.read(place);
    return record !== null && (record.saved !== null || record.sentId !== null);
  }
}

const nameOf = ({ ticketId, kind }: DraftPlace): string => `${ticketId}.${kind}`;

const excerptOf = (body: string): string => body.replace(/\s+/g, ' ').trim().slice(0, EXCERPT_LENGTH);

const lineOf = (place: DraftPlace, body: string, changedAt: number): DraftSummary => ({
  ...place,
  excerpt: excerptOf(body),
  updatedAt: new Date(changedAt).toISOString(),
});
