import { Injectable } from '@nestjs/common';
import type { Actor } from '../../access';
import { AuditLog } from '../../audit';
import { MeDto, SessionDto, SignInsService } from '../../auth';
import { CannedRepliesService } from '../../canned-replies';
import { Clock, RateLimits } from '../../common';
import { audienceOf, DraftsService, MessagesService, TimelineRenderer, TimelineService } from '../../conversations';
import { Settings } from '../../config';
import { UnitOfWork } from '../../database';
import { NotificationsService } from '../../notifications';
import { mayRead, TicketRenderer, TicketsService, ViewsService, type Ticket } from '../../tickets';
import { UsersService } from '../../users';
import { jsonDocument, type Rows } from './json-document';

const BATCH = 100;

/**
 * All that is a person's own, in one document: the account, what they asked, what they wrote, and what they keep. It
 * shows no more than the pages do, so customers get nothing that only staff may see.
 */
@Injectable()
export class OwnDataService {
  constructor(
    private readonly users: UsersService,
    private readonly signIns: SignInsService,
    private readonly tickets: TicketsService,
    private readonly ticketRenderer: TicketRenderer,
    private readonly timeline: TimelineService,
    private readonly timelineRenderer: TimelineRenderer,
    private readonly messages: MessagesService,
    private readonly drafts: DraftsService,
    private readonly views: ViewsService,
    private readonly replies: CannedRepliesService,
    private readonly notifications: NotificationsService,
    private readonly limits: RateLimits,
    private readonly audit: AuditLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /** The document in pieces; that it was taken is an entry of the audit log. */
  async export(actor: Actor): Promise<AsyncGenerator<string>> {
    await this.limits.spend('exports', actor.id);
    const account = MeDto.from(await this.users.get(actor.id), this.settings.confirmsEmail);
    const devices = (await this.signIns.listOpen(actor.id)).map((signIn) => SessionDto.from(signIn, actor.signInId));
    await this.unitOfWork.run((tx) =>
      this.audit.record(tx, {
        action: 'export.made',
        actorId: actor.id,
        object: { type: 'user', id: actor.id },
        data: { of: 'own-data', format: 'json' },
      }),
    );
    return jsonDocument(
      { exportedAt: this.clock.now().toISOString(), account, devices },
      {
        tickets: this.ownTickets(actor),
        messages: this.wordsElsewhere(actor),
        drafts: this.ownDrafts(actor),
        views: this.ownViews(actor),
        cannedReplies: this.ownReplies(actor),
        notifications: this.ownNotifications(actor),
      },
    );
  }

  /** Tickets the person opened, each with its conversation. */
  private async *ownTickets(actor: Actor): Rows {
    let last = 0;
    for (;;) {
      const tickets = await this.tickets.requestedBy(actor.id, last, BATCH);
      for (const ticket of tickets) yield await this.shown(actor, ticket);
      if (tickets.length < BATCH) return;
      last = tickets[tickets.length - 1].number;
    }
  }

  private async shown(actor: Actor, ticket: Ticket): Promise<Record<string, unknown>> {
    const reader = { audience: audienceOf(actor), files: 'plain' } as const;
    const messages: unknown[] = [];
    let after = 0;
    for (;;) {
      const page = await this.timeline.messages(ticket.number, reader, { after, limit: BATCH });
      messages.push(...page.messages);
      if (!page.hasMore) break;
      after = page.messages[page.messages.length - 1].seq;
    }
    const { attachments, ...fields } = await this.ticketRenderer.ticket(actor, ticket);
    // Signed links would open without a token, and this file is kept.
    const files = attachments.map(({ id, filename, mediaType, size }) => ({ id, filename, mediaType, size }));
    return { ...fields, attachments: files, messages };
  }

  /** What the person wrote in tickets of others that they may still read. */
  private async *wordsElsewhere(actor: Actor): Rows {
    let last = '';
    for (;;) {
      const written = await this.messages.writtenBy(actor.id, last, BATCH);
      const facts = await this.tickets.factsOf([...new Set(written.map(({ ticketNumber }) => ticketNumber))]);
      const elsewhere = written.filter(({ ticketNumber }) => {
        const ticket = facts.get(ticketNumber);
        return ticket && ticket.requesterId !== actor.id && mayRead(actor, ticket);
      });
      yield* await this.timelineRenderer.messages(elsewhere, audienceOf(actor), 'plain');
      if (written.length < BATCH) return;
      last = written[written.length - 1].clientMsgId;
    }
  }

  private async *ownDrafts(actor: Actor): Rows {
    for (const draft of await this.drafts.ofPerson(actor.id)) yield await this.drafts.render(draft, 'plain');
  }

  private async *ownViews(actor: Actor): Rows {
    for (const view of await this.views.list(actor)) if (view.owner.id === actor.id) yield view;
  }

  private async *ownReplies(actor: Actor): Rows {
    yield* await this.replies.own(actor);
  }

  private async *ownNotifications(actor: Actor): Rows {
    let cursor: string | undefined;
    do {
      const page = await this.notifications.list(actor, { limit: BATCH, cursor });
      yield* page.items;
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
  }
}
