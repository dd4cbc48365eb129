import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { ComponentFixture, TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';

import { aMe, aSummary, aUser, anAgent } from '../../../../testing/builders';
import { FakeConnection, signedInAs } from '../../../../testing/fakes';
import { TicketCounts, TicketSummary } from '../../../core/api/models';
import { MyTickets } from './my-tickets';

const counts = (change: Partial<TicketCounts['byStatus']> = {}): TicketCounts => {
  const byStatus = { open: 0, in_progress: 0, resolved: 0, closed: 0, ...change };
  const all = Object.values(byStatus).reduce<number>((sum, count) => sum + Number(count), 0);
  return { all, byStatus, unread: 0 };
};

describe('MyTickets', () => {
  let fixture: ComponentFixture<MyTickets>;
  let http: HttpTestingController;
  let connection: FakeConnection;
  let page: HTMLElement;

  beforeEach(() => {
    connection = new FakeConnection();
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        provideHttpClient(),
        provideHttpClientTesting(),
        connection.provide(),
        signedInAs(aMe()),
      ],
    });
    http = TestBed.inject(HttpTestingController);
    fixture = TestBed.createComponent(MyTickets);
    page = fixture.nativeElement as HTMLElement;
    fixture.detectChanges();
  });

  const answer = async (rows: TicketSummary[], numbers = counts({ open: rows.length })) => {
    http.expectOne('/api/tickets/counts').flush(numbers);
    http.expectOne(({ url }) => url === '/api/tickets').flush(rows);
    await fixture.whenStable();
    // What an empty list says is loaded when it is wanted.
    await new Promise((resolve) => setTimeout(resolve));
    await fixture.whenStable();
  };
  const text = () => page.textContent.replace(/\s+/g, ' ');

  it('says statuses in plain words, with those of staff for screen readers', async () => {
    await answer([aSummary({ status: 'in_progress' })]);
    expect(page.querySelector('app-status-chip')?.textContent).toContain('We are on it');
    expect(page.querySelector('app-status-chip .visually-hidden')?.textContent).toBe('We are on it (In progress)');
    expect(text()).not.toContain('in_progress');
  });

  it('marks a row with something unread by word, not only by colour', async () => {
    await answer([aSummary({ unread: 2 })]);
    expect(page.querySelector('app-ticket-card a')?.textContent).toContain('unread');
  });

  it('counts what waits for the customer and puts it first', async () => {
    await answer([aSummary()], { ...counts({ open: 2 }), turn: 1 });
    expect(page.querySelector('app-ticket-tabs button')?.textContent).toMatch(/Your turn\s*1/);
  });

  it('asks the server for what waits for the customer, and dims what was answered', async () => {
    const at = '2026-11-20T10:00:00.000Z';
    await answer([]);
    fixture.componentRef.setInput('tab', 'turn');
    fixture.detectChanges();
    const waiting = aSummary({ lastMessage: { author: anAgent(), excerpt: 'Could you…', at } });
    const request = http.expectOne(({ params }) => params.get('turn') === 'mine');
    request.flush([waiting]);
    await fixture.whenStable();
    expect(text()).toContain('Could you…');
    const lastMessage = { author: aUser(), excerpt: 'Yes', at: '2026-11-21T10:00:00.000Z' };
    connection.push('ticket:changed', {
      ticketId: 1001,
      summary: { ...waiting, lastMessage, updatedAt: lastMessage.at },
    });
    await fixture.whenStable();
    expect(page.querySelector('app-ticket-card.stale')).not.toBeNull();
  });

  it('shows somebody without any ticket what to expect', async () => {
    await answer([], counts());
    expect(text()).toContain('How can we help?');
    expect(text()).not.toContain('Solved and closed');
  });

  it('tells "all done" from "nothing yet"', async () => {
    await answer([], counts({ closed: 3 }));
    expect(text()).toContain('All done');
  });

  it('offers to try again when loading failed, with the request id', async () => {
    http.expectOne('/api/tickets/counts').flush(counts());
    http
      .expectOne(({ url }) => url === '/api/tickets')
      .flush({ code: 'unavailable', detail: 'Later, please.', requestId: 'r7' }, { status: 503, statusText: 'x' });
    await fixture.whenStable();
    expect(text()).toContain('Later, please.');
    expect(text()).toContain('Request r7');
    page.querySelector<HTMLButtonElement>('app-load-error button')?.click();
    http.expectOne(({ url }) => url === '/api/tickets').flush([aSummary()]);
    await fixture.whenStable();
    expect(text()).toContain('The printer jams');
  });

  it('stays usable when only the counts could not be loaded', async () => {
    http.expectOne('/api/tickets/counts').flush({ code: 'internal' }, { status: 500, statusText: 'x' });
    http.expectOne(({ url }) => url === '/api/tickets').flush([aSummary()]);
    await fixture.whenStable();
    expect(text()).toContain('The printer jams');
    expect(page.querySelectorAll('app-ticket-tabs button')).toHaveLength(3);
  });

  it('shows a change as it happens', async () => {
    await answer([aSummary()]);
    connection.push('ticket:changed', {
      ticketId: 1001,
      summary: aSummary({ status: 'resolved', updatedAt: '2026-11-21T10:00:00.000Z' }),
    });
    await fixture.whenStable();
    expect(page.querySelector('app-status-chip')?.textContent).toContain('Solved');
  });
});
