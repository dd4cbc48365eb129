import { Injectable } from '@nestjs/common';
import { In, IsNull, MoreThanOrEqual, Not } from 'typeorm';
import { isStaff } from '../../access';
import { Message, Participant, type Conversation } from '../../conversations';
import type { Transaction } from '../../database';
import { Mailer } from '../../mail';
import type { Ticket } from '../../tickets';
import { User } from '../../users';
import type { MailDigest } from './mail-digest.entity';
import { MOST_QUOTES, type Telling } from './ticket-letters';
import { mayBeTold } from './ticket-mailer';

/** Whose digest it is, and of what; read under the lock of the ticket. */
export interface DigestOccasion {
  digest: MailDigest;
  reader: User;
  ticket: Ticket;
  conversation: Conversation;
}

/** Finds out what of a digest is still news to its reader. Notes never are, for nobody. */
@Injectable()
export class DigestNews {
  constructor(private readonly mailer: Mailer) {}

  /** Undefined when there is nothing to tell any more. */
  async tellingOf(tx: Transaction, occasion: DigestOccasion): Promise<Telling | undefined> {
    const { digest, reader, ticket } = occasion;
    const wants = (setting: Telling['setting']): boolean => mayBeTold(reader, ticket, { setting });
    const messages = wants('messages') ? await this.unread(tx, occasion) : [];
    if (!digest.held) return messages.length ? this.saidInChat(tx, messages) : undefined;
    const isNews = wants('status') && (await this.hasUnreadEvents(tx, occasion));
    if (!messages.length && !isNews) return undefined;
    return this.heldBack(tx, messages, isNews ? ticket.status : undefined);
  }

  private async saidInChat(tx: Transaction, messages: Message[]): Promise<Telling> {
    const shown = messages.slice(-MOST_QUOTES);
    const earlier = messages.length - shown.length;
    return {
      setting: 'messages',
      lines: (texts) => [texts.whileAway(messages.length), ...(earlier ? [texts.notShown(earlier)] : [])],
      quotes: await this.quotesOf(tx, shown),
    };
  }

  private async heldBack(tx: Transaction, messages: Message[], status: Ticket['status'] | undefined): Promise<Telling> {
    const shown = messages.slice(-MOST_QUOTES);
    const earlier = messages.length - shown.length;
    return {
      setting: messages.length ? 'messages' : 'status',
      lines: (texts, isForStaff) => [
        texts.heldBack,
        ...(status ? [texts.status(status, isForStaff)] : []),
        ...(earlier ? [texts.notShown(earlier)] : []),
      ],
      quotes: await this.quotesOf(tx, shown),
    };
  }

  /** What others said since the digest began, oldest first, without what was read or mailed already. */
  private async unread(tx: Transaction, { digest, reader, conversation }: DigestOccasion): Promise<Message[]> {
    const found = await tx.manager.find(Message, {
      where: {
        ticketNumber: conversation.ticketNumber,
        staffSeq: MoreThanOrEqual(digest.fromSeq),
        publicSeq: Not(IsNull()),
        kind: In(digest.held ? ['chat', 'comment'] : ['chat']),
        authorId: Not(reader.id),
        removedAt: IsNull(),
      },
      order: { staffSeq: 'ASC' },
    });
    const marks = await this.marksOf(tx, reader, conversation);
    const unread = found.filter(({ staffSeq, publicSeq }) =>
      isStaff(reader) ? staffSeq > marks.staff : (publicSeq ?? 0) > marks.public,
    );
    const comments = unread.flatMap(({ id, kind }) => (kind === 'comment' ? [id] : []));
    const told = await this.mailer.told(tx, reader.id, comments);
    return unread.filter(({ id }) => !told.has(id));
  }

  private async hasUnreadEvents(tx: Transaction, { reader, conversation }: DigestOccasion): Promise<boolean> {
    const marks = await this.marksOf(tx, reader, conversation);
    return isStaff(reader) ? conversation.staffSeq > marks.staff : conversation.publicSeq > marks.public;
  }

  private async marksOf(
    tx: Transaction,
    { id: userId }: User,
    { ticketNumber }: Conversation,
  ): Promise<{ staff: number; public: number }> {
    const participant = await tx.manager.findOneBy(Participant, { userId, ticketNumber });
    return { staff: participant?.readStaffSeq ?? 0, public: participant?.readPublicSeq ?? 0 };
  }

  private async quotesOf(tx: Transaction, messages: Message[]): Promise<Telling['quotes']> {
    if (!messages.length) return [];
    const authorIds = [...new Set(messages.map(({ authorId }) => authorId))];
    const authors = await tx.manager.find(User, { select: { id: true, name: true }, where: { id: In(authorIds) } });
    const names = new Map(authors.map(({ id, name }) => [id, name]));
    return messages.map(({ authorId, body }) => ({ author: names.get(authorId) ?? '', body }));
  }
}
