import type { DomainEvent } from '../../database';
import type { MessageKind } from '../message.entity';

/** A person's draft was written, thrown away, or became a message. */
export class DraftChanged implements DomainEvent {
  static readonly eventName = 'draft.changed';
  readonly name = DraftChanged.eventName;
  constructor(
    readonly userId: string,
    readonly ticketNumber: number,
    readonly kind: MessageKind,
  ) {}
}
