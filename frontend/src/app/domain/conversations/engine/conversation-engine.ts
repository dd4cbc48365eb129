import type {
  SendAnswer,
  SubscribeAnswer,
  SyncAnswer,
  WireAudience,
  WireMessageKind,
  WireTimelineEvent,
  WireUserRef,
  WireViewer,
} from '@parley/socket-events';
import type { Connection, ConversationSnapshot } from './conversation-snapshot';
import { asTransportError, OutgoingDraft, OutgoingMessages, PendingMessage } from './outgoing-messages';
import { RemoteTyping } from './remote-typing';
import { TimelineLog } from './timeline-log';
import { Alarm, backOff, Timers } from './timers';
import { LiveTransport, MessageTransport, RestTransport, TransportError } from './transport';

export interface EngineOptions {
  ticketId: number;
  /** The reader's own id: tells own messages from those of others. */
  selfId: string;
  live: LiveTransport;
  rest: RestTransport;
  timers: Timers;
  newId: () => string;
}

const FIRST_ANSWER_WITHIN_MS = 1_500;
const FALL_BACK_AFTER_MS = 3_000;
const POLL_EVERY_MS = 4_000;
const GAP_WAIT_MIN_MS = 500;
const GAP_WAIT_SPREAD_MS = 1_000;

/**
 * Keeps one ticket's conversation whole and in order, whatever the connection does. Knows no framework: it is given its
 * ways to the server, its clock and its ids.
 */
export class ConversationEngine {
  private readonly log = new TimelineLog();
  private readonly outgoing: OutgoingMessages;
  private readonly writers: RemoteTyping;
  private readonly gapAlarm: Alarm;
  private readonly fallBackAlarm: Alarm;
  private readonly pollAlarm: Alarm;
  private readonly resubscribeAlarm: Alarm;
  private readonly snapshotListeners = new Set<(snapshot: ConversationSnapshot) => void>();
  private readonly eventListeners = new Set<(event: WireTimelineEvent) => void>();

  private phase: ConversationSnapshot['phase'] = 'loading';
  private refusal: TransportError | null = null;
  private connection: Connection = 'connecting';
  private audience: WireAudience | null = null;
  private stream: string | undefined;
  private head = 0;
  private readSeq: Record<string, number> = {};
  private viewers: readonly WireViewer[] = [];
  private ownReadMark = 0;
  /** Counts connections; an answer to a question of an earlier one is ignored. */
  private epoch = 0;
  private syncing = false;
  private failures = 0;
  private closed = false;
  private stopListening: (() => void) | null = null;

  constructor(private readonly options: EngineOptions) {
    const { timers } = options;
    this.gapAlarm = new Alarm(timers);
    this.fallBackAlarm = new Alarm(timers);
    this.pollAlarm = new Alarm(timers);
    this.resubscribeAlarm = new Alarm(timers);
    this.writers = new RemoteTyping(timers, () => this.publish());
    this.outgoing = new OutgoingMessages({
      ticketId: options.ticketId,
      timers,
      newId: options.newId,
      usable: () => this.connection === 'live' || this.connection === 'polling',
      send: (request) => this.transport.send(request),
      stored: (answer) => this.stored(answer),
      changed: () => this.publish(),
    });
  }

  get snapshot(): ConversationSnapshot {
    return {
      phase: this.phase,
      refusal: this.refusal,
      connection: this.connection,
      audience: this.audience,
      entries: this.log.toArray(),
      pending: this.outgoing.toArray(),
      cursor: this.log.cursor,
      readSeq: this.readSeq,
      viewers: this.viewers,
      typing: this.writers.toArray(),
    };
  }

  onChange(listener: (snapshot: ConversationSnapshot) => void): () => void {
    this.snapshotListeners.add(listener);
    return () => this.snapshotListeners.delete(listener);
  }

  /** Hears every event once, in order, at the moment it becomes part of the record; on loading, all of history. */
  onEvent(listener: (event: WireTimelineEvent) => void): () => void {
    this.eventListeners.add(listener);
    return () => this.eventListeners.delete(listener);
  }

  start(): void {
    this.stopListening = this.options.live.listen(this.options.ticketId, {
      connected: () => void this.subscribe(),
      disconnected: () => this.lostSocket(),
      event: (event) => this.heard(event),
      head: (seq) => this.heardHead(seq),
      read: (userId, seq) => this.heardRead(userId, seq),
      typing: (user, active) => this.writers.set(user, active),
      viewers: (users) => this.heardViewers(users),
    });
    this.fallBackAlarm.arm(FIRST_ANSWER_WITHIN_MS, () => this.startPolling());
    if (this.options.live.connected) void this.subscribe();
  }

