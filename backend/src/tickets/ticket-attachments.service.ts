import { Injectable } from '@nestjs/common';
import type { Actor } from '../access';
import {
  AttachmentsService,
  type Attachment,
  type AttachmentVariant,
  type FileFacts,
  type OpenedFile,
  type ReceivedFile,
} from '../attachments';
import { Forbidden, NotFound, RateLimits } from '../common';
import { MessagesService } from '../conversations';
import { UnitOfWork } from '../database';
import { assertNotClosedFor } from './lifecycle';
import { assertCan, can } from './ticket.policy';
import { TicketsService } from './tickets.service';

class AttachmentForbidden extends Forbidden {
  constructor() {
    super('You cannot open this file.');
  }
}

interface Described {
  attachment: Attachment;
  file: FileFacts;
}

interface Opened extends Described {
  file: OpenedFile;
}

/** Who may add and open the files of tickets and messages. */
@Injectable()
export class TicketAttachmentsService {
  constructor(
    private readonly tickets: TicketsService,
    private readonly messages: MessagesService,
    private readonly attachments: AttachmentsService,
    private readonly unitOfWork: UnitOfWork,
    private readonly limits: RateLimits,
  ) {}

  /** Asked before a single byte is read. */
  async assertMayUpload(actor: Actor, ticketId: number): Promise<void> {
    const ticket = await this.tickets.getFor(actor, ticketId);
    assertCan(actor, 'comment', ticket);
    assertNotClosedFor(actor, ticket);
    await this.limits.spend('uploads', actor.id);
  }

  /** Keeps a file for a message to come; it is the uploader's alone until a message names it. */
  async stage(actor: Actor, ticketId: number, file: ReceivedFile): Promise<Attachment> {
    const prepared = await this.attachments.prepare(file);
    try {
      return await this.unitOfWork.run(async (tx) => {
        const { ticket } = await this.tickets.lock(tx, actor, ticketId);
        assertNotClosedFor(actor, ticket);
        const staged = await this.attachments.stage(tx, {
          uploaderId: actor.id,
          ticketNumber: ticketId,
          file: prepared,
        });
        tx.made(staged.id);
        return staged;
      });
    } catch (error) {
      await this.attachments.discard(prepared);
      throw error;
    }
  }

  /** A file for somebody who may see what it belongs to. */
  async get(actor: Actor, attachmentId: string): Promise<Attachment> {
    const attachment = await this.attachments.get(attachmentId);
    await this.assertMayOpen(actor, attachment);
    return attachment;
  }

  /** The bytes of such a file, or the part of them that a Range header asks for. */
  async open(actor: Actor, attachmentId: string, variant: AttachmentVariant, range?: string): Promise<Opened> {
    const attachment = await this.get(actor, attachmentId);
    return { attachment, file: await this.attachments.openFile(attachment, variant, range) };
  }

  /** What {@link open} would say of it. */
  async describe(actor: Actor, attachmentId: string, variant: AttachmentVariant): Promise<Described> {
    const attachment = await this.get(actor, attachmentId);
    return { attachment, file: await this.attachments.describeFile(attachment, variant) };
  }

  private async assertMayOpen(actor: Actor, attachment: Attachment): Promise<void> {
    const ticket = await this.tickets.find(attachment.ticketNumber);
    if (!ticket || !can(actor, 'read', ticket)) throw new AttachmentForbidden();
    if (attachment.state === 'staged') {
      if (attachment.uploaderId !== actor.id) throw new AttachmentForbidden();
      return;
    }
    const message = attachment.messageId === null ? null : await this.messages.get(attachment.messageId);
    if (message?.kind === 'note' && !can(actor, 'note', ticket)) throw new AttachmentForbidden();
    if (ticket.deletedAt || attachment.state === 'removed' || message?.removedAt) throw new NotFound('This file');
  }
}
