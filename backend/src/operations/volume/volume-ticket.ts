import { createHash } from 'node:crypto';
import { excerpt } from '../../common';
import type { Conversation, Message, MessageKind, Participant, TimelineEntry } from '../../conversations';
import { TICKET_PRIORITIES, TICKET_STATUSES, type Ticket, type TicketStatus, type TicketTag } from '../../tickets';
import type { VolumeCast } from './volume-people';
import type { SeededRandom } from './volume-random';
import type { VolumeStory } from './volume-story';
import { knownText, words } from './volume-words';

const EXCERPT_LENGTH = 200;
const PRIORITY_SHARES = ['low', 'medium', 'medium', 'medium', 'high'] as const;

/** The rows of one ticket, as if it had happened. */
export interface TicketRows {
  ticket: Ticket;
  conversation: Conversation;
  messages: Message[];
  events: TimelineEntry[];
  participants: Participant[];
  tags: TicketTag[];
}

/** Tells a story as the rows that the product would have left. */
export class TicketTeller {
  private readonly events: TimelineEntry[] = [];
  private readonly messages: Message[] = [];
  private readonly ticket: Ticket;
  private at: number;
  private publicSeq = 0;

  constructor(
    private readonly random: SeededRandom,
    private readonly cast: VolumeCast,
    private readonly story: VolumeStory,
  ) {
    this.at = story.createdAt;
    this.ticket = this.newTicket();
  }

  tell(): TicketRows {
    this.event('ticket.created', this.story.requesterId, {});
    if (this.story.assigneeId) this.claim(this.story.assigneeId);
    else if (this.story.status !== 'open') this.step('in_progress', this.someAgent());
    for (let left = this.story.messages; left > 0; left -= 1) this.say();
    if (this.story.status === 'resolved' || this.story.status === 'closed') this.end(this.story.status);
    if (this.story.deletedAt !== null) this.delete(this.story.deletedAt);
    return {
      ticket: this.ticket,
      conversation: {
        ticketNumber: this.story.number,
        staffSeq: this.events.length,
        publicSeq: this.publicSeq,
        stream: this.random.idAt(this.story.createdAt),
        unsearched: true,
      },
      messages: this.messages,
      events: this.events,
      participants: this.participants(),
      tags: this.ticket.tags.map((tag) => ({ tag, ticketNumber: this.story.number })),
    };
  }

  private newTicket(): Ticket {
    const { random, story } = this;
    const createdAt = new Date(story.createdAt);
    const priority = random.chance(0.07) ? 'urgent' : random.pick(PRIORITY_SHARES);
    const subject = words(random, random.whole(3, 8));
    return {
      number: story.number,
      requesterId: story.requesterId,
      assigneeId: null,
      categoryId: random.chance(0.1) ? null : random.pick(this.cast.categories, 1.5),
      subject: subject[0].toUpperCase() + subject.slice(1),
      description: `${words(random, random.whole(15, 60))}${story.messages ? '' : knownText(random)}.`,
      status: 'open',
      statusRank: 0,
      priority,
      priorityRank: TICKET_PRIORITIES.indexOf(priority),
      tags: random.chance(0.4) ? this.someTags() : [],
      version: 1,
      publicVersion: 1,
      createdAt,
      updatedAt: createdAt,
      publicUpdatedAt: createdAt,
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
    };
  }

  private someTags(): string[] {
    return [...new Set(Array.from({ length: this.random.whole(1, 3) }, () => this.random.pick(this.cast.tags, 2)))];
  }

  private claim(agentId: string): void {
    this.event('assignee.changed', agentId, { from: null, to: agentId });
    this.ticket.assigneeId = agentId;
    if (this.story.status === 'open') this.countChange();
    else this.step('in_progress', agentId);
  }

  private step(to: TicketStatus, actorId: string): void {
    this.event('status.changed', actorId, { from: this.ticket.status, to });
    this.ticket.status = to;
    this.ticket.statusRank = TICKET_STATUSES.indexOf(to);
    this.countChange();
  }

  private countChange(): void {
    this.ticket.version += 1;
    this.ticket.publicVersion += 1;
  }

  private end(status: 'resolved' | 'closed'): void {
    this.step('resolved', this.someAgent());
    this.ticket.resolvedAt = this.ticket.updatedAt;
    this.ticket.needsReply = false;
    if (status === 'resolved') return;
    this.step('closed', this.story.requesterId);
    this.ticket.closedAt = this.ticket.updatedAt;
  }

