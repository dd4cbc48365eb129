import { Injectable } from '@nestjs/common';
import { In, IsNull, MoreThanOrEqual, Not } from 'typeorm';
import { isStaff } from '../../access';
import { Message, Participant, TimelineEntry, type Conversation } from '../../conversations';
import type { Transaction } from '../../database';
import { Mailer, type MailSetting, type MailTexts } from '../../mail';
import type { Ticket } from '../../tickets';
import { completePreferences, User } from '../../users';
import { Audience } from '../audience';
import type { News } from '../news';
import { NOTICE_REASONS } from '../notification.entity';
import { mailWishOf, type Hearer, type MailWish } from '../wishes';
import { isMailedAtOnce } from './digest-beginnings';
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

type ToldType = Exclude<News['type'], 'ticket.assigned'>;
const EVENT_OF: Record<ToldType, News['event']> = {
  'ticket.created': 'created',
  'message.created': 'message',
  'status.changed': 'status',
  'priority.changed': 'priority',
};

/** Something that the reader has not seen and wants to be mailed of. */
interface Item {
  entry: TimelineEntry & { type: ToldType };
  message: Message | undefined;
  wish: MailWish;
}

type Marks = Pick<Participant, 'readStaffSeq' | 'readPublicSeq' | 'follows'>;
const NO_MARKS: Marks = { readStaffSeq: 0, readPublicSeq: 0, follows: false };

/** The mail is counted as one of these, the first that is in it. */
const SETTINGS: readonly MailSetting[] = ['mentions', 'messages', 'created', 'status', 'priority'];

/** Finds out what of a digest is still news to its reader, by the rights and wishes of this moment. */
@Injectable()
export class DigestNews {
  constructor(
    private readonly mailer: Mailer,
    private readonly audience: Audience,
  ) {}

  /** Undefined when there is nothing to tell any more. */
  async tellingOf(tx: Transaction, occasion: DigestOccasion): Promise<Telling | undefined> {
    const { digest, reader, ticket } = occasion;
    const marks = await this.marksOf(tx, occasion);
    const items = await this.items(tx, occasion, marks);
    const isStatusHeld = digest.held && mayBeMailedOfStatus(reader, ticket) && hasUnread(occasion, marks);
    if (!items.length && !isStatusHeld) return undefined;
    const [strongest] = items.toSorted(byStrength);
    return {
      setting: strongest?.wish.setting ?? 'status',
      reason: strongest?.wish.reason,
      lines: (texts, isForStaff) => linesOf(texts, isForStaff, { items, ticket, isHeld: digest.held, isStatusHeld }),
      quotes: await this.quotesOf(tx, items, ticket),
    };
  }

  private async items(tx: Transaction, occasion: DigestOccasion, marks: Marks): Promise<Item[]> {
    const { reader, ticket, digest } = occasion;
    const entries = await this.unread(tx, occasion, marks);
    const messages = await this.messagesOf(tx, reader, entries);
    const hearer = hearerOf(reader, marks);
    const items: Item[] = [];
    for (const entry of entries) {
      const message = messages.get(entry.messageId ?? '');
      if (entry.messageId !== null && !message) continue;
      const news = newsOf(entry, await this.mentioned(tx, message));
      const wish = mailWishOf(hearer, news, ticket);
      if (!wish || (!digest.held && message?.kind !== 'chat' && isMailedAtOnce(news.event, wish))) continue;
      items.push({ entry, message, wish });
    }
    return items;
  }

  /** What others did since the digest began, oldest first. */
  private async unread(
    tx: Transaction,
    { digest, reader, ticket }: DigestOccasion,
    marks: Marks,
  ): Promise<Item['entry'][]> {
    const found = await tx.manager.find(TimelineEntry, {
      where: {
        ticketNumber: ticket.number,
        staffSeq: MoreThanOrEqual(digest.fromSeq),
        actorId: Not(reader.id),
        type: In(Object.keys(EVENT_OF)),
      },
      order: { staffSeq: 'ASC' },
    });
    return found.filter((entry): entry is Item['entry'] =>
      isStaff(reader)
        ? entry.staffSeq > marks.readStaffSeq
        : entry.publicSeq !== null && entry.publicSeq > marks.readPublicSeq,
    );
  }

