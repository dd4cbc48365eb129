import { Injectable, Logger } from '@nestjs/common';
import { OnEvent } from '@nestjs/event-emitter';
import { DataSource } from 'typeorm';
import { isStaff, type Actor } from '../access';
import { KeyedQueue, NotFound, RateLimits, ValidationFailed } from '../common';
import {
  Draft,
  DraftChanged,
  DraftsService,
  type DraftContent,
  type DraftDto,
  type MessageKind,
} from '../conversations';
import { UnitOfWork } from '../database';
import { SocketHub, userRoom } from '../realtime';
import { assertCan, Ticket, TicketsService, visibleTo } from '../tickets';

const MOST_LISTED = 200;

/** Drafts of the caller: kept for whoever may write in the ticket, also when it is closed, and told to all their pages. */
@Injectable()
export class Drafts {
  private readonly logger = new Logger(Drafts.name);
  private readonly queue = new KeyedQueue<string>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly tickets: TicketsService,
    private readonly drafts: DraftsService,
    private readonly limits: RateLimits,
    private readonly hub: SocketHub,
  ) {}

  async get(actor: Actor, ticketId: number, kind: MessageKind): Promise<DraftDto> {
    assertCan(actor, kind, await this.tickets.assertMayFollow(actor, ticketId));
    const draft = await this.drafts.find({ userId: actor.id, ticketNumber: ticketId, kind });
    if (!draft) throw new NotFound('A draft');
    return this.drafts.render(draft, { signInId: actor.signInId });
  }

  async save(actor: Actor, ticketId: number, kind: MessageKind, content: DraftContent): Promise<DraftDto> {
    if (!content.body && !content.attachmentIds.length) throw ValidationFailed.of('body', 'is empty');
    await this.limits.spend('drafts', actor.id);
    const draft = await this.unitOfWork.run(async (tx) => {
      const { ticket } = await this.tickets.lock(tx, actor, ticketId);
      assertCan(actor, kind, ticket);
      return this.drafts.save(tx, { userId: actor.id, ticketNumber: ticketId, kind }, content);
    });
    return this.drafts.render(draft, { signInId: actor.signInId });
  }

  async discard(actor: Actor, ticketId: number, kind: MessageKind, clientMsgId?: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const { ticket } = await this.tickets.lock(tx, actor, ticketId);
      assertCan(actor, kind, ticket);
      await this.drafts.remove(tx, { userId: actor.id, ticketNumber: ticketId, kind }, clientMsgId);
    });
  }

  /** The newest first, in tickets that the caller may still read. */
  async list(actor: Actor): Promise<Draft[]> {
    const { sql, parameters } = visibleTo(actor);
    const query = this.dataSource
      .createQueryBuilder(Draft, 'draft')
      .innerJoin(Ticket, 'ticket', 'ticket.number = draft.ticketNumber')
      .where('draft.userId = :userId', { userId: actor.id })
      .andWhere(sql, parameters)
      .orderBy('draft.updatedAt', 'DESC')
      .addOrderBy('draft.ticketNumber', 'DESC')
      .limit(MOST_LISTED);
    if (!isStaff(actor)) query.andWhere(`draft.kind <> 'note'`);
    return query.getMany();
  }

  /** Tells what is stored by now: when several changes follow each other, the last one is told last. */
  @OnEvent(DraftChanged.eventName)
  async changed({ userId, ticketNumber, kind }: DraftChanged): Promise<void> {
    if (!this.hub.server) return;
    await this.queue.run(`${userId}:${ticketNumber}:${kind}`, async () => {
      try {
        const stored = await this.drafts.find({ userId, ticketNumber, kind });
        const draft = stored && (await this.drafts.render(stored, 'plain'));
        this.hub.emit(userRoom(userId), 'draft:changed', { ticketId: ticketNumber, kind, draft });
      } catch (error) {
        this.logger.warn({ err: error, ticketId: ticketNumber }, 'A draft could not be told to the other pages');
      }
    });
  }
}
