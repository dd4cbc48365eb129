import type { WireMessage, WireTimelineEvent, WireUserRef } from '@parley/socket-events';

export type MessageEvent = Extract<WireTimelineEvent, { type: `message.${string}` }>;
export type ChangeEvent = Exclude<WireTimelineEvent, MessageEvent>;

/** A message as it stands now: edits and removals are already in it. */
export interface MessageEntry {
  readonly type: 'message';
  /** Stays the same from the moment the message is typed, so its place on screen does too. */
  readonly key: string;
  readonly seq: number;
  readonly message: WireMessage;
  readonly removedBy: WireUserRef | null;
}

/** Everything else that happened: a status, an assignee, a subject. */
export interface ChangeEntry {
  readonly type: 'change';
  readonly key: string;
  readonly seq: number;
  readonly event: ChangeEvent;
}

export type TimelineEntry = MessageEntry | ChangeEntry;

/** The key under which a message is drawn, known before the server has seen it. */
export const messageKey = (authorId: string, clientMsgId: string): string => `${authorId}/${clientMsgId}`;

/**
 * The ordered record of one ticket in the numbering of the reader's audience. Its cursor is the highest number with all
 * lower ones applied; it never moves over something not yet applied.
 */
export class TimelineLog {
  private entries: TimelineEntry[] = [];
  /** What was handed out last; made anew only after a change. */
  private handedOut: readonly TimelineEntry[] | null = null;
  private readonly keys = new Set<string>();
  private readonly placeOfMessage = new Map<string, number>();
  private readonly ahead = new Map<number, WireTimelineEvent>();
  private applied = 0;

  get cursor(): number {
    return this.applied;
  }

  /** Whether something later has arrived while something earlier is still missing. */
  get hasGap(): boolean {
    return this.ahead.size > 0;
  }

  toArray(): readonly TimelineEntry[] {
    this.handedOut ??= this.entries.slice();
    return this.handedOut;
  }

  /** Whether this message of this author has become part of the record. */
  has(authorId: string, clientMsgId: string): boolean {
    return this.keys.has(messageKey(authorId, clientMsgId));
  }

  /** Takes an event in whatever order it comes; answers with those that have become part of the record by it. */
  accept(event: WireTimelineEvent): WireTimelineEvent[] {
    if (event.seq <= this.applied) return [];
    this.ahead.set(event.seq, event);
    const applied: WireTimelineEvent[] = [];
    for (let next = this.take(); next; next = this.take()) {
      this.apply(next);
      applied.push(next);
    }
    return applied;
  }

  /** Lets go of what has arrived early. */
  forgetAhead(): void {
    this.ahead.clear();
  }

  forget(): void {
    this.entries = [];
    this.handedOut = null;
    this.keys.clear();
    this.placeOfMessage.clear();
    this.ahead.clear();
    this.applied = 0;
  }

  private take(): WireTimelineEvent | undefined {
    const next = this.ahead.get(this.applied + 1);
    this.ahead.delete(this.applied + 1);
    return next;
  }

  private apply(event: WireTimelineEvent): void {
    this.applied = event.seq;
    this.handedOut = null;
    if (!isMessageEvent(event)) {
      this.entries.push({ type: 'change', key: event.id, seq: event.seq, event });
      return;
    }
    if (event.type === 'message.created') this.addMessage(event);
    else this.updateMessage(event);
  }

  private addMessage(event: MessageEvent): void {
    const { message } = event.data;
    const key = messageKey(message.author.id, message.clientMsgId);
    this.keys.add(key);
    this.placeOfMessage.set(message.id, this.entries.length);
    this.entries.push({
      type: 'message',
      key,
      seq: event.seq,
      message,
      removedBy: null,
    });
  }

  private updateMessage(event: MessageEvent): void {
    const place = this.placeOfMessage.get(event.data.message.id);
    const entry = place === undefined ? undefined : this.entries[place];
    if (place === undefined || entry?.type !== 'message') return;
    this.entries[place] = {
      ...entry,
      message: { ...event.data.message, seq: entry.message.seq },
      removedBy: event.type === 'message.removed' ? event.actor : entry.removedBy,
    };
  }
}

export function isMessageEvent(event: WireTimelineEvent): event is MessageEvent {
  return event.type.startsWith('message.');
}
