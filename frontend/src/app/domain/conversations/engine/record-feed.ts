import type { SubscribeAnswer, SyncAnswer, WireTimelineEvent } from '@parley/socket-events';
import type { Connection } from './conversation-snapshot';
import { TimelineLog } from './timeline-log';
import { Alarm, answerInTime, backOff, Timers } from './timers';
import { asTransportError, LiveTransport, RestTransport, TransportError } from './transport';

export interface FeedPort {
  readonly ticketId: number;
  readonly live: LiveTransport;
  readonly rest: RestTransport;
  readonly timers: Timers;
  /** The socket follows the ticket; what the answer says beside the events. */
  subscribed(answer: SubscribeAnswer): void;
  /** An event has become part of the record: each once, in order. */
  applied(event: WireTimelineEvent): void;
  /** The numbering changed: what was applied counts no more, all of it comes again. */
  restarted(): void;
  /** The record is whole up to the announced end; for the first time after the server could not be reached, or again. */
  complete(afterOutage: boolean): void;
  refused(error: TransportError): void;
  changed(): void;
}

const FIRST_ANSWER_WITHIN_MS = 1_500;
const FALL_BACK_AFTER_MS = 3_000;
const POLL_EVERY_MS = 4_000;
const GAP_WAIT_MIN_MS = 500;
const GAP_WAIT_SPREAD_MS = 1_000;

/**
 * The receiving side of one ticket: brings the record up to the server's and keeps it there, by the socket or, when that
 * can't be used, by asking every few seconds.
 */
export class RecordFeed {
  readonly log = new TimelineLog();
  connection: Connection = 'connecting';
  private readonly gapAlarm: Alarm;
  private readonly fallBackAlarm: Alarm;
  private readonly pollAlarm: Alarm;
  private readonly resubscribeAlarm: Alarm;
  private stream: string | undefined;
  private head = 0;
  /** Counts subscriptions; an answer to a question of an earlier one is ignored. */
  private epoch = 0;
  /** Which subscription is paging now, so that none pages twice at once. */
  private pagingIn: number | null = null;
  /** Whether pushes are in the numbering of the record: only after the answer to a subscription, and until its end. */
  private hears = false;
  /** Pushes between the request and the answer of a subscription. */
  private heldBack: (() => void)[] = [];
  private failures = 0;
  private polling = false;
  private pollAgain = false;
  private closed = false;

  constructor(private readonly port: FeedPort) {
    this.gapAlarm = new Alarm(port.timers);
    this.fallBackAlarm = new Alarm(port.timers);
    this.pollAlarm = new Alarm(port.timers);
    this.resubscribeAlarm = new Alarm(port.timers);
  }

  start(): void {
    this.fallBackAlarm.arm(FIRST_ANSWER_WITHIN_MS, () => void this.poll());
    if (this.port.live.connected) void this.subscribe();
  }

  close(): void {
    this.closed = true;
    this.epoch++;
    for (const alarm of [this.gapAlarm, this.fallBackAlarm, this.pollAlarm, this.resubscribeAlarm]) alarm.cancel();
  }

  /** The socket is up, or its rooms were left: the same call begins anew where the record ends. */
  async subscribe(): Promise<void> {
    const epoch = ++this.epoch;
    this.resubscribeAlarm.cancel();
    this.stopHearing();
    if (this.connection === 'live') this.leaveLive();
    try {
      const answer = await this.ask(this.port.live.subscribe(this.request()));
      if (this.isStale(epoch)) return;
      const grew = this.absorb(answer);
      this.port.subscribed(answer);
      this.startHearing();
      if (grew && answer.hasMore) await this.pageOn(epoch);
      if (!this.isStale(epoch)) this.becomeLive();
    } catch (error) {
      if (!this.isStale(epoch)) this.subscribeFailed(asTransportError(error));
    }
  }

  lostSocket(): void {
    this.epoch++;
    this.stopHearing();
    this.resubscribeAlarm.cancel();
    if (this.connection === 'live') this.leaveLive();
  }

  heard(event: WireTimelineEvent): void {
    this.inNumbering(() => {
      this.acceptAll([event]);
      this.mendGap();
    });
  }

  heardHead(seq: number): void {
    this.inNumbering(() => {
      this.head = Math.max(this.head, seq);
      this.mendGap();
    });
  }

  /** The record is known to reach this number. */
  expect(seq: number): void {
    this.head = Math.max(this.head, seq);
    if (this.connection === 'polling') void this.poll();
    else this.mendGap();
  }

  private request(): { ticketId: number; after: number; stream: string | undefined } {
    return { ticketId: this.port.ticketId, after: this.log.cursor, stream: this.stream };
  }

  private ask<Answer>(answer: Promise<Answer>): Promise<Answer> {
    return answerInTime(this.port.timers, answer);
  }

  private inNumbering(take: () => void): void {
    if (this.hears) take();
    else this.heldBack.push(take);
  }

  /** What was pushed and not applied yet may be in a numbering that has ended: the next subscription brings it again. */
  private stopHearing(): void {
    this.hears = false;
    this.heldBack = [];
    this.log.forgetAhead();
    this.gapAlarm.cancel();
  }

