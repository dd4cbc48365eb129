import { Injectable } from '@nestjs/common';
import { DataSource, In, type EntityManager } from 'typeorm';
import { Clock, newId, NotFound, ValidationFailed } from '../common';
import { Settings } from '../config';
import { insertRow, Statements, type Transaction } from '../database';
import { Attachment, type AttachmentState, type AttachmentVariant } from './attachment.entity';
import { quotaExceeded } from './attachment.errors';
import { partOf } from './byte-range';
import { ByteRemoval } from './byte-removal';
import { FileStore, type ByteRange, type StoredFile } from './file-store';
import type { ReceivedFile } from './file-receiver';
import { FilePreparer, type PreparedFile } from './prepared-file';

/** So many files may a message name. */
const MESSAGE_MAX_FILES = 5;
const STAGED_QUOTA_BYTES = 100 * 1_048_576;

interface Place {
  uploaderId: string;
  ticketNumber: number;
}

export interface FileFacts {
  mediaType: string;
  /** Bytes of the whole. */
  total: number;
}

export interface OpenedFile extends StoredFile, FileFacts {
  /** Absent when the stream brings the whole. */
  part?: ByteRange;
}

/**
 * Files of tickets and messages. A file is received, prepared outside of any unit of work, and then gets its row inside
 * one; whoever prepared it discards it when that unit fails. Who may read a file is decided by the rooms above.
 */
