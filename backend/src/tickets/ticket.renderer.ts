import { Injectable } from '@nestjs/common';
import { isStaff, type Actor } from '../access';
import { AttachmentLinks, AttachmentsService } from '../attachments';
import { CategoriesService } from '../categories';
import { ReadMarksService, type Audience } from '../conversations';
import { PeopleLoader, type People } from '../users';
import type { CategoryRefDto, TicketDto, TicketSummaryDto } from './dto/ticket.dto';
import { TicketRows, type DetailedTicket, type ListedTicket } from './lists/ticket-rows';
import type { MatchedTicket } from './search/ticket-search.pages';
import type { Ticket } from './ticket.entity';

type SummarisedTicket = Omit<Ticket, 'description'>;
type SummaryWithoutUnread = Omit<TicketSummaryDto, 'unread'>;

interface Material {
  people: People;
  categories: ReadonlyMap<string, CategoryRefDto>;
}

interface PushedTicket {
  ticket: ListedTicket;
  staff: SummaryWithoutUnread;
  requester: SummaryWithoutUnread;
}

/** Reads nothing, so nothing is unread. */
const NOBODY = '';

/** Shows tickets as one audience may see them, from explicit lists of fields. */
@Injectable()
export class TicketRenderer {
  constructor(
    private readonly people: PeopleLoader,
    private readonly categories: CategoriesService,
    private readonly readMarks: ReadMarksService,
    private readonly attachments: AttachmentsService,
    private readonly links: AttachmentLinks,
    private readonly rows: TicketRows,
  ) {}

  async ticket(actor: Actor, ticket: Ticket): Promise<TicketDto> {
    const audience = isStaff(actor) ? 'staff' : 'public';
    const [material, unread] = await Promise.all([
      this.gather(ticket, audience),
      this.readMarks.unreadOf(actor.id, ticket.number),
    ]);
    return this.withFiles(actor, ticket, { ...summaryOf(ticket, audience, material), unread });
  }

  /** A ticket that was loaded with all it is shown with. */
  async detailed(actor: Actor, ticket: DetailedTicket): Promise<TicketDto> {
    const [summary] = await this.listed(actor, [ticket]);
    return this.withFiles(actor, ticket, summary);
  }

  private async withFiles(
    actor: Actor,
    { number, description }: Pick<Ticket, 'number' | 'description'>,
    summary: TicketSummaryDto,
  ): Promise<TicketDto> {
    const files = await this.attachments.ofTicket(number);
    return { ...summary, description, attachments: files.map((file) => this.links.sign(file, actor.signInId)) };
  }

  /** Rows of a list, which bring all they are shown with. */
  async listed(actor: Actor, tickets: readonly MatchedTicket[]): Promise<TicketSummaryDto[]> {
    const audience = isStaff(actor) ? 'staff' : 'public';
    const material = await this.brought(tickets);
    return tickets.map((ticket) => ({
      ...summaryOf(ticket, audience, material),
      unread: ticket.unread,
      ...(ticket.match && { match: ticket.match }),
    }));
  }

  /**
   * For pushes, to staff and to the requester: without what differs from reader to reader. Those of the tickets that are
   * there and not deleted.
   */
  async forPush(ticketIds: readonly number[]): Promise<PushedTicket[]> {
    const found = await this.rows.byNumber(NOBODY, ticketIds);
    const tickets = [...found.values()].filter(({ deletedAt }) => deletedAt === null);
    const material = await this.brought(tickets);
    return tickets.map((ticket) => ({
      ticket,
      staff: summaryOf(ticket, 'staff', material),
      requester: summaryOf(ticket, 'public', material),
    }));
  }

  private async brought(tickets: readonly ListedTicket[]): Promise<Material> {
    const named = new Map(tickets.flatMap((ticket) => ticket.people.map((person) => [person.id, person] as const)));
    const categories = tickets.flatMap(({ categoryId: id, categoryName: name }) =>
      id !== null && name !== null ? [[id, { id, name }] as const] : [],
    );
    return { people: await this.people.known(...named.values()), categories: new Map(categories) };
  }

  private async gather(ticket: Ticket, audience: Audience): Promise<Material> {
    const { requesterId, assigneeId, categoryId } = ticket;
    const authorId = lastMessageOf(ticket, audience)?.authorId ?? null;
    return {
      people: await this.people.load([requesterId, assigneeId, authorId]),
      categories: await this.categories.refs(categoryId === null ? [] : [categoryId]),
    };
  }
}

function summaryOf(
  ticket: SummarisedTicket,
  audience: Audience,
  { people, categories }: Material,
): SummaryWithoutUnread {
  const isForStaff = audience === 'staff';
  const last = lastMessageOf(ticket, audience);
  return {
    id: ticket.number,
    subject: ticket.subject,
    category: (ticket.categoryId !== null && categories.get(ticket.categoryId)) || null,
    priority: ticket.priority,
    status: ticket.status,
    requester: people.get(ticket.requesterId),
    assignee: people.orNull(ticket.assigneeId),
    ...(isForStaff && { tags: ticket.tags, needsReply: ticket.needsReply, reopenCount: ticket.reopenCount }),
    lastMessage: last && { author: people.get(last.authorId), excerpt: last.excerpt, at: last.at.toISOString() },
    createdAt: ticket.createdAt.toISOString(),
    updatedAt: (isForStaff ? ticket.updatedAt : ticket.publicUpdatedAt).toISOString(),
    firstRespondedAt: ticket.firstRespondedAt?.toISOString() ?? null,
    resolvedAt: ticket.resolvedAt?.toISOString() ?? null,
    closedAt: ticket.closedAt?.toISOString() ?? null,
    version: isForStaff ? ticket.version : ticket.publicVersion,
  };
}

function lastMessageOf(
  ticket: SummarisedTicket,
  audience: Audience,
): { authorId: string; excerpt: string; at: Date } | null {
  const [at, authorId, excerpt] =
    audience === 'staff'
      ? [ticket.lastMessageAt, ticket.lastMessageAuthorId, ticket.lastMessageExcerpt]
      : [ticket.publicLastMessageAt, ticket.publicLastMessageAuthorId, ticket.publicLastMessageExcerpt];
  return at && authorId !== null ? { at, authorId, excerpt: excerpt ?? '' } : null;
}
