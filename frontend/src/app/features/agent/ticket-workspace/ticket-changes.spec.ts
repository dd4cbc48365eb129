import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting, TestRequest } from '@angular/common/http/testing';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { NEVER, Subject } from 'rxjs';

import { Ticket, TimelineEvent } from '../../../core/api/models';
import { Notices } from '../../../core/problems/notices';
import { Session } from '../../../core/session/session';
import { RealtimeConnection } from '../../../core/socket/realtime-connection';
import { ana, aTicket, ben } from '../../../domain/conversations/testing/builders';
import { Conflict, Conflicts, Picks } from '../../../domain/tickets/conflicts';
import { LiveTicket } from '../../../domain/tickets/live-ticket';
import { TicketChanges } from './ticket-changes';

describe('TicketChanges', () => {
  let changes: TicketChanges;
  let live: LiveTicket;
  let http: HttpTestingController;
  let notices: Notices;
  const pushes = new Subject<unknown>();

  beforeEach(() => {
    TestBed.configureTestingModule({
      providers: [
        provideHttpClient(),
        provideHttpClientTesting(),
        LiveTicket,
        TicketChanges,
        { provide: Session, useValue: { user: signal(ana), personId: signal('ana'), role: signal('agent') } },
        {
          provide: RealtimeConnection,
          useValue: { on: (event: string) => (event === 'ticket:changed' ? pushes : NEVER), connected: NEVER },
        },
      ],
    });
    changes = TestBed.inject(TicketChanges);
    live = TestBed.inject(LiveTicket);
    http = TestBed.inject(HttpTestingController);
    notices = TestBed.inject(Notices);
    live.open(1001);
    http.expectOne('/api/tickets/1001').flush(aTicket());
  });

  const refuse = (request: TestRequest, code: string, extras: object = {}): void =>
    request.flush({ code, detail: 'Refused.', ...extras }, { status: 409, statusText: 'Conflict' });

  it('shows a new status before the server has answered', () => {
    changes.setStatus('resolved');
    expect(live.ticket()?.status).toBe('resolved');
    http.expectOne({ url: '/api/tickets/1001/status', method: 'PUT' });
  });

  it('returns to what it was when the server refuses, and says so', () => {
    changes.setPriority('urgent');
    refuse(http.expectOne('/api/tickets/1001/priority'), 'conflict');
    expect(live.ticket()?.priority).toBe('medium');
    expect(notices.shown()[0]?.text).toContain('The priority was not changed');
  });

  it('moves an open ticket to in progress with the claim', () => {
    changes.claim();
    expect(live.ticket()).toMatchObject({ status: 'in_progress', assignee: { id: ana.id } });
  });

  it('names the winner when somebody else claimed first', () => {
    changes.claim();
    refuse(http.expectOne('/api/tickets/1001/claim'), 'already-claimed', { assignee: ben });
    expect(live.ticket()).toMatchObject({ status: 'open', assignee: ben });
    expect(notices.shown()[0]?.text).toBe('Ben Agent claimed this ticket just before you.');
  });

  it('takes back only its own change, not what others did meanwhile', () => {
    changes.setPriority('urgent');
    pushes.next({
      ticketId: 1001,
      summary: aTicket({ priority: 'urgent', subject: 'Renamed', updatedAt: '2026-03-02T12:00:00.000Z' }),
    });
    refuse(http.expectOne('/api/tickets/1001/priority'), 'conflict');
    expect(live.ticket()).toMatchObject({ priority: 'medium', subject: 'Renamed' });
  });

  it('takes over the version that the server answers', () => {
    changes.setSubject('Better', aTicket());
    const request = http.expectOne({ url: '/api/tickets/1001', method: 'PATCH' });
    expect(request.request.body).toEqual({ subject: 'Better' });
    request.flush(aTicket({ subject: 'Better', version: 2 }));
    expect(live.ticket()).toMatchObject({ subject: 'Better', version: 2 });
  });

  describe('when somebody else changed the ticket meanwhile', () => {
    const asked = jest.fn<Promise<Picks | null>, [Conflict]>();
    const change = (field: 'subject' | 'status' | 'priority', to: string): TimelineEvent =>
      ({
        id: field,
        ticketId: 1001,
        seq: 5,
        type: `${field}.changed`,
        at: '',
        actor: ben,
        data: { to },
      }) as TimelineEvent;

    beforeEach(() => {
      asked.mockReset();
      jest.spyOn(TestBed.inject(Conflicts), 'ask').mockImplementation(asked);
    });

    /** The server refuses the version, and tells how the ticket is now and what was done to it. */
    function stale(request: TestRequest, now: Partial<Ticket>, events: readonly TimelineEvent[] = []): void {
      request.flush({ code: 'stale', detail: 'Changed.', version: 2 }, { status: 412, statusText: 'No' });
      http.expectOne('/api/tickets/1001').flush(aTicket({ version: 2, ...now }));
      http.expectOne(({ url }) => url === '/api/tickets/1001/events').flush(events);
    }

    const versionOf = ({ request }: TestRequest): string | null => request.headers.get('If-Match');
    const settled = () => new Promise((resolve) => setTimeout(resolve));

    it('goes on when it was about something else', () => {
      changes.setPriority('urgent');
      const first = http.expectOne('/api/tickets/1001/priority');
      expect(versionOf(first)).toBe('"1"');
      stale(first, { subject: 'Renamed' });
      const second = http.expectOne('/api/tickets/1001/priority');
      expect(versionOf(second)).toBe('"2"');
      expect(live.ticket()).toMatchObject({ subject: 'Renamed', priority: 'urgent' });
    });

    it('asks for nothing more when both wanted the same', () => {
      changes.setPriority('urgent');
      stale(http.expectOne('/api/tickets/1001/priority'), { priority: 'urgent' });
      http.expectNone('/api/tickets/1001/priority');
      expect(notices.shown()).toEqual([]);
    });

    it('leaves the status of somebody else, names them, and offers the own one', () => {
      changes.setStatus('resolved');
      stale(http.expectOne('/api/tickets/1001/status'), { status: 'closed' }, [change('status', 'closed')]);
      expect(live.ticket()?.status).toBe('closed');
      const notice = notices.shown()[0];
      expect(notice?.text).toBe('Ben Agent changed the status to Closed just before you.');
      expect(notice?.action?.label).toBe('Make it Resolved');
    });

    it('shows both subjects and keeps theirs unless the own one is picked', async () => {
      asked.mockResolvedValue({ subject: 'theirs' });
      changes.setSubject('Mine', aTicket());
      stale(http.expectOne('/api/tickets/1001'), { subject: 'Theirs' }, [change('subject', 'Theirs')]);
      await settled();
      expect(asked).toHaveBeenCalledWith({
        by: 'Ben Agent',
        fields: [{ name: 'subject', words: 'Subject', theirs: 'Theirs', mine: 'Mine' }],
      });
      expect(live.ticket()?.subject).toBe('Theirs');
    });

    it('puts the own subject in its place once it was picked', async () => {
      asked.mockResolvedValue({ subject: 'mine' });
      changes.setSubject('Mine', aTicket());
      stale(http.expectOne('/api/tickets/1001'), { subject: 'Theirs' });
      await settled();
      const again = http.expectOne({ url: '/api/tickets/1001', method: 'PATCH' });
      expect(versionOf(again)).toBe('"2"');
      expect(again.request.body).toEqual({ subject: 'Mine' });
    });

    it('joins the tags of both', () => {
      changes.setTags(['mine', 'old'], aTicket({ tags: ['old', 'gone'] }));
      stale(http.expectOne('/api/tickets/1001'), { tags: ['old', 'gone', 'theirs'] });
      const again = http.expectOne({ url: '/api/tickets/1001', method: 'PATCH' });
      expect(again.request.body).toEqual({ tags: ['old', 'theirs', 'mine'] });
    });

    it('tells the refusal when it does not come through in the end', () => {
      changes.setPriority('urgent');
      for (let version = 2; version <= 4; version++)
        stale(http.expectOne('/api/tickets/1001/priority'), { subject: `Renamed ${version}`, version });
      refuse(http.expectOne('/api/tickets/1001/priority'), 'stale');
      expect(notices.shown()[0]?.text).toContain('The priority was not changed');
    });
  });
});
