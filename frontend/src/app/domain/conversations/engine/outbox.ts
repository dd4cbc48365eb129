import type { SendAnswer } from '@parley/socket-events';
import { Journal, noJournal } from './journal';
import type { Locks } from './locks';
import { isDiscardable, OutgoingDraft, PendingMessage } from './outgoing-messages';
import { OutboxCards } from './outbox-cards';
import type { EntryChange, NewEntry, OutboxEntry, OutboxStore } from './outbox-store';
import { ResilientOutboxStore } from './resilient-outbox-store';
import { Route } from './route';
import { Activity, OutboxNews, SENDING, Tabs } from './tabs';
import { TicketLane } from './ticket-lane';
import { Alarm, Timers } from './timers';
import type { LiveTransport, RestTransport, Uploads } from './transport';

/** What another tab said it does is believed for so long: it may have been closed since. */
const BELIEVE_TABS_MS = 15_000;

export interface OutboxOptions {
  /** Whose messages these are. An outbox never sends anybody else's. */
  readonly userId: string;
  readonly store: OutboxStore;
  /** For pages, which may end at any moment. */
  readonly journal?: Journal;
  readonly locks: Locks;
  readonly tabs: Tabs;
  readonly live: LiveTransport;
  readonly rest: RestTransport;
  readonly uploads: Uploads;
  readonly timers: Timers;
  newId(): string;
  /** Whether what is sent now would carry this person's sign-in. */
  isSignedIn(): boolean;
}

/** Who shows a ticket's record and wants to hear at once what was stored of one's own. */
type StoredListener = (answer: SendAnswer) => void;

/**
 * All messages of one person that are not stored yet, for all tickets: kept on the device before the first try, sent in
 * the order of writing, with the same id on every try and for as long as it takes.
 */
export class Outbox {
  readonly userId: string;
  private readonly store: ResilientOutboxStore;
  private readonly journal: Journal;
  private readonly route: Route;
  private readonly cards = new OutboxCards();
  private readonly lanes = new Map<number, TicketLane>();
  private readonly listeners = new Set<() => void>();
  private readonly followers = new Map<number, Set<StoredListener>>();
  private readonly doingElsewhere = new Set<string>();
  private readonly doubtTabs: Alarm;
  /** What is done with the store, one after the other. */
  private steps: Promise<unknown> = Promise.resolve();
  private stopListening: (() => void) | null = null;
  private closed = false;

  constructor(private readonly options: OutboxOptions) {
    const { userId, store, live, rest, timers } = options;
    this.userId = userId;
    this.journal = options.journal ?? noJournal;
    this.store = new ResilientOutboxStore(store, this.journal, timers);
    this.doubtTabs = new Alarm(timers);
    this.route = new Route(live, rest, timers, () => this.wake());
  }

  /** Goes on with what this device has kept. Resolves when it is known. */
  async start(): Promise<void> {
    this.stopListening = this.options.tabs.listen((news) => this.heard(news));
    this.route.start();
    await this.inTurn(() => this.store.recover(this.userId));
    await this.refresh();
  }

  /** Nothing is sent any more. An answer that is still on its way is taken note of. */
  stop(): void {
    this.closed = true;
    this.stopListening?.();
    this.doubtTabs.cancel();
    this.route.stop();
    for (const lane of this.lanes.values()) lane.close();
    this.listeners.clear();
    this.followers.clear();
  }

