import { TestbedHarnessEnvironment } from '@angular/cdk/testing/testbed';
import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { signal } from '@angular/core';
import { DeferBlockBehavior, TestBed } from '@angular/core/testing';
import { MatButtonHarness } from '@angular/material/button/testing';
import { MatMenuHarness } from '@angular/material/menu/testing';
import { provideRouter, Router, withComponentInputBinding } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { NEVER, Subject } from 'rxjs';

import { SavedView, TicketSummary } from '../../../core/api/models';
import { KeyListener } from '../../../core/commands/key-listener';
import { Notices } from '../../../core/problems/notices';
import { Session } from '../../../core/session/session';
import { RealtimeConnection } from '../../../core/socket/realtime-connection';
import { ana, aTicket, ben } from '../../../domain/conversations/testing/builders';
import { TicketsPage } from './tickets-page';

describe('TicketsPage', () => {
  let page: RouterTestingHarness;
  let http: HttpTestingController;
  const pushes = new Subject<unknown>();
  let savedViews: SavedView[];

  beforeEach(() => {
    savedViews = [];
    TestBed.configureTestingModule({
      deferBlockBehavior: DeferBlockBehavior.Playthrough,
      providers: [
        provideHttpClient(),
        provideHttpClientTesting(),
        provideRouter([{ path: 'agent/tickets', component: TicketsPage }], withComponentInputBinding()),
        {
          provide: Session,
          useValue: { user: signal(ana), personId: signal('ana'), role: signal('agent'), isStaff: signal(true) },
        },
        {
          provide: RealtimeConnection,
          useValue: {
            on: (event: string) => (event === 'ticket:changed' ? pushes : NEVER),
            connected: NEVER,
            isLost: signal(false),
          },
        },
      ],
    });
    http = TestBed.inject(HttpTestingController);
    TestBed.inject(KeyListener).start();
  });

  async function open(address: string, rows: TicketSummary[]): Promise<void> {
    page = await RouterTestingHarness.create(address);
    await answerList(rows);
    http
      .match('/api/tickets/counts')
      .forEach((request) => request.flush({ all: 9, byStatus: {}, mine: 2, unassigned: 4, needsReply: 3, unread: 0 }));
    http.match('/api/categories').forEach((request) => request.flush([]));
    http.match('/api/agents').forEach((request) => request.flush([]));
    http.match('/api/views').forEach((request) => request.flush(savedViews));
    await settled();
    http.match('/api/views/counts').forEach((request) => request.flush(savedViews.map(({ id }) => ({ id, count: 7 }))));
    await settled();
  }

  /** Not `whenStable`: it would wait for every request that a test leaves unanswered. */
  async function settled(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve));
    page.fixture.detectChanges();
    await new Promise((resolve) => setTimeout(resolve));
  }

  /** It is loaded, and waits for a pause in the typing. */
  async function lazyPart(): Promise<void> {
    await settled();
    await new Promise((resolve) => setTimeout(resolve, 700));
    await settled();
  }

  const listRequests = () => http.match(({ url }) => url === '/api/tickets');

  async function answerList(rows: TicketSummary[]): Promise<string> {
    const request = listRequests().at(-1);
    request?.flush(rows);
    await settled();
    return request?.request.params.toString() ?? '';
  }

  const element = (): HTMLElement => page.routeNativeElement as HTMLElement;
  const text = (): string => element().textContent?.replace(/\s+/g, ' ') ?? '';
  const rows = (): HTMLElement[] => [...element().querySelectorAll<HTMLElement>('app-ticket-row')];
  const press = (key: string): boolean =>
    (document.activeElement ?? document.body).dispatchEvent(
      new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
    );

  it('shows each ticket with customer, last line, status and unread mark', async () => {
    await open('/agent/tickets', [
      aTicket({
        unread: 2,
        lastMessage: { author: ben, excerpt: 'I **look** into it', at: '2026-03-02T09:00:00.000Z' },
      }),
    ]);
    for (const part of [
      'Printer on floor 2',
      '#1001',
      'Cora Customer',
      'I look into it',
      'Open',
      'Medium',
      '2 unread',
    ]) {
      expect(text()).toContain(part);
    }
  });

  it('shows how many tickets stand in each list', async () => {
    await open('/agent/tickets', []);
    expect(element().querySelector('nav')?.textContent?.replace(/\s+/g, ' ')).toContain(
      'Mine 2 Queue 4 Needs reply 3 Unread All 9',
    );
  });

  it('says that nobody is waiting, and otherwise that nothing matches', async () => {
    await open('/agent/tickets?view=queue', []);
    expect(text()).toContain('Nobody is waiting.');
    await page.navigateByUrl('/agent/tickets?view=queue&priority=urgent');
    await answerList([]);
    await lazyPart();
    expect(text()).toContain('Nothing matches.');
  });

  it('says which filter or word to drop when nothing matches', async () => {
    await open('/agent/tickets?view=all&priority=urgent&tag=vpn&q=printer', []);
    await lazyPart();
    const tried = listRequests();
    expect(tried).toHaveLength(3);
    tried.forEach((each) => each.flush(each.request.params.has('tag') ? [] : [aTicket()]));
    await settled();
    const drop = [...element().querySelectorAll<HTMLElement>('app-no-match .parts button')];
    expect(drop.map(({ textContent }) => textContent?.trim())).toEqual(['Drop Tag: vpn']);
    drop[0]?.click();
    await settled();
    expect(listRequests().at(-1)?.request.params.toString()).toBe('priority=urgent&q=printer&limit=25');
  });

  it('leads from a name that is searched for to all tickets of that customer', async () => {
    await open('/agent/tickets?view=queue&q=priya', []);
    await settled();
    const request = http.expectOne(({ url }) => url === '/api/users');
    expect(request.request.params.toString()).toBe('role=customer&limit=3&q=priya');
    request.flush([{ id: 'c1', name: 'Priya Raman', email: 'priya@example.com' }]);
    await settled();
    const link = element().querySelector<HTMLAnchorElement>('nav[aria-label="Customers found"] a');
    expect(link?.textContent).toContain('Priya Raman');
    expect(link?.getAttribute('href')).toBe('/agent/tickets?view=all&requester=c1');
  });

  it('asks for no people when an operator or a number is searched for', async () => {
    await open('/agent/tickets?view=all&q=status:open', []);
    await settled();
    await page.navigateByUrl('/agent/tickets?view=all&q=%231042');
    await settled();
    http.expectNone(({ url }) => url === '/api/users');
  });

  it('asks for what the address names', async () => {
    page = await RouterTestingHarness.create('/agent/tickets?view=mine&sort=-priority&status=resolved');
    const asked = new URLSearchParams(await answerList([]));
    expect(Object.fromEntries(asked)).toMatchObject({ assignee: 'me', status: 'resolved', sort: '-priority' });
  });

  it('writes a chosen filter into the address', async () => {
    await open('/agent/tickets', []);
    const loader = TestbedHarnessEnvironment.documentRootLoader(page.fixture);
    const menu = await loader.getHarness(MatMenuHarness.with({ triggerText: 'Priority' }));
    await menu.open();
    await menu.clickItem({ text: 'Urgent' });
    await settled();
    expect(TestBed.inject(Router).url).toBe('/agent/tickets?priority=urgent');
  });

  describe('with a saved view', () => {
    const view: SavedView = {
      id: '019c9f47-2222-7333-8444-555566667777',
      name: 'Urgent and open',
      filter: { priority: ['urgent'], status: ['open'] },
      sort: 'createdAt',
      shared: false,
      owner: ana,
      createdAt: '2026-03-02T09:00:00.000Z',
      updatedAt: '2026-03-02T09:00:00.000Z',
    };
    const address = `/agent/tickets?view=${view.id}`;
    const pressButton = async (words: string): Promise<void> => {
      [...element().querySelectorAll('button')].find((button) => button.textContent?.trim() === words)?.click();
      await settled();
    };

    it('asks for nothing before it knows what the view means', async () => {
      page = await RouterTestingHarness.create(address);
      expect(listRequests()).toHaveLength(0);
      http.expectOne('/api/views').flush([view]);
      await settled();
      const asked = new URLSearchParams(await answerList([]));
      expect(Object.fromEntries(asked)).toMatchObject({ priority: 'urgent', status: 'open', sort: 'createdAt' });
    });

    it('says its name and how many tickets are in it', async () => {
      savedViews = [view];
      await open(address, []);
      await answerList([]);
      expect(element().querySelector('app-view-bar')?.textContent).toContain('Urgent and open');
      expect(element().querySelector('app-view-bar')?.textContent).toContain('7');
    });

    it('offers to save what was changed about it', async () => {
      savedViews = [view];
      await open(`${address}&priority=low`, []);
      await pressButton('Save');
      const request = http.expectOne({ url: `/api/views/${view.id}`, method: 'PATCH' });
      expect(request.request.body).toEqual({ filter: { priority: ['low'], status: ['open'] }, sort: 'createdAt' });
      request.flush({ ...view, filter: request.request.body.filter });
      await settled();
      expect(TestBed.inject(Router).url).toBe(address);
      expect(text()).not.toContain('Save as');
    });

    it('offers a view of somebody else only under another name', async () => {
      savedViews = [{ ...view, owner: ben, shared: true }];
      await open(`${address}&priority=low`, []);
      expect(text()).toContain('by Ben Agent');
      const words = [...element().querySelectorAll('app-view-bar button')].map((button) => button.textContent?.trim());
      expect(words).toContain('Save as…');
      expect(words).not.toContain('Save');
    });

    it('says that it is gone instead of showing another list', async () => {
      await open(address, []);
      expect(text()).toContain('This view is not here any more.');
      expect(listRequests()).toHaveLength(0);
    });
  });

  it('claims from the row', async () => {
    await open('/agent/tickets', [aTicket()]);
    const loader = TestbedHarnessEnvironment.loader(page.fixture);
    await (await loader.getHarness(MatButtonHarness.with({ text: 'Claim' }))).click();
    http
      .expectOne({ url: '/api/tickets/1001/claim', method: 'POST' })
      .flush(aTicket({ assignee: ana, status: 'in_progress' }));
    await settled();
    expect(TestBed.inject(Notices).shown()[0]?.text).toBe('#1001 is yours now.');
    expect(text()).toContain('Ana Agent');
  });

  it('shows who was faster when the claim is lost', async () => {
    await open('/agent/tickets', [aTicket()]);
    const loader = TestbedHarnessEnvironment.loader(page.fixture);
    await (await loader.getHarness(MatButtonHarness.with({ text: 'Claim' }))).click();
    http
      .expectOne('/api/tickets/1001/claim')
      .flush({ code: 'already-claimed', detail: 'Taken.', assignee: ben }, { status: 409, statusText: 'Conflict' });
    await settled();
    expect(TestBed.inject(Notices).shown().at(-1)?.text).toBe('Ben Agent claimed #1001 just before you.');
    expect(rows()[0]?.classList).toContain('stale');
  });

  it('dims a ticket that was claimed elsewhere instead of moving the rows', async () => {
    await open('/agent/tickets', [aTicket(), aTicket({ id: 1002 })]);
    pushes.next({ summary: aTicket({ assignee: ben }) });
    await settled();
    expect(rows().map((row) => row.classList.contains('stale'))).toEqual([true, false]);
  });

  it('moves with j and k and claims with i', async () => {
    await open('/agent/tickets', [aTicket(), aTicket({ id: 1002 })]);
    press('j');
    press('j');
    expect(rows()[1]?.contains(document.activeElement)).toBe(true);
    press('k');
    expect(rows()[0]?.contains(document.activeElement)).toBe(true);
    press('i');
    http.expectOne('/api/tickets/1001/claim');
  });

  describe('with several tickets', () => {
    const three = [aTicket(), aTicket({ id: 1002 }), aTicket({ id: 1003 })];
    const ticked = (): boolean[] =>
      [...element().querySelectorAll<HTMLInputElement>('app-ticket-row input[type=checkbox]')].map(
        ({ checked }) => checked,
      );
    const bar = (): string => element().querySelector('app-bulk-bar')?.textContent?.replace(/\s+/g, ' ') ?? '';

    it('ticks with x, extends with Shift and arrows, and clears with Escape', async () => {
      await open('/agent/tickets', three);
      press('j');
      press('x');
      await settled();
      expect(ticked()).toEqual([true, false, false]);
      document.activeElement?.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'ArrowDown', shiftKey: true, bubbles: true, cancelable: true }),
      );
      await settled();
      expect(ticked()).toEqual([true, true, false]);
      press('Escape');
      await settled();
      expect(ticked()).toEqual([false, false, false]);
    });

    it('ticks a range with Shift and click', async () => {
      await open('/agent/tickets', three);
      const boxes = element().querySelectorAll<HTMLInputElement>('app-ticket-row input[type=checkbox]');
      boxes[0]?.click();
      boxes[2]?.dispatchEvent(new MouseEvent('click', { shiftKey: true, bubbles: true, cancelable: true }));
      await settled();
      expect(ticked()).toEqual([true, true, true]);
    });

    it('resolves all that are selected with e, says which were not, and takes it back with z', async () => {
      await open('/agent/tickets', three);
      press('j');
      document.activeElement?.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'a', ctrlKey: true, bubbles: true, cancelable: true }),
      );
      await settled();
      await settled();
      expect(bar()).toContain('3 selected');
      press('e');
      const change = http.expectOne('/api/tickets/bulk');
      expect(change.request.body).toEqual({ ids: [1001, 1002, 1003], action: { status: 'resolved' } });
      change.flush({
        results: [
          { ticketId: 1001, ok: true, version: 2, before: { status: 'open' } },
          { ticketId: 1002, ok: true, version: 2, before: { status: 'open' } },
          { ticketId: 1003, ok: false, code: 'invalid-transition', detail: 'The ticket is closed.' },
        ],
      });
      await settled();
      expect(bar()).toContain('2 tickets changed. 1 was not:');
      expect(bar()).toContain('#1003 The ticket is closed.');
      press('z');
      expect(http.expectOne('/api/tickets/bulk').request.body.undo).toHaveLength(2);
    });
  });

  it('leaves letters alone while one is typing', async () => {
    await open('/agent/tickets', [aTicket()]);
    element().querySelector<HTMLInputElement>('input[type=search]')?.focus();
    press('j');
    expect(document.activeElement?.tagName).toBe('INPUT');
  });
});
