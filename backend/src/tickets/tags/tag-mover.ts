import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Actor } from '../../access';
import { ConversationsService } from '../../conversations';
import { Statements, UnitOfWork, type Transaction } from '../../database';
import { Outbox, OutboxWorker, type JobFailure, type OutboxHandler } from '../../outbox';
import { UsersService } from '../../users';
import { Tag, Ticket } from '../ticket.entity';
import { TicketChanges } from '../ticket-changes';
import { ViewsService } from '../views/views.service';

export const TAG_MOVES = 'tickets.move-tag';

export interface TagMove {
  tag: string;
  /** Null: the tickets lose it. */
  to: string | null;
  actorId: string;
  /** The number of the last ticket that was done. */
  after: number;
}

const BATCH = 100;
/** Well within a lease, and short enough to wait for when the server stops; the rest is a job of its own. */
const TURN_MS = 5_000;
const TAGGED = `SELECT ticketNumber AS number FROM ticket_tags
  WHERE tag = ? AND ticketNumber > ? ORDER BY ticketNumber LIMIT ${BATCH}`;

/**
 * Gives tickets another tag, or takes it from them: each in a unit of its own like any change of a ticket, because there
 * may be tens of thousands, and nobody is to wait for them. Deleted tickets too, for they can be restored.
 */
@Injectable()
export class TagMover implements OutboxHandler, OnApplicationBootstrap {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly statements: Statements,
    private readonly outbox: Outbox,
    private readonly worker: OutboxWorker,
    private readonly conversations: ConversationsService,
    private readonly changes: TicketChanges,
    private readonly views: ViewsService,
    private readonly users: UsersService,
  ) {}

  onApplicationBootstrap(): void {
    this.worker.register(TAG_MOVES, this);
  }

  async run(payload: Record<string, unknown>): Promise<void> {
    const move = payload as unknown as TagMove;
    const end = Date.now() + TURN_MS;
    const { name } = await this.users.get(move.actorId);
    const actor: Actor = { id: move.actorId, name, role: 'admin', signInId: '' };
    if (move.to !== null && move.after === 0) await this.views.renameTag(move.tag, move.to);
    for (let { after } = move; ;) {
      const tagged = await this.statements.rows<{ number: number }>(TAGGED, [move.tag, after]);
      for (const { number } of tagged) {
        if (Date.now() > end) return this.goOnLater({ ...move, after });
        await this.retag(actor, number, move);
        after = number;
      }
      if (tagged.length < BATCH) return this.finish(move);
    }
  }

  /** The tag can be taken in hand again. */
  async failed(payload: Record<string, unknown>, { isParked }: JobFailure, tx: Transaction): Promise<void> {
    if (isParked) await rest(tx, payload as unknown as TagMove);
  }

  private retag(actor: Actor, number: number, { tag, to }: TagMove): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      const conversation = await this.conversations.lock(tx, number);
      const ticket = await tx.manager.findOneBy(Ticket, { number });
      if (!conversation || !ticket) return;
      const tags = ticket.tags.flatMap((each) => (each !== tag ? [each] : to === null ? [] : [to]));
      await this.changes.apply(tx, conversation, actor, ticket, { tags: [...new Set(tags)] });
    });
  }

  private goOnLater(move: TagMove): Promise<void> {
    return this.unitOfWork.run((tx) => this.outbox.add(tx, TAG_MOVES, { ...move }));
  }

  /** Tickets that got the tag while others lost it keep it: somebody wanted it after all. */
  private finish(move: TagMove): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      await rest(tx, move);
      await tx.manager.delete(Tag, { tag: move.tag, uses: 0 });
    });
  }
}

const rest = async ({ manager }: Transaction, { tag }: TagMove): Promise<void> => {
  await manager.update(Tag, { tag }, { isMoving: false, movesTo: null });
};
