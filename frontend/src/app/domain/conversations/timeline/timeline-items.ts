import type { Message, MessageKind, UserRef } from '../../../core/api/models';
import { PendingMessage } from '../engine/outgoing-messages';
import { ChangeEntry, messageKey, TimelineEntry } from '../engine/timeline-log';

/** A message as the timeline draws it, stored or still on its way. */
export interface ShownMessage {
  readonly key: string;
  /** Null while it isn't part of the record. */
  readonly seq: number | null;
  readonly kind: MessageKind;
  readonly at: string;
  readonly stored: Message | null;
  readonly pending: PendingMessage | null;
  readonly removedBy: UserRef | null;
}

export interface DayLine {
  readonly type: 'day';
  readonly key: string;
  readonly at: string;
}

/** Above the first message that had not been seen when the conversation was opened. */
export interface NewLine {
  readonly type: 'new';
  readonly key: string;
}

/** Messages of one author in a row. */
export interface MessageGroup {
  readonly type: 'messages';
  readonly key: string;
  readonly author: UserRef;
  readonly own: boolean;
  readonly kind: MessageKind;
  readonly messages: readonly ShownMessage[];
}

/** One change of the ticket, or several in a row. */
export interface ChangeRun {
  readonly type: 'changes';
  readonly key: string;
  readonly changes: readonly ChangeEntry[];
}

export type TimelineItem = DayLine | NewLine | MessageGroup | ChangeRun;

/** The numbers between which everything was new when the conversation was opened. */
export interface News {
  readonly after: number;
  readonly upTo: number;
}

export interface TimelineReader {
  readonly self: UserRef;
  /** What was new at the moment of opening; null when nothing was, or when everything was. */
  readonly news: News | null;
}

const GROUP_WITHIN_MS = 3 * 60_000;

/** Arranges the record and the messages on their way into what is drawn, from top to bottom. */
export function timelineItems(
  entries: readonly TimelineEntry[],
  pending: readonly PendingMessage[],
  reader: TimelineReader,
): TimelineItem[] {
  const arranger = new Arranger(reader);
  for (const entry of entries) arranger.addEntry(entry);
  for (const message of pending) arranger.addPending(message);
  return arranger.items;
}

/** The calendar day on the reader's own clock. */
export function localDay(at: string): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}

class Arranger {
  readonly items: TimelineItem[] = [];
  private day = '';
  private newLineDrawn = false;

  constructor(private readonly reader: TimelineReader) {}

  addEntry(entry: TimelineEntry): void {
    if (entry.type === 'change') {
      this.addChange(entry);
      return;
    }
    const { message, seq, key, removedBy } = entry;
    this.startDay(message.createdAt, message.clientMsgId);
    if (message.author.id !== this.reader.self.id) this.drawNewLine(seq);
    this.addMessage(message.author, {
      key,
      seq,
      kind: message.kind,
      at: message.createdAt,
      stored: message,
      pending: null,
      removedBy,
    });
  }

  addPending(message: PendingMessage): void {
    this.startDay(message.createdAt, message.clientMsgId);
    this.addMessage(this.reader.self, {
      key: messageKey(this.reader.self.id, message.clientMsgId),
      seq: null,
      kind: message.kind,
      at: message.createdAt,
      stored: null,
      pending: message,
      removedBy: null,
    });
  }

  private addChange(entry: ChangeEntry): void {
    this.startDay(entry.event.at, entry.key);
    const last = this.items.at(-1);
    if (last?.type === 'changes') this.replaceLast({ ...last, changes: [...last.changes, entry] });
    else this.items.push({ type: 'changes', key: `changes/${entry.key}`, changes: [entry] });
  }

  private addMessage(author: UserRef, message: ShownMessage): void {
    const last = this.items.at(-1);
    if (last?.type === 'messages' && belongsTo(last, author, message)) {
      this.replaceLast({ ...last, messages: [...last.messages, message] });
      return;
    }
    this.items.push({
      type: 'messages',
      key: `group/${message.key}`,
      author,
      own: author.id === this.reader.self.id,
      kind: message.kind,
      messages: [message],
    });
  }

  private replaceLast(item: TimelineItem): void {
    this.items[this.items.length - 1] = item;
  }

  private startDay(at: string, anchor: string): void {
    const day = localDay(at);
    if (day === this.day) return;
    this.day = day;
    this.items.push({ type: 'day', key: `day/${day}/${anchor}`, at });
  }

  private drawNewLine(seq: number): void {
    const { news } = this.reader;
    if (this.newLineDrawn || news === null || seq <= news.after || seq > news.upTo) return;
    this.newLineDrawn = true;
    this.items.push({ type: 'new', key: 'new' });
  }
}

/** Same author, same side of the curtain, and within three minutes of the message before. */
function belongsTo(group: MessageGroup, author: UserRef, message: ShownMessage): boolean {
  const last = group.messages.at(-1);
  if (!last || group.author.id !== author.id || group.kind !== message.kind) return false;
  return Math.abs(Date.parse(message.at) - Date.parse(last.at)) <= GROUP_WITHIN_MS;
}
