import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Actor } from '../access';
import { AttachmentsService } from '../attachments';
import { Clock, DomainError, newId, NotFound } from '../common';
import { insertRow, type Transaction } from '../database';
import type { Conversation } from './conversation.entity';
import { ConversationsService } from './conversations.service';
import { MessageCreated } from './events/conversation-events';
import { Message, type MessageKind } from './message.entity';
import { ReadMarksService } from './read-marks.service';
import type { TimelineEntry } from './timeline-entry.entity';

export interface NewMessage {
  ticketId: number;
  clientMsgId: string;
  kind: MessageKind;
  body: string;
  attachmentIds: string[];
}

export class ClientMsgIdReused extends DomainError {
  constructor() {
    super('conflict', 'This clientMsgId was used for another message. Choose a new one.');
  }
}

export class MessageNotFound extends NotFound {
  constructor() {
    super('This message');
  }
}

/** Messages of a conversation. Rights and the state of the ticket are decided before, under the same lock. */
@Injectable()
export class MessagesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly conversations: ConversationsService,
    private readonly attachments: AttachmentsService,
    private readonly readMarks: ReadMarksService,
    private readonly clock: Clock,
  ) {}

  /** The message this very request made before, if any; throws ClientMsgIdReused when it was another request. */
  async findRepeat(manager: EntityManager, authorId: string, message: NewMessage): Promise<Message | null> {
    const found = await manager.findOneBy(Message, { authorId, clientMsgId: message.clientMsgId });
    if (found && found.payloadHash !== payloadHash(message)) throw new ClientMsgIdReused();
    return found;
  }

  /** Stores the message with its files and its entry in the timeline. */
  async create(tx: Transaction, conversation: Conversation, author: Actor, message: NewMessage): Promise<Message> {
    const isPublic = message.kind !== 'note';
    const row: Message = {
      id: newId(),
      ticketNumber: conversation.ticketNumber,
      staffSeq: conversation.staffSeq + 1,
      publicSeq: isPublic ? conversation.publicSeq + 1 : null,
      kind: message.kind,
      body: message.body,
      authorId: author.id,
      clientMsgId: message.clientMsgId,
      payloadHash: payloadHash(message),
      createdAt: this.clock.now(),
      editedAt: null,
      removedAt: null,
    };
    await insertRow(tx.manager, Message, row);
    if (message.attachmentIds.length)
      await this.attachments.bindToMessage(tx, {
        uploaderId: author.id,
        ticketNumber: row.ticketNumber,
        messageId: row.id,
        attachmentIds: message.attachmentIds,
      });
    await this.conversations.append(tx, conversation, {
      type: 'message.created',
      actorId: author.id,
      isPublic,
      messageId: row.id,
    });
    await this.readMarks.messageSent(tx, conversation, row, author);
    tx.record(new MessageCreated(row));
    return row;
  }

  /** Under the lock: the message of this ticket as it is now. */
  async find(tx: Transaction, ticketNumber: number, messageId: string): Promise<Message> {
    const message = await tx.manager.findOneBy(Message, { id: messageId, ticketNumber });
    if (!message) throw new MessageNotFound();
    return message;
  }

  async edit(
    tx: Transaction,
    conversation: Conversation,
    actor: Actor,
    message: Message,
    body: string,
  ): Promise<TimelineEntry> {
    const original = message.body;
    message.body = body;
    message.editedAt = this.clock.now();
    await tx.manager.update(Message, { id: message.id }, { body, editedAt: message.editedAt });
    return this.trace(tx, conversation, actor, message, 'message.edited', original);
  }

  /** The text and the files are gone for everybody; an entry stays. */
  async remove(tx: Transaction, conversation: Conversation, actor: Actor, message: Message): Promise<TimelineEntry> {
    const original = message.body;
    message.removedAt = this.clock.now();
    await tx.manager.update(Message, { id: message.id }, { body: '', removedAt: message.removedAt });
    await this.attachments.releaseOfMessage(tx, message.id);
    await this.readMarks.messageRemoved(tx, message);
    return this.trace(tx, conversation, actor, message, 'message.removed', original);
  }

  /** The newest message that is still to be seen, for one audience. */
  async latest(manager: EntityManager, ticketNumber: number, isPublicOnly: boolean): Promise<Message | null> {
    const query = manager
      .createQueryBuilder(Message, 'message')
      .where('message.ticketNumber = :ticketNumber AND message.removedAt IS NULL', { ticketNumber })
      .orderBy(isPublicOnly ? 'message.publicSeq' : 'message.staffSeq', 'DESC')
      .limit(1);
    if (isPublicOnly) query.andWhere('message.publicSeq IS NOT NULL');
    return query.getOne();
  }

  /** Whoever said something that customers may see, by ticket; tickets without a word are absent. */
  async publicAuthorsOf(ticketNumbers: readonly number[]): Promise<Map<number, string[]>> {
    if (!ticketNumbers.length) return new Map();
    const rows = await this.dataSource
      .createQueryBuilder(Message, 'message')
      .select(['message.ticketNumber AS ticketNumber', 'message.authorId AS authorId'])
      .distinct()
      .where('message.ticketNumber IN (:...ticketNumbers) AND message.publicSeq IS NOT NULL', { ticketNumbers })
      .getRawMany<{ ticketNumber: number; authorId: string }>();
    const authors = new Map<number, string[]>();
    for (const { ticketNumber, authorId } of rows)
      authors.set(ticketNumber, [...(authors.get(ticketNumber) ?? []), authorId]);
    return authors;
  }

  get(id: string): Promise<Message | null> {
    return this.dataSource.manager.findOneBy(Message, { id });
  }

  /** The original text stays with the entry for the record; it is never rendered for anybody. */
  private trace(
    tx: Transaction,
    conversation: Conversation,
    actor: Actor,
    message: Message,
    type: 'message.edited' | 'message.removed',
    original: string,
  ): Promise<TimelineEntry> {
    const isPublic = message.kind !== 'note';
    const entry = { type, actorId: actor.id, isPublic, messageId: message.id, data: { original } };
    return this.conversations.append(tx, conversation, entry);
  }
}

const payloadHash = ({ ticketId, kind, body, attachmentIds }: NewMessage): string =>
  createHash('sha256')
    .update(JSON.stringify([ticketId, kind, body, attachmentIds]))
    .digest('hex');