@Injectable()
export class AttachmentsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly statements: Statements,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly preparer: FilePreparer,
    private readonly store: FileStore,
    private readonly byteRemoval: ByteRemoval,
  ) {}

  /** Throws when a customer gave fewer pictures than a new ticket needs. */
  assertEnoughPictures(files: readonly ReceivedFile[]): void {
    const { minImages } = this.settings.files;
    if (files.filter(({ kind }) => kind === 'picture').length >= minImages) return;
    const pictures = minImages === 1 ? 'a picture (PNG or JPEG)' : `${minImages} pictures (PNG or JPEG)`;
    throw ValidationFailed.of('attachments', `add at least ${pictures}`);
  }

  prepare(file: ReceivedFile): Promise<PreparedFile> {
    return this.preparer.prepare(file);
  }

  /** All of them or, when one is refused, none. */
  async prepareAll(files: readonly ReceivedFile[]): Promise<PreparedFile[]> {
    const prepared: PreparedFile[] = [];
    try {
      for (const file of files) prepared.push(await this.prepare(file));
      return prepared;
    } catch (error) {
      await this.discardAll(prepared);
      throw error;
    }
  }

  discard(file: PreparedFile): Promise<void> {
    return this.preparer.discard(file);
  }

  async discardAll(files: readonly PreparedFile[]): Promise<void> {
    for (const file of files) await this.discard(file);
  }

  /** Gives a file to a ticket until one of the uploader's messages names it. */
  async stage(
    tx: Transaction,
    { uploaderId, ticketNumber, file }: Place & { file: PreparedFile },
  ): Promise<Attachment> {
    const staged = await tx.manager.sum(Attachment, 'size', { uploaderId, state: 'staged' });
    if ((staged ?? 0) + file.size > STAGED_QUOTA_BYTES) throw quotaExceeded(STAGED_QUOTA_BYTES);
    return this.add(tx, { uploaderId, ticketNumber }, file, 'staged', 0);
  }

  /** The files a ticket is created with. */
  async bindToTicket(
    tx: Transaction,
    { files, ...place }: Place & { files: readonly PreparedFile[] },
  ): Promise<Attachment[]> {
    const attachments: Attachment[] = [];
    for (const [position, file] of files.entries())
      attachments.push(await this.add(tx, place, file, 'bound', position));
    return attachments;
  }

  /** Binds staged files to a message that is already stored, in the order given. */
  async bindToMessage(
    tx: Transaction,
    {
      uploaderId,
      ticketNumber,
      messageId,
      attachmentIds,
    }: Place & { messageId: string; attachmentIds: readonly string[] },
  ): Promise<Attachment[]> {
    assertNameable(attachmentIds);
    if (!attachmentIds.length) return [];
    for (const [position, id] of attachmentIds.entries()) {
      const { affected } = await tx.manager.update(
        Attachment,
        { id, uploaderId, ticketNumber, state: 'staged' },
        { state: 'bound', messageId, position },
      );
      if (affected !== 1)
        throw ValidationFailed.of(
          'attachmentIds',
          `${id} is not a file that you added to this ticket and have not sent yet`,
        );
    }
    return (await this.ofMessages([messageId], tx.manager)).get(messageId) ?? [];
  }

  /** The files of a removed message: nobody can fetch them any more, and their bytes are deleted within minutes. */
  async releaseOfMessage(tx: Transaction, messageId: string): Promise<void> {
    const attachments = await tx.manager.findBy(Attachment, { messageId, state: 'bound' });
    await tx.manager.update(Attachment, { messageId, state: 'bound' }, { state: 'removed' });
    for (const attachment of attachments) await this.byteRemoval.promise(tx, attachment);
  }

  /** Deletes the rows of all files of a ticket for good, and promises to delete their bytes. */
  async eraseOfTicket(tx: Transaction, ticketNumber: number): Promise<void> {
    const attachments = await tx.manager.findBy(Attachment, { ticketNumber });
    await tx.manager.delete(Attachment, { ticketNumber });
    for (const attachment of attachments) await this.byteRemoval.promise(tx, attachment);
  }

  /** The files a ticket was created with. */
  ofTicket(ticketNumber: number): Promise<Attachment[]> {
    const where = `WHERE ticketNumber = ? AND messageId IS NULL AND state = 'bound' ORDER BY position`;
    return this.statements.entities(Attachment, where, [ticketNumber]);
  }

  /** The files of messages by message; few queries for all. Messages without files have no entry. */
  async ofMessages(messageIds: readonly string[], manager?: EntityManager): Promise<Map<string, Attachment[]>> {
    if (!messageIds.length) return new Map();
    const attachments = manager
      ? await manager.findBy(Attachment, { messageId: In(messageIds), state: 'bound' })
      : await this.statements.entitiesIn(Attachment, 'messageId', messageIds, `AND state = 'bound'`);
    attachments.sort((a, b) => a.position - b.position);
    const byMessage = new Map<string, Attachment[]>();
    for (const attachment of attachments) {
      const messageId = attachment.messageId ?? '';
      byMessage.set(messageId, [...(byMessage.get(messageId) ?? []), attachment]);
    }
    return byMessage;
  }

  /** Those of these files that the uploader has staged for the ticket and not sent yet, in the order given. */
  async stagedAmong(
    ids: readonly string[],
    { uploaderId, ticketNumber }: Place,
    manager: EntityManager = this.dataSource.manager,
  ): Promise<Attachment[]> {
    if (!ids.length) return [];
    const staged = await manager.findBy(Attachment, { id: In(ids), uploaderId, ticketNumber, state: 'staged' });
    const byId = new Map(staged.map((attachment) => [attachment.id, attachment]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  }

  /** In any state: that a removed one cannot be opened is told only to those who may see where it was. */
  async get(id: string, manager: EntityManager = this.dataSource.manager): Promise<Attachment> {
    const attachment = await manager.findOneBy(Attachment, { id });
    if (!attachment) throw new NotFound('This file');
    return attachment;
  }

  /**
   * Gives the bytes, or the part of them that a Range header asks for.
   *
   * @throws DomainError 416 when there is no such part
   */
  async openFile(attachment: Attachment, variant: AttachmentVariant, range?: string): Promise<OpenedFile> {
    const { key, mediaType } = placeOf(attachment, variant);
    if (range === undefined) {
      const { stream, size } = await this.store.open(key);
      return { stream, size, total: size, mediaType };
    }
    const { total } = await this.describeFile(attachment, variant);
    const part = partOf(range, total);
    return { ...(await this.store.open(key, part)), part, total, mediaType };
  }

  /** What the answer to {@link openFile} would say, without the bytes. */
  async describeFile(attachment: Attachment, variant: AttachmentVariant): Promise<FileFacts> {
    const { key, mediaType } = placeOf(attachment, variant);
    const facts = await this.store.facts(key);
    if (!facts) throw new NotFound('This file');
    return { total: facts.size, mediaType };
  }

  private async add(
    tx: Transaction,
    place: Place,
    { kind: _kind, ...facts }: PreparedFile,
    state: AttachmentState,
    position: number,
  ): Promise<Attachment> {
    const createdAt = this.clock.now();
    const attachment: Attachment = { id: newId(), ...place, messageId: null, position, state, ...facts, createdAt };
    await insertRow(tx.manager, Attachment, attachment);
    return attachment;
  }
}

function placeOf(
  { storageKey, thumbnailKey, mediaType }: Attachment,
  variant: AttachmentVariant,
): { key: string; mediaType: string } {
  if (variant === 'file') return { key: storageKey, mediaType };
  if (!thumbnailKey) throw new NotFound('A small picture of this file');
  return { key: thumbnailKey, mediaType: 'image/webp' };
}

function assertNameable(attachmentIds: readonly string[]): void {
  if (attachmentIds.length > MESSAGE_MAX_FILES)
    throw ValidationFailed.of('attachmentIds', `a message takes at most ${MESSAGE_MAX_FILES} files`);
  if (new Set(attachmentIds).size < attachmentIds.length)
    throw ValidationFailed.of('attachmentIds', 'names a file twice');
}
