import { ana, aStatusEvent, aTicket } from '../../../domain/conversations/testing/builders';
import { afterEvent, afterPush } from './ticket-patch';

const at = (minute: number): string => `2026-03-02T10:${String(minute).padStart(2, '0')}:00.000Z`;

describe('the open ticket', () => {
  it('takes over what an event says', () => {
    const ticket = afterEvent(aTicket({ updatedAt: at(1) }), aStatusEvent(2, { at: at(2) }));
    expect(ticket).toMatchObject({ status: 'in_progress', updatedAt: at(2) });
  });

  it('is not thrown back by history', () => {
    const ticket = aTicket({ status: 'closed', updatedAt: at(5) });
    expect(afterEvent(ticket, aStatusEvent(2, { at: at(2) }))).toBe(ticket);
  });

  it('ignores events of another ticket', () => {
    const ticket = aTicket({ updatedAt: at(1) });
    expect(afterEvent(ticket, aStatusEvent(2, { at: at(2), ticketId: 2002 }))).toBe(ticket);
  });

  it('keeps its description, files and unread mark under a push', () => {
    const ticket = aTicket({ unread: 3, updatedAt: at(1) });
    const { description, attachments, unread, ...summary } = aTicket({ assignee: ana, updatedAt: at(2) });
    const after = afterPush(ticket, summary);
    expect(after).toMatchObject({ assignee: ana, description, attachments, unread: 3 });
    expect(unread).toBe(0);
  });

  it('ignores a push that is older than itself', () => {
    const ticket = aTicket({ updatedAt: at(5) });
    expect(afterPush(ticket, aTicket({ status: 'closed', updatedAt: at(2) }))).toBe(ticket);
  });
});
