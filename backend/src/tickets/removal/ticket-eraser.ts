import { Injectable } from '@nestjs/common';
import { AttachmentsService } from '../../attachments';
import type { Transaction } from '../../database';
import { TicketSearch } from '../search/ticket-search';
import { TagsService } from '../tags/tags.service';
import { Ticket } from '../ticket.entity';

/** What belongs to one ticket, those first that point to others. */
export const TABLES_OF_A_TICKET = [
  'drafts',
  'notifications',
  'participants',
  'timeline_events',
  'messages',
  'ticket_tags',
  'conversations',
];

/**
 * Deletes a ticket for good, with all that was said in it and its files. It writes the tables of other rooms, because
 * the references between them ask for this order; nothing else does. The audit log and sent mails stay.
 */
@Injectable()
export class TicketEraser {
  constructor(
    private readonly attachments: AttachmentsService,
    private readonly tags: TagsService,
    private readonly search: TicketSearch,
  ) {}

  /** Under the lock of the ticket. */
  async erase(tx: Transaction, { number, tags }: Pick<Ticket, 'number' | 'tags'>): Promise<void> {
    await this.attachments.eraseOfTicket(tx, number);
    await this.tags.replace(tx, number, tags, []);
    for (const table of TABLES_OF_A_TICKET)
      await tx.manager.query(`DELETE FROM ${table} WHERE ticketNumber = ?`, [number]);
    await tx.manager.delete(Ticket, { number });
    await this.search.erase(tx, number);
  }
}
