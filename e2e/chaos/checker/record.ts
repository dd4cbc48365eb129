import type { WireAudience, WireMessage, WireTimelineEvent } from '@parley/socket-events';
import type { ConversationRecord, Handed, Observations, StoredMessage, ViewEntry } from './observations';

export type MessageEvent = Extract<WireTimelineEvent, { type: `message.${string}` }>;

export const isMessageEvent = (event: WireTimelineEvent): event is MessageEvent => event.type.startsWith('message.');

export function conversationOf({ conversations }: Observations, ticketId: number): ConversationRecord {
  const found = conversations.find((conversation) => conversation.ticketId === ticketId);
  if (!found) throw new Error(`The record of ticket ${ticketId} was not read.`);
  return found;
}

/** What was stored of a message that somebody sent, if it was. */
export const messageOf = (
  observed: Observations,
  { ticketId, authorId, clientMsgId }: Handed,
): StoredMessage | undefined =>
  conversationOf(observed, ticketId).stored.messages.find(
    (message) => message.authorId === authorId && message.clientMsgId === clientMsgId,
  );

/** What a list must show for a record: its messages as they stand now and everything else that happened. */
export function shownFor(record: ConversationRecord, audience: WireAudience): ViewEntry[] {
  const now = new Map(record.messages[audience].map((message) => [message.id, message]));
  return record.events[audience].flatMap((event) => entryOf(event, now));
}

function entryOf(event: WireTimelineEvent, now: ReadonlyMap<string, WireMessage>): ViewEntry[] {
  const { seq, type } = event;
  if (!isMessageEvent(event)) return [{ seq, type, messageId: null, body: null, isRemoved: false }];
  if (event.type !== 'message.created') return [];
  const { id } = event.data.message;
  const message = now.get(id);
  return [{ seq, type, messageId: id, body: message?.body ?? null, isRemoved: !message || message.removedAt !== null }];
}

/** The first place at which numbers do not run 1, 2, 3, …; undefined when they do. */
export function breakIn(numbers: readonly number[]): string | undefined {
  const place = numbers.findIndex((number, index) => number !== index + 1);
  return place < 0 ? undefined : `${numbers[place]} stands where ${place + 1} belongs`;
}

export const audienceNames: readonly WireAudience[] = ['public', 'staff'];

export function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
