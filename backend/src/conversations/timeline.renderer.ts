import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AttachmentLinks, AttachmentsService, type Attachment, type AttachmentDto } from '../attachments';
import { Statements } from '../database';
import { PeopleLoader, type People } from '../users';
import { seqFor, type Audience } from './audience';
import type { MessageDto, TimelineEventDto } from './dto/conversation.dto';
import type { Said } from './events/conversation-events';
import { Message } from './message.entity';
import type { TimelineEntry } from './timeline-entry.entity';

/** How file addresses are written: signed for one sign-in, or plain for pushes that many receive. */
export type FileAddresses = { signInId: string } | 'plain';

interface Material {
  messages: ReadonlyMap<string, Message>;
  files: ReadonlyMap<string, readonly Attachment[]>;
  people: People;
}

/** Shows stored entries and messages to an audience, as they are today: edited texts, removed ones without text. */
@Injectable()
export class TimelineRenderer {
  constructor(
    private readonly statements: Statements,
    private readonly attachments: AttachmentsService,
    private readonly links: AttachmentLinks,
    private readonly people: PeopleLoader,
  ) {}

  async events(entries: TimelineEntry[], audience: Audience, files: FileAddresses): Promise<TimelineEventDto[]> {
    if (!entries.length) return [];
    const ids = [...new Set(entries.map(({ messageId }) => messageId).filter((id) => id !== null))];
    const messages = await this.statements.entitiesIn(Message, 'id', ids);
    const personIds = entries.flatMap((entry) => [entry.actorId, ...peopleIn(entry)]);
    const material = await this.gather(messages, personIds);
    return entries.map((entry) => this.event(entry, audience, files, material));
  }

  /** What was just said, from what it was stored with. */
  async said(entry: TimelineEntry, said: Said, audience: Audience, files: FileAddresses): Promise<TimelineEventDto> {
    return this.event(entry, audience, files, await this.materialOf(said));
  }

  async saidMessage(said: Said, audience: Audience, files: FileAddresses): Promise<MessageDto> {
    return this.message(said.message, audience, files, await this.materialOf(said));
  }

  async messages(
    messages: Message[],
    audience: Audience,
    files: FileAddresses,
    manager?: EntityManager,
  ): Promise<MessageDto[]> {
    const material = await this.gather(messages, [], manager);
    return messages.map((message) => this.message(message, audience, files, material));
  }

  private async materialOf({ message, author, files }: Said): Promise<Material> {
    return {
      messages: new Map([[message.id, message]]),
      files: new Map([[message.id, files]]),
      people: await this.people.known(author),
    };
  }

  private async gather(messages: Message[], personIds: string[], manager?: EntityManager): Promise<Material> {
    const shown = messages.filter(({ removedAt }) => removedAt === null).map(({ id }) => id);
    const files = shown.length ? await this.attachments.ofMessages(shown, manager) : new Map<string, Attachment[]>();
    const people = await this.people.load([...personIds, ...messages.map(({ authorId }) => authorId)], manager);
    return { messages: new Map(messages.map((message) => [message.id, message])), files, people };
  }

  private event(entry: TimelineEntry, audience: Audience, files: FileAddresses, material: Material): TimelineEventDto {
    return {
      id: entry.id,
      ticketId: entry.ticketNumber,
      seq: seqFor(audience, entry),
      type: entry.type,
      at: entry.at.toISOString(),
      actor: material.people.get(entry.actorId),
      data: this.data(entry, audience, files, material),
    };
  }

  private data(
    entry: TimelineEntry,
    audience: Audience,
    files: FileAddresses,
    material: Material,
  ): Record<string, unknown> {
    const message = entry.messageId === null ? undefined : material.messages.get(entry.messageId);
    if (message) return { message: this.message(message, audience, files, material) };
    if (entry.type !== 'assignee.changed') return entry.data;
    const { from, to } = entry.data as { from: string | null; to: string | null };
    return { from: material.people.orNull(from), to: material.people.orNull(to) };
  }

  private message(message: Message, audience: Audience, files: FileAddresses, material: Material): MessageDto {
    const { id, ticketNumber, kind, body, clientMsgId, authorId, createdAt, editedAt, removedAt } = message;
    const attachments = (material.files.get(id) ?? []).map((file) => this.file(file, files));
    return {
      id,
      ticketId: ticketNumber,
      seq: seqFor(audience, message),
      kind,
      ...(removedAt === null && { body, attachments }),
      clientMsgId,
      author: material.people.get(authorId),
      createdAt: createdAt.toISOString(),
      editedAt: editedAt?.toISOString() ?? null,
      removedAt: removedAt?.toISOString() ?? null,
    };
  }

  private file(attachment: Attachment, files: FileAddresses): AttachmentDto {
    return files === 'plain' ? this.links.plain(attachment) : this.links.sign(attachment, files.signInId);
  }
}

function peopleIn(entry: TimelineEntry): string[] {
  if (entry.type !== 'assignee.changed') return [];
  return [entry.data.from, entry.data.to].filter((id): id is string => typeof id === 'string');
}
