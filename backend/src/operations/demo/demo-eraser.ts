import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { AttachmentsService } from '../../attachments';
import { ConversationsService } from '../../conversations';
import { isRowInUse, UnitOfWork } from '../../database';
import { Ticket } from '../../tickets';
import type { User } from '../../users';

export interface Erased {
  tickets: number;
  people: number;
  /** Names of those who had a part in real tickets: they cannot sign in any more, but what they did stays. */
  kept: string[];
}

/** What belongs to one ticket, those first that point to others. */
const OF_A_TICKET = [
  'drafts',
  'notifications',
  'participants',
  'timeline_events',
  'messages',
  'ticket_tags',
  'conversations',
];
const OF_A_PERSON = [
  'drafts',
  'notifications',
  'participants',
  'sign_ins',
  'one_time_tokens',
  'idempotency_keys',
  'ticket_views',
];

/**
 * Deletes rows for good. Nothing else does: people are anonymised and tickets can be restored. It writes the tables of
 * other rooms, which is bearable only because this data never meant anything.
 */
@Injectable()
export class DemoEraser {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly conversations: ConversationsService,
    private readonly attachments: AttachmentsService,
  ) {}

  async erase(people: readonly User[]): Promise<Erased> {
    const tickets = await this.dataSource.manager.find(Ticket, {
      select: { number: true },
      where: { requesterId: In(people.map(({ id }) => id)) },
      order: { number: 'ASC' },
    });
    for (const { number } of tickets) await this.eraseTicket(number);
    const kept: string[] = [];
    for (const person of people) if (!(await this.erasePerson(person))) kept.push(person.name);
    return { tickets: tickets.length, people: people.length - kept.length, kept };
  }

  private async eraseTicket(number: number): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await this.conversations.lock(tx, number);
      await this.attachments.eraseOfTicket(tx, number);
      for (const table of OF_A_TICKET) await tx.manager.query(`DELETE FROM ${table} WHERE ticketNumber = ?`, [number]);
      await tx.manager.delete(Ticket, { number });
    });
  }

  private async erasePerson({ id }: User): Promise<boolean> {
    try {
      await this.unitOfWork.run(async ({ manager }) => {
        for (const table of OF_A_PERSON) await manager.query(`DELETE FROM ${table} WHERE userId = ?`, [id]);
        await manager.query('DELETE FROM users WHERE id = ?', [id]);
      });
      return true;
    } catch (error) {
      if (!isRowInUse(error)) throw error;
      await this.switchOff(id);
      return false;
    }
  }

  private async switchOff(id: string): Promise<void> {
    await this.unitOfWork.run(async ({ manager }) => {
      await manager.query('DELETE FROM sign_ins WHERE userId = ?', [id]);
      await manager.query('UPDATE users SET active = ? WHERE id = ?', [0, id]);
    });
  }
}
