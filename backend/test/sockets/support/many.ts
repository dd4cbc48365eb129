import { ConversationsService } from '../../../src/conversations';
import { UnitOfWork } from '../../../src/database';
import { Ticket } from '../../../src/tickets';
import type { Api } from '../../support/api-client';

/** So many tickets like this one, made in one go. */
export function manyTickets(api: Api, ticketId: number, count: number): Promise<number[]> {
  return api.part(UnitOfWork).run(async (tx) => {
    const ticket = await tx.manager.findOneByOrFail(Ticket, { number: ticketId });
    const numbers: number[] = [];
    for (let made = 0; made < count; made += 1) {
      const { identifiers } = await tx.manager.insert(Ticket, { ...ticket, number: undefined });
      numbers.push(Number(identifiers[0].number));
      await api.part(ConversationsService).open(tx, numbers[made], {
        type: 'ticket.created',
        actorId: ticket.requesterId,
      });
    }
    return numbers;
  });
}

/** Adds events to a ticket until its head for staff is `head`. */
export function longTimeline(api: Api, ticketId: number, actorId: string, head: number): Promise<void> {
  return api.part(UnitOfWork).run(async (tx) => {
    const conversations = api.part(ConversationsService);
    const conversation = await conversations.lock(tx, ticketId);
    while (conversation && conversation.staffSeq < head)
      await conversations.append(tx, conversation, { type: 'description.changed', actorId, isPublic: true });
  });
}
