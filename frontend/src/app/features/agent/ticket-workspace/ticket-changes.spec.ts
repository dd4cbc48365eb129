import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting, TestRequest } from '@angular/common/http/testing';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { NEVER, Subject } from 'rxjs';

import { Notices } from '../../../core/problems/notices';
import { Session } from '../../../core/session/session';
import { RealtimeConnection } from '../../../core/socket/realtime-connection';
import { ana, aTicket, ben } from '../../../domain/conversations/testing/builders';
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
        { provide: Session, useValue: { user: signal(ana), role: signal('agent') } },
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
    changes.setSubject('Better');
    const request = http.expectOne({ url: '/api/tickets/1001', method: 'PATCH' });
    expect(request.request.body).toEqual({ subject: 'Better' });
    request.flush(aTicket({ subject: 'Better', version: 2 }));
    expect(live.ticket()).toMatchObject({ subject: 'Better', version: 2 });
  });
});