  close(): void {
    this.closed = true;
    this.epoch++;
    this.stopListening?.();
    this.stopListening = null;
    this.options.live.unsubscribe(this.options.ticketId);
    for (const alarm of [this.gapAlarm, this.fallBackAlarm, this.pollAlarm, this.resubscribeAlarm]) alarm.cancel();
    this.outgoing.close();
    this.snapshotListeners.clear();
    this.eventListeners.clear();
    this.writers.clear();
  }

  send(draft: OutgoingDraft): PendingMessage {
    return this.outgoing.add(draft);
  }

  retry(clientMsgId: string): void {
    this.outgoing.retry(clientMsgId);
  }

  discard(clientMsgId: string): PendingMessage | null {
    return this.outgoing.discard(clientMsgId);
  }

  async edit(messageId: string, body: string): Promise<void> {
    const { seq } = await this.transport.edit(this.options.ticketId, messageId, body);
    this.expect(seq);
  }

  async remove(messageId: string): Promise<void> {
    const { seq } = await this.transport.remove(this.options.ticketId, messageId);
    this.expect(seq);
  }

  /** Everything up to `seq` has been seen. Marks only ever rise. */
  markRead(seq: number): void {
    if (seq <= this.ownReadMark || this.connection === 'offline') return;
    const before = this.ownReadMark;
    this.ownReadMark = seq;
    this.transport.markRead(this.options.ticketId, seq).catch(() => {
      if (this.ownReadMark === seq) this.ownReadMark = before;
    });
  }

  announceTyping(active: boolean, kind: WireMessageKind): void {
    if (this.connection === 'live') this.options.live.typing(this.options.ticketId, active, kind);
  }

  private get transport(): MessageTransport {
    return this.connection === 'live' ? this.options.live : this.options.rest;
  }

  private async subscribe(): Promise<void> {
    const epoch = ++this.epoch;
    this.resubscribeAlarm.cancel();
    const { ticketId } = this.options;
    try {
      const answer = await this.options.live.subscribe({ ticketId, after: this.log.cursor, stream: this.stream });
      if (this.isStale(epoch)) return;
      await this.subscribed(answer, epoch);
    } catch (error) {
      if (!this.isStale(epoch)) this.subscribeFailed(asTransportError(error));
    }
  }

  private async subscribed(answer: SubscribeAnswer, epoch: number): Promise<void> {
    this.audience = answer.audience;
    this.readSeq = answer.readSeq;
    this.ownReadMark = Math.max(answer.reset ? 0 : this.ownReadMark, answer.readSeq[this.options.selfId] ?? 0);
    this.viewers = answer.viewers ?? [];
    await this.pageOn(answer, epoch);
    if (this.isStale(epoch)) return;
    this.failures = 0;
    this.fallBackAlarm.cancel();
    this.pollAlarm.cancel();
    this.connection = 'live';
    this.becomeReady();
    this.outgoing.wake();
  }

  private subscribeFailed(error: TransportError): void {
    if (isFinal(error)) return this.refuse(error);
    this.resubscribeAlarm.arm(backOff(this.failures++, this.options.timers), () => {
      if (this.options.live.connected) void this.subscribe();
    });
  }

  private async pageOn(first: SyncAnswer, epoch: number): Promise<void> {
    let page = first;
    for (;;) {
      this.absorb(page);
      if (!page.hasMore || page.events.length === 0) return;
      page = await this.options.live.sync({
        ticketId: this.options.ticketId,
        after: this.log.cursor,
        stream: this.stream,
      });
      if (this.isStale(epoch)) return;
    }
  }

  private absorb(page: SyncAnswer): void {
    if (page.reset) {
      this.log.forget();
      this.phase = 'loading';
    }
    this.stream = page.stream;
    this.head = page.head;
    this.acceptAll(page.events);
  }

  private lostSocket(): void {
    if (this.closed || this.phase === 'refused') return;
    this.epoch++;
    this.viewers = [];
    this.writers.clear();
    this.gapAlarm.cancel();
    if (this.connection === 'live') {
      this.connection = 'connecting';
      this.fallBackAlarm.arm(FALL_BACK_AFTER_MS, () => this.startPolling());
    }
    this.publish();
  }

  private startPolling(): void {
    this.fallBackAlarm.cancel();
    void this.poll();
  }

