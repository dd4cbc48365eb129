import type { Actor, Role } from '../../access';
import type { Attachment } from '../../attachments';
import type { DomainEvent } from '../../database';
import type { Message } from '../message.entity';
import type { TimelineEntry } from '../timeline-entry.entity';

/** What a message was stored with, handed along so that nobody has to read it again. */
export interface Said {
  readonly message: Message;
  readonly author: Actor;
  readonly files: readonly Attachment[];
}

/** A ticket's timeline has a new entry. */
export class TimelineGrew implements DomainEvent {
  static readonly eventName = 'timeline.grew';
  readonly name = TimelineGrew.eventName;
  /** @param said with new messages */
  constructor(
    readonly entry: TimelineEntry,
    readonly said?: Said,
  ) {}
}

/** What listeners need to know of the ticket in which something was said. */
export interface SaidIn {
  readonly number: number;
  readonly subject: string;
  readonly requesterId: string;
  readonly assigneeId: string | null;
}

/** Somebody said something; not sent for edits. */
export class MessageCreated implements DomainEvent {
  static readonly eventName = 'message.created';
  readonly name = MessageCreated.eventName;
  constructor(
    readonly message: Message,
    readonly ticket: SaidIn,
  ) {}
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

/** The unread counts of everybody tied to this ticket may have changed; of staff only after a note. */
export class TicketUnreadChanged implements DomainEvent {
  static readonly eventName = 'ticket-unread.changed';
  readonly name = TicketUnreadChanged.eventName;
  constructor(
    readonly ticketNumber: number,
    readonly isPublic: boolean,
  ) {}
}

/** The unread counts of these people may have changed. */
export class UnreadChanged implements DomainEvent {
  static readonly eventName = 'unread.changed';
  readonly name = UnreadChanged.eventName;
  constructor(readonly userIds: readonly string[]) {}
}
