import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { ConversationsService } from '../../conversations';
import { isRowInUse, UnitOfWork } from '../../database';
import { Ticket, TicketEraser } from '../../tickets';
import type { User } from '../../users';

export interface Erased {
  tickets: number;
  people: number;
  /** Names of those who had a part in real tickets: they cannot sign in any more, but what they did stays. */
  kept: string[];
}

const OF_A_PERSON = [
  'drafts',
  'notice_listeners',
  'notifications',
  'participants',
  'sign_ins',
  'one_time_tokens',
  'idempotency_keys',
  'ticket_views',
  'canned_replies',
];

/**
 * Deletes people for good with their tickets. Nothing else deletes people: they are anonymised. It writes the tables of
 * other rooms, which is bearable only because this data never meant anything.
 */
@Injectable()
export class DemoEraser {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly conversations: ConversationsService,
    private readonly tickets: TicketEraser,
  ) {}

  async erase(people: readonly User[]): Promise<Erased> {
    const tickets = await this.dataSource.manager.find(Ticket, {
      select: { number: true, tags: true },
      where: { requesterId: In(people.map(({ id }) => id)) },
      order: { number: 'ASC' },
    });
    for (const ticket of tickets) await this.eraseTicket(ticket);
    const kept: string[] = [];
    for (const person of people) if (!(await this.erasePerson(person))) kept.push(person.name);
    return { tickets: tickets.length, people: people.length - kept.length, kept };
  }

  private async eraseTicket(ticket: Ticket): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await this.conversations.lock(tx, ticket.number);
      await this.tickets.erase(tx, ticket);
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
