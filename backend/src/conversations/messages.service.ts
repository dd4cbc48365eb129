import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, MoreThan, type EntityManager } from 'typeorm';
import type { Actor } from '../access';
import { AttachmentsService, type Attachment } from '../attachments';
import { Clock, DomainError, newId, NotFound } from '../common';
import { Statements, type Transaction } from '../database';
import type { Conversation } from './conversation.entity';
import { ConversationsService } from './conversations.service';
import { MessageCreated, type Said, type SaidIn } from './events/conversation-events';
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

const INSERT_MESSAGE = `INSERT INTO messages
  (id, ticketNumber, staffSeq, publicSeq, kind, body, authorId, clientMsgId, payloadHash, createdAt, editedAt, removedAt)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)`;

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

/** Where a message goes, as it is under the lock. */
export interface Place {
  conversation: Conversation;
  ticket: SaidIn;
  /** How far the author had read in public; null when they had no tie to the ticket yet. */
  ownMark: number | null;
}

/** Messages of a conversation. Rights and the state of the ticket are decided before, under the same lock. */
@Injectable()
export class MessagesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly statements: Statements,
    private readonly conversations: ConversationsService,
    private readonly attachments: AttachmentsService,
    private readonly readMarks: ReadMarksService,
    private readonly clock: Clock,
  ) {}

  /** The message this very request made before, if any; throws ClientMsgIdReused when it was another request. */
  async findRepeat(authorId: string, message: NewMessage): Promise<Message | null> {
    const found = await this.dataSource.manager.findOneBy(Message, { authorId, clientMsgId: message.clientMsgId });
    if (found) assertRepeat(message, found.payloadHash);
    return found;
  }

  /** Stores the message with its files and its entry, under the numbers that were taken together with the lock. */
  async create(
    tx: Transaction,
    { conversation, ticket, ownMark }: Place,
    author: Actor,
    sent: NewMessage,
  ): Promise<Said> {
    const isPublic = sent.kind !== 'note';
    const message = this.newRow(conversation, author, sent, isPublic);
    await this.insert(tx, message);
    const files = await this.bindFiles(tx, message, sent.attachmentIds);
    const entry = { type: 'message.created', actorId: author.id, isPublic, messageId: message.id } as const;
    const said: Said = { message, author, files };
    await this.conversations.insert(tx, conversation, entry, said);
    await this.readMarks.messageSent(tx, conversation, author, ownMark, isPublic);
    tx.record(new MessageCreated(message, ticket));
    return said;
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
    return this.trace(tx, conversation, actor, message, 'message.edited', message.editedAt, original);
  }

  /** The text and the files are gone for everybody; an entry stays. */
  async remove(tx: Transaction, conversation: Conversation, actor: Actor, message: Message): Promise<TimelineEntry> {
    const original = message.body;
    message.removedAt = this.clock.now();
    await tx.manager.update(Message, { id: message.id }, { body: '', removedAt: message.removedAt });
    await this.attachments.releaseOfMessage(tx, message.id);
    await this.readMarks.messageRemoved(tx, message);
    return this.trace(tx, conversation, actor, message, 'message.removed', message.removedAt, original);
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
    const rows = await this.statements.rowsForEach<{ ticketNumber: number; authorId: string }>(
      'SELECT DISTINCT ticketNumber, authorId FROM messages WHERE ticketNumber = ? AND publicSeq IS NOT NULL',
      ticketNumbers,
    );
    const authors = new Map<number, string[]>();
    for (const { ticketNumber, authorId } of rows)
      authors.set(ticketNumber, [...(authors.get(ticketNumber) ?? []), authorId]);
    return authors;
  }

  /** The tickets that messages belong to. At most some hundred. */
  async ticketsOf(messageIds: readonly string[]): Promise<Map<string, number>> {
    const sql = 'SELECT id, ticketNumber FROM messages WHERE id';
    const rows = await this.statements.rowsIn<Pick<Message, 'id' | 'ticketNumber'>>(sql, messageIds);
    return new Map(rows.map(({ id, ticketNumber }) => [id, ticketNumber]));
  }

  /** What a person wrote, by `clientMsgId`, after that one. */
  writtenBy(authorId: string, after: string, limit: number): Promise<Message[]> {
    return this.dataSource.manager.find(Message, {
      where: { authorId, clientMsgId: MoreThan(after) },
      order: { clientMsgId: 'ASC' },
      take: limit,
    });
  }

  get(id: string): Promise<Message | null> {
    return this.dataSource.manager.findOneBy(Message, { id });
  }

  private newRow(conversation: Conversation, author: Actor, sent: NewMessage, isPublic: boolean): Message {
    return {
      id: newId(),
      ticketNumber: conversation.ticketNumber,
      staffSeq: conversation.staffSeq,
      publicSeq: isPublic ? conversation.publicSeq : null,
      kind: sent.kind,
      body: sent.body,
      authorId: author.id,
      clientMsgId: sent.clientMsgId,
      payloadHash: payloadHash(sent),
      createdAt: this.clock.now(),
      editedAt: null,
      removedAt: null,
    };
  }

  private async insert(tx: Transaction, message: Message): Promise<void> {
    const { id, ticketNumber, staffSeq, publicSeq, kind, body, authorId, clientMsgId, payloadHash, createdAt } =
      message;
    const values = [id, ticketNumber, staffSeq, publicSeq, kind, body, authorId, clientMsgId, payloadHash, createdAt];
    await this.statements.write(tx, INSERT_MESSAGE, values);
  }

  private async bindFiles(tx: Transaction, message: Message, attachmentIds: string[]): Promise<Attachment[]> {
    if (!attachmentIds.length) return [];
    const { authorId: uploaderId, ticketNumber, id: messageId } = message;
    return this.attachments.bindToMessage(tx, { uploaderId, ticketNumber, messageId, attachmentIds });
  }

  /** The original text stays with the entry for the record; it is never rendered for anybody. */
  private trace(
    tx: Transaction,
    conversation: Conversation,
    actor: Actor,
    message: Message,
    type: 'message.edited' | 'message.removed',
    at: Date,
    original: string,
  ): Promise<TimelineEntry> {
    const isPublic = message.kind !== 'note';
    const entry = { type, actorId: actor.id, isPublic, messageId: message.id, at, data: { original } };
    return this.conversations.append(tx, conversation, entry);
  }
}

/** Throws ClientMsgIdReused unless the stored message came from the same request. */
export function assertRepeat(message: NewMessage, storedHash: string): void {
  if (storedHash !== payloadHash(message)) throw new ClientMsgIdReused();
}

const payloadHash = ({ ticketId, kind, body, attachmentIds }: NewMessage): string =>
  createHash('sha256')
    .update(JSON.stringify([ticketId, kind, body, attachmentIds]))
    .digest('hex');