  /** Those that still stand there, but for comments that were mailed already. */
  private async messagesOf(
    tx: Transaction,
    reader: User,
    entries: readonly TimelineEntry[],
  ): Promise<Map<string, Message>> {
    const ids = entries.flatMap(({ messageId }) => messageId ?? []);
    if (!ids.length) return new Map();
    const found = await tx.manager.findBy(Message, { id: In(ids), removedAt: IsNull() });
    const comments = found.flatMap(({ id, kind }) => (kind === 'comment' ? [id] : []));
    const told = await this.mailer.told(tx, reader.id, comments);
    return new Map(found.flatMap((message) => (told.has(message.id) ? [] : [[message.id, message]])));
  }

  /** By what stands there now: a note may have been edited. */
  private mentioned(tx: Transaction, message: Message | undefined): Promise<string[]> {
    return message?.kind === 'note' ? this.audience.mentionedIn(tx, message.body) : Promise.resolve([]);
  }

  private async marksOf(tx: Transaction, { reader, ticket }: DigestOccasion): Promise<Marks> {
    const key = { userId: reader.id, ticketNumber: ticket.number };
    return (await tx.manager.findOneBy(Participant, key)) ?? NO_MARKS;
  }

  private async quotesOf(tx: Transaction, items: readonly Item[], ticket: Ticket): Promise<Telling['quotes']> {
    const opening = items.find(({ entry }) => entry.type === 'ticket.created');
    const said = messagesIn(items).slice(-MOST_QUOTES);
    const words = [
      ...(opening ? [{ authorId: opening.entry.actorId, body: ticket.description }] : []),
      ...said.map(({ authorId, body }) => ({ authorId, body })),
    ];
    if (!words.length) return [];
    const authorIds = [...new Set(words.map(({ authorId }) => authorId))];
    const authors = await tx.manager.find(User, { select: { id: true, name: true }, where: { id: In(authorIds) } });
    const names = new Map(authors.map(({ id, name }) => [id, name]));
    return words.map(({ authorId, body }) => ({ author: names.get(authorId) ?? '', body }));
  }
}

const messagesIn = (items: readonly Item[]): Message[] => items.flatMap(({ message }) => message ?? []);

function linesOf(
  texts: MailTexts,
  isForStaff: boolean,
  about: { items: readonly Item[]; ticket: Ticket; isHeld: boolean; isStatusHeld: boolean },
): string[] {
  const { items, ticket, isHeld, isStatusHeld } = about;
  const has = (type: ToldType): boolean => items.some(({ entry }) => entry.type === type);
  const count = messagesIn(items).length;
  const hasChanged = has('status.changed') || has('priority.changed');
  return [
    ...(isHeld ? [texts.heldBack] : []),
    ...(!isHeld && has('ticket.created') ? [texts.openedWhileAway] : []),
    ...(!isHeld && count ? [texts.whileAway(count)] : []),
    ...(!isHeld && hasChanged && !count ? [texts.changedWhileAway] : []),
    ...(has('status.changed') || isStatusHeld ? [texts.status(ticket.status, isForStaff)] : []),
    ...(has('priority.changed') ? [texts.priority(ticket.priority)] : []),
    ...(count > MOST_QUOTES ? [texts.notShown(count - MOST_QUOTES)] : []),
  ];
}

/** Those who are mailed of a status at once are told of it as well when that had to wait. */
const mayBeMailedOfStatus = (reader: User, ticket: Ticket): boolean =>
  (reader.id === ticket.requesterId || reader.id === ticket.assigneeId) &&
  mayBeTold(reader, ticket, { setting: 'status' });

const hasUnread = ({ reader, conversation }: DigestOccasion, { readStaffSeq, readPublicSeq }: Marks): boolean =>
  isStaff(reader) ? conversation.staffSeq > readStaffSeq : conversation.publicSeq > readPublicSeq;

const hearerOf = ({ id, role, active, preferences }: User, { follows }: Marks): Hearer => ({
  id,
  role,
  active,
  preferences: completePreferences(preferences),
  follows,
});

const newsOf = (
  { id, type, ticketNumber, actorId, messageId, publicSeq }: Item['entry'],
  mentioned: string[],
): News => ({
  event: EVENT_OF[type],
  type,
  ticketNumber,
  cause: id,
  actorId,
  messageId,
  to: null,
  isForStaff: publicSeq === null,
  mentioned,
});

const byStrength = ({ wish: a }: Item, { wish: b }: Item): number =>
  NOTICE_REASONS.indexOf(a.reason) - NOTICE_REASONS.indexOf(b.reason) ||
  SETTINGS.indexOf(a.setting) - SETTINGS.indexOf(b.setting);
