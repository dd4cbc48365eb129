import type { Role } from '../../access';
import type { DomainEvent } from '../../database';
import type { Message } from '../message.entity';
import type { TimelineEntry } from '../timeline-entry.entity';

/** A ticket's timeline has a new entry. */
export class TimelineGrew implements DomainEvent {
  static readonly eventName = 'timeline.grew';
  readonly name = TimelineGrew.eventName;
  constructor(readonly entry: TimelineEntry) {}
}

/** Somebody said something; not sent for edits. */
export class MessageCreated implements DomainEvent {
  static readonly eventName = 'message.created';
  readonly name = MessageCreated.eventName;
  constructor(readonly message: Message) {}
}

/** Somebody read further; numbers in both numberings. */
export class ReadMarkMoved implements DomainEvent {
  static readonly eventName = 'read-mark.moved';
  readonly name = ReadMarkMoved.eventName;
  constructor(
    readonly ticketNumber: number,
    readonly reader: { readonly id: string; readonly role: Role },
    readonly staffSeq: number,
    readonly publicSeq: number,
    /** False when customers must not notice: only notes were read, or other staff had read as far before. */
    readonly isPublicMoved: boolean,
  ) {}
}

/** The unread counts of these people may have changed. */
export class UnreadChanged implements DomainEvent {
  static readonly eventName = 'unread.changed';
  readonly name = UnreadChanged.eventName;
  constructor(readonly userIds: readonly string[]) {}
}
