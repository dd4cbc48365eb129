import type { UserRef } from '../../../core/api/models';
import { PRIORITY_WORDS, STATUS_WORDS } from '../../tickets/ticket-words';
import { ChangeEvent } from '../engine/timeline-log';

/** One change of a ticket as a sentence, told to `selfId`. */
export function changeText(event: ChangeEvent, selfId: string): string {
  return `${nameOf(event.actor, selfId)} ${predicateOf(event, selfId)}`;
}

function predicateOf(event: ChangeEvent, selfId: string): string {
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
      return `changed the status to ${STATUS_WORDS[event.data.to]}`;
    case 'priority.changed':
      return `changed the priority from ${PRIORITY_WORDS[event.data.from]} to ${PRIORITY_WORDS[event.data.to]}`;
    case 'assignee.changed':
      return assigneePredicate(event.actor, event.data, selfId);
    case 'category.changed':
      return event.data.to ? `moved the ticket to ${event.data.to.name}` : 'took the ticket out of its category';
    case 'subject.changed':
      return `changed the subject to “${event.data.to}”`;
    case 'tags.changed':
      return tagsPredicate(event.data.from, event.data.to);
  }
}

function assigneePredicate(
  actor: UserRef,
  { from, to }: { from: UserRef | null; to: UserRef | null },
  selfId: string,
): string {
  if (to?.id === actor.id) return 'took the ticket';
  if (to) return `assigned the ticket to ${to.id === selfId ? 'you' : to.name}`;
  return from && from.id !== actor.id
    ? `took the ticket off ${nameOf(from, selfId, 'you')}`
    : 'put the ticket back in the queue';
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