  private say(): void {
    const { random, ticket, story } = this;
    const isOfCustomer = random.chance(0.45);
    const authorId = isOfCustomer ? story.requesterId : this.someAgent();
    const kind: MessageKind = !isOfCustomer && random.chance(0.25) ? 'note' : random.chance(0.6) ? 'chat' : 'comment';
    // What is looked for is said once, so that its share is one of tickets.
    const known = this.messages.length ? '' : knownText(random);
    const message = this.message(kind, authorId, `${words(random, random.whole(5, 40))}${known}.`);
    const last = { at: message.createdAt, line: excerpt(message.body, EXCERPT_LENGTH) };
    Object.assign(ticket, {
      lastMessageAt: last.at,
      lastMessageAuthorId: authorId,
      lastMessageExcerpt: last.line,
    });
    if (kind === 'note') return;
    Object.assign(ticket, {
      publicLastMessageAt: last.at,
      publicLastMessageAuthorId: authorId,
      publicLastMessageExcerpt: last.line,
      needsReply: isOfCustomer,
      firstRespondedAt: ticket.firstRespondedAt ?? (isOfCustomer ? null : last.at),
    });
  }

  private message(kind: MessageKind, authorId: string, body: string): Message {
    const ticketNumber = this.story.number;
    this.pause();
    const id = this.random.idAt(this.at);
    const { staffSeq, publicSeq, at } = this.event('message.created', authorId, {}, id, kind !== 'note');
    const payload = JSON.stringify([ticketNumber, kind, body, []]);
    const message: Message = {
      id,
      ticketNumber,
      staffSeq,
      publicSeq,
      kind,
      body,
      authorId,
      clientMsgId: this.random.idAt(this.at),
      payloadHash: createHash('sha256').update(payload).digest('hex'),
      createdAt: at,
      editedAt: null,
      removedAt: null,
    };
    this.messages.push(message);
    return message;
  }

  private event(
    type: TimelineEntry['type'],
    actorId: string,
    data: Record<string, unknown>,
    messageId: string | null = null,
    isPublic = true,
  ): TimelineEntry {
    if (messageId === null && this.events.length) this.pause();
    const at = new Date(this.at);
    if (isPublic) this.publicSeq += 1;
    const entry: TimelineEntry = {
      ticketNumber: this.story.number,
      staffSeq: this.events.length + 1,
      publicSeq: isPublic ? this.publicSeq : null,
      id: this.random.idAt(this.at),
      type,
      actorId,
      at,
      messageId,
      data,
    };
    this.events.push(entry);
    this.ticket.updatedAt = at;
    if (isPublic) this.ticket.publicUpdatedAt = at;
    return entry;
  }

  private pause(): void {
    this.at = Math.min(this.story.now, Math.floor(this.at - Math.log(1 - this.random.next()) * this.story.pause));
  }

  /** Mostly whoever holds the ticket. */
  private someAgent(): string {
    const { assigneeId } = this.story;
    return assigneeId && this.random.chance(0.9) ? assigneeId : this.random.pick(this.cast.agents, 1.5);
  }

  private delete(at: number): void {
    this.at = Math.max(at, this.at);
    this.event('ticket.deleted', this.story.requesterId, {});
    this.ticket.deletedAt = this.ticket.updatedAt;
  }

  private participants(): Participant[] {
    const people = new Set([
      this.story.requesterId,
      ...(this.story.assigneeId ? [this.story.assigneeId] : []),
      ...this.messages.map(({ authorId }) => authorId),
    ]);
    return [...people].map((userId) => this.participant(userId));
  }

  private participant(userId: string): Participant {
    const isRequester = userId === this.story.requesterId;
    const own = this.messages.filter(({ authorId }) => authorId === userId);
    const head = this.events.length;
    const hasReadAll = this.random.chance(this.ticket.resolvedAt ? 0.99 : 0.6);
    // Whoever writes has read what stands before.
    const read = hasReadAll ? head : Math.max(own.at(-1)?.staffSeq ?? 0, this.random.whole(0, head));
    const isUnread = (message: Message): boolean =>
      message.staffSeq > read && message.authorId !== userId && !(isRequester && message.kind === 'note');
    return {
      userId,
      ticketNumber: this.story.number,
      holds: userId === this.story.assigneeId,
      follows: isRequester,
      wrote: own.length > 0,
      readStaffSeq: read,
      readPublicSeq: this.events.slice(0, read).reduce((seq, event) => event.publicSeq ?? seq, 0),
      unread: this.story.deletedAt === null ? this.messages.filter(isUnread).length : 0,
      unreadFrom: null,
    };
  }
}
