import { SetMetadata } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** News of a unit of work, in the past tense: `ticket.claimed`. */
export interface DomainEvent {
  /** The channel it is announced on; the class keeps the same text as its static `eventName`. */
  readonly name: string;
}

/** What a unit of work hands to everything it calls. */
export interface Transaction {
  readonly manager: EntityManager;
  /** Announces an event: `@InTransaction` listeners run before commit, `@OnEvent` listeners once it is true. */
  record(event: DomainEvent): void;
  /** Names the one thing that a request asked this unit to make, so that a repeat of the request finds it. */
  made(id: string): void;
}

export const IN_TRANSACTION_KEY = 'database:in-transaction';

/**
 * Marks a method `(event, tx)` that writes along with the unit of work that recorded the event, and fails it by
 * throwing. Nothing slow and no input or output but the database.
 */
export const InTransaction = (event: { readonly eventName: string }): MethodDecorator =>
  SetMetadata(IN_TRANSACTION_KEY, event.eventName);
