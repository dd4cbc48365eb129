import type { UserRef } from '../../../core/api/models';
import { CUSTOMER_STATUS_WORDS, PRIORITY_WORDS, STATUS_WORDS } from '../../tickets/ticket-words';
import { ChangeEvent } from '../engine/timeline-log';

/** Whom a change is told to; customers do not read the words of staff. */
export type ChangeReader = Pick<UserRef, 'id' | 'role'>;

/** One change of a ticket as a sentence. */
export function changeText(event: ChangeEvent, reader: ChangeReader): string {
  return `${nameOf(event.actor, reader.id)} ${predicateOf(event, reader)}`;
}

function predicateOf(event: ChangeEvent, reader: ChangeReader): string {
  const statusWords = reader.role === 'customer' ? CUSTOMER_STATUS_WORDS : STATUS_WORDS;
  switch (event.type) {
    case 'ticket.created':
      return 'opened the ticket';
    case 'ticket.deleted':
      return 'deleted the ticket';
    case 'ticket.restored':
      return 'restored the ticket';
    case 'description.changed':
      return 'edited the description';
    case 'status.changed':
      return `changed the status to ${statusWords[event.data.to]}`;
    case 'priority.changed':
      return `changed the priority from ${PRIORITY_WORDS[event.data.from]} to ${PRIORITY_WORDS[event.data.to]}`;
    case 'assignee.changed':
      return assigneePredicate(event.actor, event.data, reader);
    case 'category.changed':
      return event.data.to ? `moved the ticket to ${event.data.to.name}` : 'took the ticket out of its category';
    case 'subject.changed':
      return `changed the subject to “${event.data.to}”`;
    case 'tags.changed':
      return tagsPredicate(event.data.from, event.data.to);
    case 'needs-reply.changed':
      return event.data.to ? 'marked the ticket as waiting for a reply' : 'said that no reply is needed';
  }
}

function assigneePredicate(
  actor: UserRef,
  { from, to }: { from: UserRef | null; to: UserRef | null },
  { id: selfId, role }: ChangeReader,
): string {
  if (to?.id === actor.id) return 'took the ticket';
  if (to) return `assigned the ticket to ${to.id === selfId ? 'you' : to.name}`;
  if (from && from.id !== actor.id) return `took the ticket off ${nameOf(from, selfId, 'you')}`;
  return role === 'customer' ? 'handed the ticket back to the team' : 'put the ticket back in the queue';
}

function tagsPredicate(from: readonly string[], to: readonly string[]): string {
  const added = to.filter((tag) => !from.includes(tag));
  const removed = from.filter((tag) => !to.includes(tag));
  const parts = [
    ...(added.length > 0 ? [`added the ${tagWord(added)} ${added.join(', ')}`] : []),
    ...(removed.length > 0 ? [`removed the ${tagWord(removed)} ${removed.join(', ')}`] : []),
  ];
  return parts.join(' and ') || 'changed the tags';
}

const tagWord = (tags: readonly string[]): string => (tags.length === 1 ? 'tag' : 'tags');

const nameOf = (person: UserRef, selfId: string, self = 'You'): string => (person.id === selfId ? self : person.name);
