import { Injectable } from '@nestjs/common';
import type { Actor } from '../access';
import { ReadMarksService } from '../conversations';
import { UnitOfWork } from '../database';
import { PeopleLoader, type UserRefDto } from '../users';
import { TicketListQueries } from './ticket-list.query';
import { assertCan } from './ticket.policy';
import { TicketsService } from './tickets.service';

/** Staff who want to hear of a ticket that they neither hold nor have written in. */
@Injectable()
export class FollowersService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tickets: TicketsService,
    private readonly lists: TicketListQueries,
    private readonly readMarks: ReadMarksService,
    private readonly people: PeopleLoader,
  ) {}

  async list(actor: Actor, ticketId: number): Promise<UserRefDto[]> {
    assertCan(actor, 'follow', await this.tickets.assertMayFollow(actor, ticketId));
    const ids = await this.lists.followers(ticketId);
    const people = await this.people.load(ids);
    return ids.map((id) => people.get(id));
  }

  /** Following twice is following. */
  async set(actor: Actor, ticketId: number, follows: boolean): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const { ticket } = await this.tickets.lock(tx, actor, ticketId);
      assertCan(actor, 'follow', ticket);
      await this.readMarks.tie(tx, ticketId, actor, 'follows', follows);
    });
  }
}