  /** Those of one ticket, or all, in the order of sending. */
  pending(ticketId?: number): readonly PendingMessage[] {
    return this.cards.pending(this.options.timers.now(), ticketId);
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * Hears of each own message of this ticket that the server has stored. As long as somebody does, such a message stays
   * among the pending ones, as `sent`, until {@link settle}.
   */
  follow(ticketId: number, listener: StoredListener): () => void {
    const followers = this.followers.get(ticketId) ?? new Set();
    this.followers.set(ticketId, followers.add(listener));
    return () => {
      followers.delete(listener);
      if (followers.size === 0) this.forgetSent(ticketId);
    };
  }

  /** Takes a message on. One with the same id that is already here stays as it is, so pressing twice sends once. */
  add(ticketId: number, draft: OutgoingDraft): PendingMessage {
    const entry = this.newEntry(ticketId, draft);
    if (!this.cards.has(entry.clientMsgId)) {
      const goesAtOnce = this.route.way !== null && entry.holdUntil === null && this.cards.isFree(ticketId);
      this.journal.note(entry);
      this.cards.add({ ...entry, place: Infinity, persisted: true }, goesAtOnce ? SENDING : null);
      void this.keep(entry);
      this.changed();
    }
    return this.cards.one(entry.clientMsgId, this.options.timers.now());
  }

  /** Sends a refused message once more: under its old id or, if other words were stored under that, under a new one. */
  async retry(clientMsgId: string): Promise<void> {
    await this.decide(clientMsgId, (entry) => {
      if (!entry.failed) return entry;
      const id = entry.failed.code === 'conflict' ? this.options.newId() : clientMsgId;
      return { ...entry, clientMsgId: id, failed: null, restaged: false };
    });
    this.wake();
  }

  /** Forgets a message and its files, if the server can't have it; answers what it was, null if that was too late. */
  discard(clientMsgId: string): Promise<PendingMessage | null> {
    return this.takeOut(clientMsgId, 'remove');
  }

  /** As {@link discard}, but its files are kept as those of a draft with its id, to be written anew. */
  takeBack(clientMsgId: string): Promise<PendingMessage | null> {
    return this.takeOut(clientMsgId, 'return-to-draft');
  }

  /** The record holds it: it is no longer pending. */
  settle(clientMsgId: string): void {
    const stage = this.cards.stageOf(clientMsgId);
    if (stage === null) return;
    this.cards.drop(clientMsgId);
    for (const lane of this.lanes.values()) lane.settled(clientMsgId);
    if (stage === 'queued') void this.decide(clientMsgId, () => 'remove');
    this.changed();
  }

  /** The stored ones of this ticket will be found in the record, or not at all. */
  forgetSent(ticketId: number): void {
    this.cards.dropSent(ticketId);
    this.changed();
  }

  /** There is hope again: nothing waits for its next try. */
  wake(): void {
    for (const lane of this.lanes.values()) lane.reopen();
  }

  private newEntry(ticketId: number, draft: OutgoingDraft): NewEntry {
    const now = this.options.timers.now();
    const holdMs = draft.holdMs ?? 0;
    return {
      userId: this.userId,
      ticketId,
      clientMsgId: draft.clientMsgId ?? this.options.newId(),
      kind: draft.kind,
      body: draft.body,
      files: draft.files,
      createdAt: new Date(now).toISOString(),
      holdMs,
      holdUntil: holdMs > 0 ? now + holdMs : null,
      attempts: 0,
      failed: null,
      restaged: false,
    };
  }

  private async keep(entry: NewEntry): Promise<void> {
    const kept = await this.inTurn(() => this.store.add(entry));
    this.cards.keep(kept);
    this.changedForAll();
    this.lane(kept.ticketId).wake();
  }

  private async takeOut(clientMsgId: string, how: 'remove' | 'return-to-draft'): Promise<PendingMessage | null> {
    const shown = this.cards.has(clientMsgId) ? this.cards.one(clientMsgId, this.options.timers.now()) : null;
    if (!shown || !isDiscardable(shown)) return null;
    let taken: OutboxEntry | null = null;
    await this.decide(clientMsgId, (entry) => {
      if (entry.attempts > 0 && !entry.failed) return entry;
      taken = entry;
      return how;
    });
    this.wake();
    return taken && { ...shown, files: (taken as OutboxEntry).files };
  }

  private async decide(clientMsgId: string, change: (entry: OutboxEntry) => EntryChange): Promise<void> {
    await this.inTurn(() => this.store.update(this.userId, clientMsgId, change));
    await this.refresh();
    this.options.tabs.tell({ kind: 'changed', userId: this.userId });
  }

  private async refresh(): Promise<void> {
    this.cards.replace(await this.inTurn(() => this.store.entries(this.userId)));
    this.changed();
    if (this.closed) return;
    for (const ticketId of this.cards.tickets()) this.lane(ticketId).wake();
  }

  private lane(ticketId: number): TicketLane {
    const known = this.lanes.get(ticketId);
    if (known) return known;
    const { userId, options, route } = this;
    const lane = new TicketLane(ticketId, {
      userId,
      timers: options.timers,
      locks: options.locks,
      uploads: options.uploads,
      route,
      maySend: () => !this.closed && options.isSignedIn(),
      next: (id) => this.cards.next(id),
      refresh: () => this.refresh(),
      change: (entry, change) => this.change(entry, change),
      stored: (entry, answer) => this.stored(entry, answer),
      doing: ({ clientMsgId }, activity) => this.doing(clientMsgId, activity),
      changed: () => this.changed(),
    });
    this.lanes.set(ticketId, lane);
    return lane;
  }

  private async change(
    { clientMsgId }: OutboxEntry,
    change: (entry: OutboxEntry) => EntryChange,
  ): Promise<OutboxEntry | null> {
    let changed: EntryChange = 'remove';
    await this.inTurn(() => this.store.update(this.userId, clientMsgId, (entry) => (changed = change(entry))));
    const now = changed as EntryChange;
    if (typeof now === 'string') return null;
    this.cards.keep(now);
    this.changedForAll();
    return now;
  }

  private async stored({ clientMsgId }: OutboxEntry, answer: SendAnswer): Promise<void> {
    this.tellFollowers(answer);
    await this.inTurn(() => this.store.update(this.userId, clientMsgId, () => 'remove'));
    this.options.tabs.tell({ kind: 'stored', userId: this.userId, answer });
  }

  private tellFollowers(answer: SendAnswer): void {
    const { ticketId, clientMsgId } = answer.message;
    const followers = [...(this.followers.get(ticketId) ?? [])];
    if (followers.length > 0) this.cards.sent(clientMsgId);
    else this.cards.drop(clientMsgId);
    this.changed();
    for (const follower of followers) follower(answer);
  }

  private doing(clientMsgId: string, activity: Activity | null): void {
    this.doingElsewhere.delete(clientMsgId);
    const isNews = this.cards.doing(clientMsgId, activity);
    if (isNews) this.changed();
    // What this tab showed from the beginning is news to the others.
    if (activity && (isNews || activity === SENDING))
      this.options.tabs.tell({ kind: 'activity', userId: this.userId, clientMsgId, activity });
  }

  private heard(news: OutboxNews): void {
    if (this.closed || news.userId !== this.userId) return;
    if (news.kind === 'changed') void this.refresh();
    else if (news.kind === 'activity') void this.heardActivity(news.clientMsgId, news.activity);
    else this.tellFollowers(news.answer);
  }

  private async heardActivity(clientMsgId: string, activity: Activity): Promise<void> {
    await this.steps; // the message itself may still be on its way from the store
    this.doingElsewhere.add(clientMsgId);
    this.doubtTabs.arm(BELIEVE_TABS_MS, () => this.forgetOtherTabs());
    if (this.cards.doing(clientMsgId, activity)) this.changed();
  }

  private forgetOtherTabs(): void {
    for (const clientMsgId of this.doingElsewhere) this.cards.doing(clientMsgId, null);
    this.doingElsewhere.clear();
    this.changed();
  }

  private inTurn<Result>(step: () => Promise<Result>): Promise<Result> {
    const result = this.steps.then(step);
    this.steps = result.catch(() => undefined);
    return result;
  }

  private changedForAll(): void {
    this.changed();
    this.options.tabs.tell({ kind: 'changed', userId: this.userId });
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}
