import { Injectable } from '@nestjs/common';
import { isStaff, type Actor } from '../access';
import { AttachmentsService, type PreparedFile, type ReceivedFile } from '../attachments';
import { Clock } from '../common';
import { ConversationsService, ReadMarksService } from '../conversations';
import { insertNumberedRow, UnitOfWork, type Transaction } from '../database';
import type { CreateTicketDto } from './dto/ticket-input.dto';
import { TicketChanged, TicketCreated } from './events/ticket-events';
import { TagsService } from './tags/tags.service';
import { TicketFieldChecks } from './ticket-field-checks';
import { Ticket, TICKET_PRIORITIES, TICKET_STATUSES } from './ticket.entity';

/** Opens tickets, with their files. */
@Injectable()
export class TicketCreationService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly conversations: ConversationsService,
    private readonly readMarks: ReadMarksService,
    private readonly attachments: AttachmentsService,
    private readonly checks: TicketFieldChecks,
    private readonly tags: TagsService,
    private readonly clock: Clock,
  ) {}

  /** Files are checked and stored before the transaction; if it fails, they are removed again. */
  async create(actor: Actor, input: CreateTicketDto, files: ReceivedFile[]): Promise<Ticket> {
    this.checks.assertStaffFields(actor, input);
    if (!isStaff(actor)) this.attachments.assertEnoughPictures(files);
    const prepared = await this.attachments.prepareAll(files);
    try {
      return await this.unitOfWork.run((tx) => this.store(tx, actor, input, prepared));
    } catch (error) {
      await this.attachments.discardAll(prepared);
      throw error;
    }
  }

  private async store(tx: Transaction, actor: Actor, input: CreateTicketDto, files: PreparedFile[]): Promise<Ticket> {
    const requesterId = input.requesterId ?? actor.id;
    await this.checks.activePerson(tx, requesterId, 'requesterId');
    await this.checks.assertCategory(tx, input.categoryId);
    const ticket = await this.insert(tx, requesterId, input);
    const first = { type: 'ticket.created', actorId: actor.id, at: ticket.createdAt } as const;
    await this.conversations.open(tx, ticket.number, first);
    await this.attachments.bindToTicket(tx, { uploaderId: actor.id, ticketNumber: ticket.number, files });
    await this.tags.replace(tx, ticket.number, [], ticket.tags);
    await this.readMarks.begin(tx, ticket.number, requesterId);
    tx.made(String(ticket.number));
    tx.record(new TicketCreated({ ...ticket }, actor));
    tx.record(new TicketChanged(ticket.number, true));
    return ticket;
  }

  private insert(tx: Transaction, requesterId: string, input: CreateTicketDto): Promise<Ticket> {
    const now = this.clock.now();
    const priority = input.priority ?? 'medium';
    return insertNumberedRow(tx.manager, Ticket, {
      requesterId,
      assigneeId: null,
      categoryId: input.categoryId ?? null,
      subject: input.subject,
      description: input.description,
      status: 'open',
      statusRank: TICKET_STATUSES.indexOf('open'),
      priority,
      priorityRank: TICKET_PRIORITIES.indexOf(priority),
      tags: input.tags ?? [],
      version: 1,
      publicVersion: 1,
      createdAt: now,
      updatedAt: now,
      publicUpdatedAt: now,
      lastMessageAt: null,
      lastMessageAuthorId: null,
      lastMessageExcerpt: null,
      publicLastMessageAt: null,
      publicLastMessageAuthorId: null,
      publicLastMessageExcerpt: null,
      needsReply: true,
      firstRespondedAt: null,
      resolvedAt: null,
      closedAt: null,
      reopenCount: 0,
      deletedAt: null,
    });
  }
}