  private async poll(): Promise<void> {
    try {
      await this.pollPages();
      if (this.closed || this.connection === 'live') return;
      this.connection = 'polling';
      this.becomeReady();
      this.outgoing.wake();
    } catch (error) {
      if (this.closed || this.connection === 'live') return;
      const problem = asTransportError(error);
      if (isFinal(problem)) return this.refuse(problem);
      this.connection = 'offline';
      this.publish();
    }
    this.pollAlarm.arm(POLL_EVERY_MS, () => void this.poll());
  }

  private async pollPages(): Promise<void> {
    let page: SyncAnswer;
    do {
      page = await this.options.rest.events({
        ticketId: this.options.ticketId,
        after: this.log.cursor,
        stream: this.stream,
      });
      if (this.closed || this.connection === 'live') return;
      this.absorb(page);
    } while (page.hasMore && page.events.length > 0);
  }

  private heard(event: WireTimelineEvent): void {
    this.acceptAll([event]);
    this.mendGap();
  }

  private heardHead(seq: number): void {
    this.head = Math.max(this.head, seq);
    this.mendGap();
  }

  private heardRead(userId: string, seq: number): void {
    if (seq <= (this.readSeq[userId] ?? 0)) return;
    this.readSeq = { ...this.readSeq, [userId]: seq };
    if (userId === this.options.selfId) this.ownReadMark = Math.max(this.ownReadMark, seq);
    this.publish();
  }

  private heardViewers(users: WireViewer[]): void {
    this.viewers = users;
    this.publish();
  }

  /** An own message was stored: the answer is as good as the event that is pushed for it. */
  private stored({ message, seq }: SendAnswer): void {
    this.ownReadMark = Math.max(this.ownReadMark, seq);
    if (seq <= this.log.cursor) this.outgoing.settle(message.clientMsgId);
    this.heard({
      id: message.id,
      ticketId: message.ticketId,
      seq,
      type: 'message.created',
      at: message.createdAt,
      actor: message.author,
      data: { message },
    });
  }

  private expect(seq: number): void {
    this.head = Math.max(this.head, seq);
    if (this.connection === 'polling') void this.poll();
    else this.mendGap();
  }

  private mendGap(): void {
    const behind = this.log.hasGap || this.head > this.log.cursor;
    if (!behind) return this.gapAlarm.cancel();
    if (this.gapAlarm.armed || this.syncing || this.connection !== 'live') return;
    this.gapAlarm.arm(GAP_WAIT_MIN_MS + this.options.timers.random() * GAP_WAIT_SPREAD_MS, () => void this.sync());
  }

  private async sync(): Promise<void> {
    const { epoch } = this;
    const { ticketId, live } = this.options;
    const before = this.log.cursor;
    this.syncing = true;
    try {
      await this.pageOn(await live.sync({ ticketId, after: this.log.cursor, stream: this.stream }), epoch);
      if (!this.isStale(epoch)) this.becomeReady();
    } catch (error) {
      const problem = asTransportError(error);
      if (!this.isStale(epoch) && isFinal(problem)) this.refuse(problem);
    } finally {
      this.syncing = false;
    }
    if (this.isStale(epoch)) return;
    if (this.log.cursor === before) this.head = before; // nothing to be had now: the next announced head tells
    this.mendGap();
  }

  private acceptAll(events: readonly WireTimelineEvent[]): void {
    const applied = events.flatMap((event) => this.log.accept(event));
    for (const event of applied) {
      if (event.type === 'message.created') this.settled(event.data.message);
      for (const listener of this.eventListeners) listener(event);
    }
    if (applied.length > 0 && this.phase === 'ready') this.publish();
  }

  private settled(message: { author: WireUserRef; clientMsgId: string }): void {
    this.writers.stop(message.author.id);
    if (message.author.id === this.options.selfId) this.outgoing.settle(message.clientMsgId);
  }

  private becomeReady(): void {
    this.phase = 'ready';
    this.publish();
    this.mendGap();
  }

  private refuse(error: TransportError): void {
    this.phase = 'refused';
    this.refusal = error;
    this.fallBackAlarm.cancel();
    this.pollAlarm.cancel();
    this.publish();
  }

  private isStale(epoch: number): boolean {
    return this.closed || epoch !== this.epoch;
  }

  private publish(): void {
    if (this.closed) return;
    const { snapshot } = this;
    for (const listener of this.snapshotListeners) listener(snapshot);
  }
}

/** Trying again won't help: the ticket isn't there, or not for this reader. */
function isFinal(error: TransportError): boolean {
  return error.code === 'forbidden' || error.code === 'not_found';
}
