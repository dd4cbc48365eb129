import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';

import { aMe, aSummary, aTicket, aUser, anAgent } from '../../../testing/builders';
import { FakeConnection, signedInAs } from '../../../testing/fakes';
import { TimelineEvent } from '../../core/api/models';
import { LiveTicket } from './live-ticket';
import { TicketsAhead } from './tickets-ahead';

const LATER = '2026-11-21T12:00:00.000Z';
const EARLIER = '2026-11-19T12:00:00.000Z';

const statusEvent = (at: string): TimelineEvent => ({
  id: 'e1',
  ticketId: 1001,
  seq: 2,
  type: 'status.changed',
  at,
  actor: anAgent(),
  data: { from: 'open', to: 'closed' },
});

describe('LiveTicket', () => {
  let live: LiveTicket;
  let http: HttpTestingController;
  let connection: FakeConnection;

  beforeEach(() => {
    connection = new FakeConnection();
    TestBed.configureTestingModule({
      providers: [LiveTicket, connection.provide(), signedInAs(aMe()), provideHttpClient(), provideHttpClientTesting()],
    });
    live = TestBed.inject(LiveTicket);
    http = TestBed.inject(HttpTestingController);
    live.open(1001);
  });

  const loaded = () => http.expectOne('/api/tickets/1001').flush(aTicket());

  it('shows at once what was fetched ahead, and then what is true now', () => {
    loaded();
    TestBed.inject(TicketsAhead).fetch([1002]);
    http.expectOne('/api/tickets/1002').flush(aTicket({ id: 1002, subject: 'A moment ago' }));
    live.open(1002);
    expect(live.ticket()?.subject).toBe('A moment ago');
    http.expectOne('/api/tickets/1002').flush(aTicket({ id: 1002, subject: 'Now' }));
    expect(live.ticket()?.subject).toBe('Now');
  });

  it('takes over what is pushed about its ticket, and only that', () => {
    loaded();
    connection.push('ticket:changed', { ticketId: 1002, summary: aSummary({ id: 1002, subject: 'Another' }) });
    expect(live.ticket()?.subject).toBe('The printer jams');
    connection.push('ticket:changed', { ticketId: 1001, summary: aSummary({ subject: 'Changed', updatedAt: LATER }) });
    expect(live.ticket()).toMatchObject({ subject: 'Changed', description: 'On every page.' });
  });

  it('does not go back to a push that was overtaken', () => {
    loaded();
    connection.push('ticket:changed', { ticketId: 1001, summary: aSummary({ subject: 'Old', updatedAt: EARLIER }) });
    expect(live.ticket()?.subject).toBe('The printer jams');
  });

  it('applies an event at once, but no history', () => {
    loaded();
    live.applyEvent(statusEvent(EARLIER));
    expect(live.ticket()?.status).toBe('open');
    live.applyEvent(statusEvent(LATER));
    expect(live.ticket()?.status).toBe('closed');
  });

  it('is gone once it was deleted', () => {
    loaded();
    connection.push('ticket:removed', { ticketId: 1001 });
    expect(live.isGone()).toBe(true);
  });

  it.each([403, 404])('is gone for whom the server answers %i', (status) => {
    http.expectOne('/api/tickets/1001').flush({ code: 'x' }, { status, statusText: 'x' });
    expect(live.isGone()).toBe(true);
  });

  it('is not gone because the server is busy', () => {
    http.expectOne('/api/tickets/1001').flush({ code: 'unavailable' }, { status: 503, statusText: 'x' });
    expect(live.isGone()).toBe(false);
    expect(live.error()?.status).toBe(503);
  });

  it('gathers the files of the ticket and of its messages, without removed ones', () => {
    const attachment = {
      id: 'f1',
      filename: 'a.png',
      mediaType: 'image/png' as const,
      size: 1,
      url: '/api/attachments/f1',
    };
    http.expectOne('/api/tickets/1001').flush(aTicket({ attachments: [{ ...attachment, id: 'f0' }] }));
    const message = {
      id: 'm1',
      ticketId: 1001,
      seq: 3,
      kind: 'chat' as const,
      body: 'Look',
      clientMsgId: 'c1',
      author: aUser(),
      attachments: [attachment],
      createdAt: EARLIER,
      editedAt: null,
      removedAt: null,
    };
    const created = { id: 'e2', ticketId: 1001, seq: 3, at: EARLIER, actor: aUser(), data: { message } };
    live.applyEvent({ ...created, type: 'message.created' });
    expect(live.files().map(({ id }) => id)).toEqual(['f0', 'f1']);
    const removed = { ...message, body: undefined, attachments: undefined };
    live.applyEvent({
      ...created,
      seq: 4,
      type: 'message.removed',
      data: { message: { ...removed, removedAt: LATER } },
    });
    expect(live.files().map(({ id }) => id)).toEqual(['f0']);
  });
});
