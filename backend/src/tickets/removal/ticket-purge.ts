import { Injectable } from '@nestjs/common';
import { DataSource, LessThan, MoreThan } from 'typeorm';
import { AuditLog } from '../../audit';
import { Clock, Recurring } from '../../common';
import { ConversationsService } from '../../conversations';
import { UnitOfWork } from '../../database';
import { Ticket } from '../ticket.entity';
import { RESTORABLE_MS } from '../tickets.service';
import { TicketEraser } from './ticket-eraser';

const EVERY_MS = 3_600_000;
const BATCH = 50;

/**
 * Erases deleted tickets once nobody can restore them any more: by number, in batches, each in a unit of its own.
 * Several nodes may purge at once, because the lock of a ticket lets one of them in, and the others find it gone.
 */
@Injectable()
export class TicketPurge extends Recurring {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly conversations: ConversationsService,
    private readonly eraser: TicketEraser,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {
    super(EVERY_MS, 'Deleted tickets could not be purged');
  }

  protected turn(): Promise<number> {
    return this.run();
  }

  /** Returns how many tickets it erased. */
  async run(): Promise<number> {
    const before = new Date(this.clock.now().getTime() - RESTORABLE_MS);
    let erased = 0;
    let last = 0;
    for (;;) {
      const due = await this.due(before, last);
      for (const number of due) {
        if (this.isStopped) return erased;
        if (await this.purge(number, before)) erased += 1;
        last = number;
      }
      if (due.length < BATCH) return erased;
    }
  }

  private async due(before: Date, after: number): Promise<number[]> {
    const tickets = await this.dataSource.manager.find(Ticket, {
      select: { number: true },
      where: { deletedAt: LessThan(before), number: MoreThan(after) },
      order: { number: 'ASC' },
      take: BATCH,
    });
    return tickets.map(({ number }) => number);
  }

  /** Not when it was restored meanwhile, or another node was faster. */
  private purge(number: number, before: Date): Promise<boolean> {
    return this.unitOfWork.run(async (tx) => {
      await this.conversations.lock(tx, number);
      const ticket = await tx.manager.findOneBy(Ticket, { number, deletedAt: LessThan(before) });
      if (!ticket) return false;
      await this.eraser.erase(tx, ticket);
      const object = { type: 'ticket', id: String(number) } as const;
      await this.audit.record(tx, { action: 'ticket.purged', actorId: null, object });
      return true;
    });
  }
}
