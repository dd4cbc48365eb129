import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Actor, Role } from '../../access';
import { DomainError } from '../../common';
import { InTransaction, Statements, type Transaction } from '../../database';
import { Outbox, OutboxWorker, type OutboxHandler } from '../../outbox';
import { StaffLeft, UsersService } from '../../users';
import { TicketsService } from '../tickets.service';

const JOB = 'tickets.hand-over';
const BATCH = 100;

const HELD = `SELECT number FROM tickets
  WHERE assigneeId = ? AND status <> 'closed' AND deletedAt IS NULL AND number > ? ORDER BY number LIMIT ${BATCH}`;

interface Handover {
  from: string;
  /** Null for the queue. */
  to: string | null;
  actorId: string;
  /** What the actor was when they decided it, which may be over. */
  actorRole: Role;
}

/**
 * Gives the tickets of staff who left to somebody else, or puts them back into the queue: each in a unit of its own,
 * because there may be hundreds. Closed ones keep the name of whoever had them.
 */
@Injectable()
export class TicketHandover implements OutboxHandler, OnApplicationBootstrap {
  constructor(
    private readonly outbox: Outbox,
    private readonly worker: OutboxWorker,
    private readonly statements: Statements,
    private readonly tickets: TicketsService,
    private readonly users: UsersService,
  ) {}

  onApplicationBootstrap(): void {
    this.worker.register(JOB, this);
  }

  @InTransaction(StaffLeft)
  async promise({ userId, successorId, actor }: StaffLeft, tx: Transaction): Promise<void> {
    const handover: Handover = { from: userId, to: successorId, actorId: actor.id, actorRole: actor.role };
    await this.outbox.add(tx, JOB, { ...handover });
  }

  async run(payload: Record<string, unknown>): Promise<void> {
    const handover = payload as unknown as Handover;
    // Whoever was switched on again meanwhile keeps what is left, for it is theirs.
    if (await this.users.canWork(handover.from)) return;
    const { name } = await this.users.get(handover.actorId);
    const actor: Actor = { id: handover.actorId, name, role: handover.actorRole, signInId: '' };
    for (let last = 0; ;) {
      const held = await this.statements.rows<{ number: number }>(HELD, [handover.from, last]);
      for (const { number } of held) await this.handOver(actor, number, handover);
      if (held.length < BATCH) return;
      last = held[held.length - 1].number;
    }
  }

  private async handOver(actor: Actor, number: number, { from, to }: Handover): Promise<void> {
    const successor = to && (await this.users.canWork(to)) ? to : null;
    try {
      await this.tickets.change(actor, number, undefined, ({ assigneeId }) =>
        assigneeId === from ? { assigneeId: successor } : {},
      );
    } catch (error) {
      // Deleted or purged since it was found: there is nothing to hand over.
      if (error instanceof DomainError && error.kind === 'not-found') return;
      throw error;
    }
  }
}
