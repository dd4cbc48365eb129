import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AttachmentLinks, AttachmentsService } from '../attachments';
import { Clock, DomainError, ValidationFailed } from '../common';
import { InTransaction, insertRow, type Transaction } from '../database';
import { UserAnonymised } from '../users';
import { Draft } from './draft.entity';
import type { DraftDto } from './dto/draft.dto';
import { DraftChanged } from './events/draft-events';
import { Message, type MessageKind } from './message.entity';
import type { FileAddresses } from './timeline.renderer';

/** Whose draft, where, and of which kind: there is at most one. */
export interface DraftKey {
  userId: string;
  ticketNumber: number;
  kind: MessageKind;
}

export type DraftContent = Pick<Draft, 'clientMsgId' | 'body' | 'attachmentIds' | 'baseSeq'>;

/** The draft came after the message that it became: a late save never brings back what was sent. */
export class AlreadySent extends DomainError {
  constructor() {
    super('conflict', 'This message was sent already. What you write now is a new one.', { code: 'already-sent' });
  }
}

/** Drafts of messages. Rights are decided before; every write happens under the lock of the ticket. */
@Injectable()
export class DraftsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly attachments: AttachmentsService,
    private readonly links: AttachmentLinks,
    private readonly clock: Clock,
  ) {}

  find(key: DraftKey, manager: EntityManager = this.dataSource.manager): Promise<Draft | null> {
    return manager.findOneBy(Draft, keyOf(key));
  }

  /** The newest first. */
  ofPerson(userId: string): Promise<Draft[]> {
    return this.dataSource.manager.find(Draft, { where: { userId }, order: { updatedAt: 'DESC' } });
  }

  /** The last write wins; throws AlreadySent once the message with this `clientMsgId` exists. */
  async save(tx: Transaction, key: DraftKey, content: DraftContent): Promise<Draft> {
    const { userId, ticketNumber } = key;
    const { clientMsgId, attachmentIds } = content;
    if (await tx.manager.existsBy(Message, { authorId: userId, clientMsgId })) throw new AlreadySent();
    const staged = await this.attachments.stagedAmong(attachmentIds, { uploaderId: userId, ticketNumber }, tx.manager);
    if (staged.length < attachmentIds.length)
      throw ValidationFailed.of('attachmentIds', 'names a file that you did not add to this ticket, or have sent');
    const draft: Draft = { ...keyOf(key), ...content, updatedAt: this.clock.now() };
    if (await this.find(key, tx.manager)) await tx.manager.update(Draft, keyOf(key), draft);
    else await insertRow(tx.manager, Draft, draft);
    tx.record(new DraftChanged(userId, ticketNumber, key.kind));
    return draft;
  }

  /** Throws it away; with a `clientMsgId` only the very draft that was begun with it. */
  async remove(tx: Transaction, key: DraftKey, clientMsgId?: string): Promise<boolean> {
    const { affected } = await tx.manager.delete(Draft, {
      ...keyOf(key),
      ...(clientMsgId !== undefined && { clientMsgId }),
    });
    if (!affected) return false;
    tx.record(new DraftChanged(key.userId, key.ticketNumber, key.kind));
    return true;
  }

  /** Part of storing a message: exactly the draft that it was is gone, what was begun since stays. */
  clearSent(tx: Transaction, sent: DraftKey & { clientMsgId: string }): Promise<boolean> {
    return this.remove(tx, sent, sent.clientMsgId);
  }

  @InTransaction(UserAnonymised)
  async forget({ userId }: UserAnonymised, { manager }: Transaction): Promise<void> {
    await manager.delete(Draft, { userId });
  }

  async render(draft: Draft, files: FileAddresses): Promise<DraftDto> {
    const { userId, ticketNumber, kind, body, clientMsgId, baseSeq, updatedAt } = draft;
    const staged = await this.attachments.stagedAmong(draft.attachmentIds, { uploaderId: userId, ticketNumber });
    return {
      ticketId: ticketNumber,
      kind,
      body,
      attachments: staged.map((file) =>
        files === 'plain' ? this.links.plain(file) : this.links.sign(file, files.signInId),
      ),
      clientMsgId,
      baseSeq,
      updatedAt: updatedAt.toISOString(),
    };
  }
}

const keyOf = ({ userId, ticketNumber, kind }: DraftKey): DraftKey => ({ userId, ticketNumber, kind });