  private startHearing(): void {
    this.hears = true;
    for (const take of this.heldBack.splice(0)) take();
  }

  private becomeLive(): void {
    this.failures = 0;
    this.fallBackAlarm.cancel();
    this.pollAlarm.cancel();
    this.connection = 'live';
    this.becomeComplete();
  }

  private leaveLive(): void {
    this.connection = 'connecting';
    this.fallBackAlarm.arm(FALL_BACK_AFTER_MS, () => void this.poll());
  }

  private subscribeFailed(error: TransportError): void {
    if (isFinal(error)) return this.refuse(error);
    this.stopHearing();
    this.resubscribeAlarm.arm(error.retryAfterMs ?? backOff(this.failures++, this.port.timers), () => {
      if (this.port.live.connected) void this.subscribe();
    });
  }

  /** Asks on until the end, or until there is nothing to be had. */
  private async pageOn(epoch: number): Promise<void> {
    this.pagingIn = epoch;
    try {
      let page: SyncAnswer;
      do {
        page = await this.ask(this.port.live.sync(this.request()));
        if (this.isStale(epoch)) return;
        // What is pushed is still in the old numbering: only a new subscription changes that.
        if (this.isOtherNumbering(page)) return await this.subscribe();
      } while (this.absorb(page) && page.hasMore);
    } finally {
      if (this.pagingIn === epoch) this.pagingIn = null;
    }
  }

  /** Takes a page into the record; answers whether anything was new. */
  private absorb(page: SyncAnswer): boolean {
    if (this.isOtherNumbering(page)) {
      this.log.forget();
      this.port.restarted();
    }
    const before = this.log.cursor;
    this.stream = page.stream;
    this.head = page.head;
    this.acceptAll(page.events);
    return this.log.cursor > before;
  }

  private isOtherNumbering({ reset, stream }: SyncAnswer): boolean {
    return reset === true || (this.stream !== undefined && stream !== this.stream);
  }

  private async poll(): Promise<void> {
    this.fallBackAlarm.cancel();
    this.pollAlarm.cancel();
    this.pollAgain = this.polling;
    if (this.polling) return;
    this.polling = true;
    const problem = await this.pollPages().then(
      () => null,
      (error: unknown) => asTransportError(error),
    );
    this.polling = false;
    if (!this.closed && this.connection !== 'live') this.polled(problem);
  }

  private polled(problem: TransportError | null): void {
    if (problem && isFinal(problem)) return this.refuse(problem);
    const wasOffline = this.connection === 'offline';
    this.connection = problem ? 'offline' : 'polling';
    if (problem) this.port.changed();
    else this.becomeComplete(wasOffline);
    const wait = Math.max(problem?.retryAfterMs ?? 0, POLL_EVERY_MS * (0.75 + this.port.timers.random() / 2));
    this.pollAlarm.arm(this.pollAgain ? 0 : wait, () => void this.poll());
  }

  private async pollPages(): Promise<void> {
    let page: SyncAnswer;
    do {
      page = await this.ask(this.port.rest.events(this.request()));
      // The socket was faster; two ways at once might belong to two numberings.
      if (this.closed || this.connection === 'live' || this.pagingIn !== null) return;
    } while (this.absorb(page) && page.hasMore);
  }

  private mendGap(): void {
    const behind = this.log.hasGap || this.head > this.log.cursor;
    if (!behind) return this.gapAlarm.cancel();
    if (this.gapAlarm.armed || this.pagingIn !== null || this.connection !== 'live') return;
    const { timers } = this.port;
    this.gapAlarm.arm(GAP_WAIT_MIN_MS + timers.random() * GAP_WAIT_SPREAD_MS, () => void this.sync());
  }

  private async sync(): Promise<void> {
    const { epoch } = this;
    const before = this.log.cursor;
    try {
      await this.pageOn(epoch);
      if (this.isStale(epoch)) return;
      this.failures = 0;
      if (this.log.cursor === before) this.head = before; // nothing to be had now: the next announced head tells
      this.becomeComplete();
    } catch (error) {
      if (!this.isStale(epoch)) this.syncFailed(asTransportError(error));
    }
  }

  private syncFailed(error: TransportError): void {
    if (isFinal(error)) return this.refuse(error);
    const wait = error.retryAfterMs ?? backOff(this.failures++, this.port.timers);
    this.gapAlarm.arm(wait, () => void this.sync());
  }

  private acceptAll(events: readonly WireTimelineEvent[]): void {
    for (const event of events) for (const applied of this.log.accept(event)) this.port.applied(applied);
    this.port.changed();
  }

  private becomeComplete(afterOutage = false): void {
    this.port.complete(afterOutage);
    this.mendGap();
  }

  private refuse(error: TransportError): void {
    this.stopHearing();
    this.fallBackAlarm.cancel();
    this.pollAlarm.cancel();
    this.port.refused(error);
  }

  private isStale(epoch: number): boolean {
    return this.closed || epoch !== this.epoch;
  }
}

/** Trying again won't help: the ticket isn't there, or not for this reader. */
function isFinal(error: TransportError): boolean {
  return error.code === 'forbidden' || error.code === 'not_found';
}
