import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock, newId } from '../common';
import { insertRow, type Transaction } from '../database';
import { Conversation } from './conversation.entity';
import { TimelineGrew } from './events/conversation-events';
import { TimelineEntry, type TimelineEventType } from './timeline-entry.entity';

export interface NewEntry {
  type: TimelineEventType;
  actorId: string;
  /** Staff-only entries take no number of the public counter. */
  isPublic: boolean;
  messageId?: string;
  data?: Record<string, unknown>;
}

/** The counters of a ticket, and the one way to add to its timeline. */
@Injectable()
export class ConversationsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  async open(tx: Transaction, ticketNumber: number): Promise<Conversation> {
    const conversation: Conversation = { ticketNumber, staffSeq: 0, publicSeq: 0, stream: newId() };
    await insertRow(tx.manager, Conversation, conversation);
    return conversation;
  }

  /**
   * Takes the lock of a ticket, which is held until commit. It must be the first statement of every unit that touches
   * the ticket. Null when there is no such ticket.
   */
  async lock(tx: Transaction, ticketNumber: number): Promise<Conversation | null> {
    await tx.manager.query('UPDATE conversations SET staffSeq = staffSeq WHERE ticketNumber = ?', [ticketNumber]);
    return tx.manager.findOneBy(Conversation, { ticketNumber });
  }

  find(ticketNumber: number, manager: EntityManager = this.dataSource.manager): Promise<Conversation | null> {
    return manager.findOneBy(Conversation, { ticketNumber });
  }

  /** Adds an entry under the lock; `conversation` is the locked row and moves along. */
  async append(tx: Transaction, conversation: Conversation, entry: NewEntry): Promise<TimelineEntry> {
    const { type, actorId, isPublic, messageId = null, data = {} } = entry;
    conversation.staffSeq += 1;
    if (isPublic) conversation.publicSeq += 1;
    const { ticketNumber, staffSeq, publicSeq } = conversation;
    const row: TimelineEntry = {
      ticketNumber,
      staffSeq,
      publicSeq: isPublic ? publicSeq : null,
      id: newId(),
      type,
      actorId,
      at: this.clock.now(),
      messageId,
      data,
    };
    await tx.manager.update(Conversation, { ticketNumber }, { staffSeq, publicSeq });
    await insertRow(tx.manager, TimelineEntry, row);
    tx.record(new TimelineGrew(row));
    return row;
  }
}
