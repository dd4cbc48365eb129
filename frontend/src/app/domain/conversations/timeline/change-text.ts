import type { UserRef } from '../../../core/api/models';
import { TextValues, t } from '../../../shared/texts/text';
import { TextKey } from '../../../shared/texts/text-files';
import { CUSTOMER_STATUS_WORDS, PRIORITY_WORDS, STATUS_WORDS } from '../../tickets/ticket-words';
import { ChangeEvent } from '../engine/timeline-log';

/** Whom a change is told to; customers do not read the words of staff. */
export type ChangeReader = Pick<UserRef, 'id' | 'role'>;

/** One change of a ticket as a sentence. */
export function changeText(event: ChangeEvent, reader: ChangeReader): string {
  const [what, values] = sayingOf(event, reader);
  const isOwn = event.actor.id === reader.id;
  // Nobody takes a ticket off themselves in so many words, nor assigns it to "you".
  if (what === 'assignedYou' || what === 'takenOffYou')
    return t(`conversation.change.${what}.other`, { name: event.actor.name });
  return t(`conversation.change.${what}.${isOwn ? 'you' : 'other'}`, { name: event.actor.name, ...values });
}

type Saying = readonly [What, TextValues?];
type What = TextKey extends infer Key ? (Key extends `conversation.change.${infer Name}.other` ? Name : never) : never;

function sayingOf(event: ChangeEvent, reader: ChangeReader): Saying {
  const statusWords = reader.role === 'customer' ? CUSTOMER_STATUS_WORDS : STATUS_WORDS;
  switch (event.type) {
    case 'ticket.created':
      return ['created'];
    case 'ticket.deleted':
      return ['deleted'];
    case 'ticket.restored':
      return ['restored'];
    case 'description.changed':
      return ['description'];
    case 'status.changed':
      return ['status', { status: statusWords[event.data.to] }];
    case 'priority.changed':
      return ['priority', { from: PRIORITY_WORDS[event.data.from], to: PRIORITY_WORDS[event.data.to] }];
    case 'assignee.changed':
      return assigneeSaying(event.actor, event.data, reader);
    case 'category.changed':
      return event.data.to ? ['category', { category: event.data.to.name }] : ['noCategory'];
    case 'subject.changed':
      return ['subject', { subject: event.data.to }];
    case 'tags.changed':
      return tagsSaying(event.data.from, event.data.to);
    case 'needs-reply.changed':
      return [event.data.to ? 'waits' : 'noReply'];
  }
}

function assigneeSaying(
  actor: UserRef,
  { from, to }: { from: UserRef | null; to: UserRef | null },
  { id: selfId, role }: ChangeReader,
): Saying {
  if (to?.id === actor.id) return ['took'];
  if (to) return to.id === selfId ? ['assignedYou'] : ['assigned', { other: to.name }];
  if (from && from.id !== actor.id) return from.id === selfId ? ['takenOffYou'] : ['takenOff', { other: from.name }];
  return [role === 'customer' ? 'toTeam' : 'toQueue'];
}

function tagsSaying(from: readonly string[], to: readonly string[]): Saying {
  const added = to.filter((tag) => !from.includes(tag));
  const removed = from.filter((tag) => !to.includes(tag));
  const names = { added: tagNames(added), removed: tagNames(removed) };
  if (added.length > 0 && removed.length > 0) return ['tagsBoth', names];
  if (added.length > 0) return ['tagsAdded', names];
  return removed.length > 0 ? ['tagsRemoved', names] : ['tags'];
}

const tagNames = (tags: readonly string[]): string =>
  t('conversation.change.tagNames', { count: tags.length, names: tags.join(', ') });
