import type {
  SendAnswer,
  SubscribeAnswer,
  WireAudience,
  WireMessageKind,
  WireTimelineEvent,
  WireViewer,
} from '@parley/socket-events';
import type { ConversationSnapshot } from './conversation-snapshot';
import type { Outbox } from './outbox';
import type { OutgoingDraft, PendingMessage } from './outgoing-messages';
import { ReadMarks } from './read-marks';
import { RecordFeed } from './record-feed';
import { RemoteTyping } from './remote-typing';
import type { Timers } from './timers';
import type { LiveTransport, MessageTransport, RestTransport, TransportError } from './transport';

export interface EngineOptions {
  ticketId: number;
  /** Of the reader; it is started and stopped by whoever made it. */
  outbox: Outbox;
  live: LiveTransport;
  rest: RestTransport;
  timers: Timers;
}

/**
 * Keeps one ticket's conversation whole and in order, whatever the connection does. Knows no framework: it is given its
 * ways to the server, its clock and the outbox of the reader.
 */
export class ConversationEngine {
  private readonly feed: RecordFeed;
  private readonly marks: ReadMarks;
  private readonly writers: RemoteTyping;
  private readonly snapshotListeners = new Set<(snapshot: ConversationSnapshot) => void>();
  private readonly eventListeners = new Set<(event: WireTimelineEvent) => void>();

  private phase: ConversationSnapshot['phase'] = 'loading';
  private refusal: TransportError | null = null;
  private audience: WireAudience | null = null;
  private viewers: readonly WireViewer[] = [];
  private closed = false;
  private endings: (() => void)[] = [];

  constructor(private readonly options: EngineOptions) {
    const { ticketId, live, rest, timers, outbox } = options;
    this.writers = new RemoteTyping(timers, () => this.publish());
    this.marks = new ReadMarks(outbox.userId, (seq) => this.transport.markRead(ticketId, seq));
    this.feed = new RecordFeed({
      ticketId,
      live,
      rest,
      timers,
      subscribed: (answer) => this.subscribed(answer),
      applied: (event) => this.applied(event),
      restarted: () => this.restarted(),
      complete: (afterOutage) => this.complete(afterOutage),
      refused: (error) => this.refused(error),
      changed: () => this.publish(),
    });
  }

  get snapshot(): ConversationSnapshot {
    return {
      phase: this.phase,
      refusal: this.refusal,
      connection: this.feed.connection,
      audience: this.audience,
      entries: this.feed.log.toArray(),
      pending: this.pending(),
      cursor: this.feed.log.cursor,
      readSeq: this.marks.all,
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
    const { ticketId, live, outbox } = this.options;
    this.endings = [
      live.listen(ticketId, {
        connected: () => void this.feed.subscribe(),
        disconnected: () => this.lostSocket(),
        event: (event) => this.feed.heard(event),
        head: (seq) => this.feed.heardHead(seq),
        read: (userId, seq) => this.heardRead(userId, seq),
        typing: (user, active) => this.writers.set(user, active),
        viewers: (users) => this.heardViewers(users),
      }),
      () => live.unsubscribe(ticketId),
      outbox.follow(ticketId, (answer) => this.stored(answer)),
      outbox.onChange(() => this.publish()),
    ];
    this.feed.start();
  }

  close(): void {
    this.closed = true;
    this.feed.close();
    for (const end of this.endings) end();
    this.snapshotListeners.clear();
    this.eventListeners.clear();
    this.writers.clear();
  }

  send(draft: OutgoingDraft): PendingMessage {
    return this.options.outbox.add(this.options.ticketId, draft);
  }

  retry(clientMsgId: string): Promise<void> {
    return this.options.outbox.retry(clientMsgId);
  }

  discard(clientMsgId: string): Promise<PendingMessage | null> {
    return this.options.outbox.discard(clientMsgId);
  }

  takeBack(clientMsgId: string): Promise<PendingMessage | null> {
    return this.options.outbox.takeBack(clientMsgId);
  }

  async edit(messageId: string, body: string): Promise<void> {
    const { seq } = await this.transport.edit(this.options.ticketId, messageId, body);
    this.feed.expect(seq);
  }

  async remove(messageId: string): Promise<void> {
    const { seq } = await this.transport.remove(this.options.ticketId, messageId);
    this.feed.expect(seq);
  }

  /** Everything up to `seq` has been seen. Marks only ever rise. */
  markRead(seq: number): void {
    if (this.feed.connection !== 'offline') this.marks.mark(seq);
  }

  /** From this message on it counts as unread: nothing is marked any more until the ticket is opened again. */
  async markUnread(seq: number): Promise<void> {
    this.marks.pause();
    await this.options.rest.markUnread(this.options.ticketId, seq);
  }

  announceTyping(active: boolean, kind: WireMessageKind): void {
    if (this.feed.connection === 'live') this.options.live.typing(this.options.ticketId, active, kind);
  }

  private get transport(): MessageTransport {
    return this.feed.connection === 'live' ? this.options.live : this.options.rest;
  }

  /** Without those that the record already shows: their answer was lost, or is on its way. */
  private pending(): readonly PendingMessage[] {
    const { outbox, ticketId } = this.options;
    return outbox.pending(ticketId).filter(({ clientMsgId }) => !this.feed.log.has(outbox.userId, clientMsgId));
  }

  private subscribed({ audience, readSeq, viewers }: SubscribeAnswer): void {
    this.audience = audience;
    this.viewers = viewers ?? [];
    this.marks.load(readSeq);
  }

  private lostSocket(): void {
    this.viewers = [];
    this.writers.clear();
    this.feed.lostSocket();
    this.publish();
  }

  private heardRead(userId: string, seq: number): void {
    if (this.marks.heard(userId, seq)) this.publish();
  }

  private heardViewers(users: WireViewer[]): void {
    this.viewers = users;
    this.publish();
  }

  /**
   * An own message was stored. In which numbering its number is given nobody knows, should the reader's role have changed
   * this moment: it says that there is something to come, and the record itself tells what.
   */
  private stored({ message, seq }: SendAnswer): void {
    const { outbox } = this.options;
    if (this.feed.log.has(outbox.userId, message.clientMsgId)) outbox.settle(message.clientMsgId);
    else this.feed.expect(seq);
  }

  private applied(event: WireTimelineEvent): void {
    if (event.type === 'message.created') {
      const { author, clientMsgId } = event.data.message;
      this.writers.stop(author.id);
      if (author.id === this.options.outbox.userId) this.ownApplied(clientMsgId, event.seq);
    }
    for (const listener of this.eventListeners) listener(event);
  }

  private ownApplied(clientMsgId: string, seq: number): void {
    this.marks.ownMessage(seq);
    this.options.outbox.settle(clientMsgId);
  }

  private restarted(): void {
    this.phase = 'loading';
    this.marks.forget();
    this.options.outbox.forgetSent(this.options.ticketId);
  }

  private complete(afterOutage: boolean): void {
    const { outbox, ticketId } = this.options;
    this.phase = 'ready';
    this.refusal = null;
    for (const { clientMsgId } of outbox.pending(ticketId))
      if (this.feed.log.has(outbox.userId, clientMsgId)) outbox.settle(clientMsgId);
    if (afterOutage) outbox.wake();
    this.publish();
  }

  private refused(error: TransportError): void {
    this.phase = 'refused';
    this.refusal = error;
    this.publish();
  }

  private publish(): void {
    if (this.closed) return;
    const { snapshot } = this;
    for (const listener of this.snapshotListeners) listener(snapshot);
  }
}
