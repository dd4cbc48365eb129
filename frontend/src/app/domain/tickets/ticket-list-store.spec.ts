import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';

import { aMe, aSummary, aUser, anAgent } from '../../../testing/builders';
import { FakeConnection, signedInAs } from '../../../testing/fakes';
import { Me, TicketSummary } from '../../core/api/models';
import { TicketListStore } from './ticket-list-store';

describe('TicketListStore', () => {
  let connection: FakeConnection;
  let http: HttpTestingController;
  let store: TicketListStore;

  const start = (me: Me = aMe()) => {
    connection = new FakeConnection();
    TestBed.configureTestingModule({
      providers: [
        TicketListStore,
        connection.provide(),
        signedInAs(me),
        provideHttpClient(),
        provideHttpClientTesting(),
      ],
    });
    http = TestBed.inject(HttpTestingController);
    store = TestBed.inject(TicketListStore);
  };
  const listRequest = () => http.expectOne(({ params }) => !params.has('unread'));
  const answer = (rows: TicketSummary[], link?: string) =>
    listRequest().flush(rows, { headers: link ? { Link: link } : {} });
  const ids = () => store.rows().map(({ ticket }) => ticket.id);
  const changed = (summary: TicketSummary) => {
    connection.push('ticket:changed', { ticketId: summary.id, summary: { ...summary, unread: undefined } });
  };

  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('asks for what the filters say, joined by commas', () => {
    start();
    store.show({ status: ['open', 'in_progress'], sort: '-updatedAt', assignee: undefined, tag: [] });
    const { params } = listRequest().request;
    expect(params.toString()).toBe('status=open,in_progress&sort=-updatedAt&limit=25');
  });

  it('loads the next page by the cursor of the Link header', () => {
    start();
    store.show({});
    answer([aSummary({ id: 1002 })], '<http://localhost/api/tickets?limit=25&cursor=abc>; rel="next"');
    expect(store.hasMore()).toBe(true);
    store.loadMore();
    const more = listRequest();
    expect(more.request.params.get('cursor')).toBe('abc');
    more.flush([aSummary({ id: 1001 })]);
    expect(ids()).toEqual([1002, 1001]);
    expect(store.hasMore()).toBe(false);
  });

  describe('scrolled far down', () => {
    const page = (from: number, count: number) =>
      Array.from({ length: count }, (_unused, index) => aSummary({ id: from - index }));
    const next = (cursor: string) => `<http://localhost/api/tickets?cursor=${cursor}>; rel="next"`;
    const loaded = (count: number): void => {
      store.show({});
      answer(page(9_999, 25), next('c0'));
      for (let at = 25; at < count; at += 100) {
        store.loadMore();
        answer(page(9_999 - at, 100), next(`c${at}`));
      }
    };

    it('loads again all that is shown, page by page, and shows it at once', () => {
      start();
      loaded(125);
      store.refresh();
      answer(page(10_000, 100), next('second'));
      expect(ids()[0]).toBe(9_999);
      const second = listRequest();
      expect(second.request.params.get('cursor')).toBe('second');
      second.flush(page(9_900, 100), { headers: { Link: next('third') } });
      expect([ids()[0], ids().length]).toEqual([10_000, 200]);
      store.loadMore();
      expect(listRequest().request.params.get('cursor')).toBe('third');
    });

    it('loads the first thousand again, and keeps the rows below', () => {
      start();
      loaded(1_225);
      store.refresh();
      for (let at = 0; at < 1_000; at += 100) answer(page(10_001 - at, 100), next(`again${at}`));
      expect(ids()).toEqual(page(10_001, 1_227).map(({ id }) => id));
      store.loadMore();
      expect(listRequest().request.params.get('cursor')).toBe('c1125');
    });
  });

  it('keeps the former rows until a search with other words is answered', () => {
    start();
    store.show({ q: 'pri' });
    answer([aSummary({ id: 1001 })]);
    store.show({ q: 'print' }, { keepsRows: true });
    expect([ids(), store.hasLoaded()]).toEqual([[1001], true]);
    answer([aSummary({ id: 1002 })]);
    expect(ids()).toEqual([1002]);
  });

  it('never shows the answer to words that were typed before', () => {
    start();
    store.show({ q: 'pri' });
    const first = listRequest();
    store.show({ q: 'print' }, { keepsRows: true });
    expect(first.cancelled).toBe(true);
    answer([aSummary({ id: 1002 })]);
    expect(ids()).toEqual([1002]);
  });

  it('applies a change in place, without moving the row', () => {
    start();
    store.show({});
    answer([aSummary({ id: 1002 }), aSummary({ id: 1001 })]);
    changed(aSummary({ id: 1001, subject: 'New words', updatedAt: '2026-11-21T10:00:00.000Z' }));
    expect(store.rows().map(({ ticket }) => ticket.subject)).toEqual(['The printer jams', 'New words']);
  });

  it('keeps the rows still while the hand is on them and says how many are new', () => {
    start();
    store.show({});
    answer([aSummary({ id: 1001 })]);
    store.setHandOn(true);
    changed(aSummary({ id: 1002 }));
    changed(aSummary({ id: 1003 }));
    jest.advanceTimersByTime(5_000);
    http.expectNone(() => true);
    expect(ids()).toEqual([1001]);
    expect(store.newCount()).toBe(2);
    store.refresh();
    answer([aSummary({ id: 1003 }), aSummary({ id: 1002 }), aSummary({ id: 1001 })]);
    expect(ids()).toEqual([1003, 1002, 1001]);
    expect(store.newCount()).toBe(0);
  });

  it('takes arrivals in at once when no hand is on the list', () => {
    start();
    store.show({});
    answer([aSummary({ id: 1001 })]);
    changed(aSummary({ id: 1002 }));
    jest.advanceTimersByTime(500);
    answer([aSummary({ id: 1002 }), aSummary({ id: 1001 })]);
    expect(ids()).toEqual([1002, 1001]);
  });

  it('lets a claimed ticket leave the queue', () => {
    start(aMe({ id: 'ana', role: 'agent' }));
    store.show({ assignee: 'none' });
    answer([aSummary({ id: 1001 })]);
    changed(aSummary({ id: 1001, assignee: anAgent({ id: 'ben' }) }));
    expect(store.rows()[0]?.isStale).toBe(true);
    jest.advanceTimersByTime(500);
    answer([]);
    expect(ids()).toEqual([]);
  });

  it('keeps what no longer matches, dimmed, where the page wishes it', () => {
    start();
    store.show({ status: ['open'] }, { keepsDepartures: true });
    answer([aSummary({ id: 1001 })]);
    changed(aSummary({ id: 1001, status: 'resolved' }));
    jest.advanceTimersByTime(5_000);
    expect(store.rows()).toMatchObject([{ isStale: true, ticket: { status: 'resolved' } }]);
  });

  it('ignores tickets that do not belong into the list', () => {
    start(aMe({ id: 'ana', role: 'agent' }));
    store.show({ assignee: 'me' });
    answer([]);
    changed(aSummary({ id: 1001, assignee: anAgent({ id: 'ben' }) }));
    expect(store.newCount()).toBe(0);
  });

  it('marks a row unread at once when somebody else wrote, and takes the true count from the server', () => {
    start();
    store.show({});
    answer([aSummary({ id: 1001 })]);
    const at = '2026-11-21T10:00:00.000Z';
    changed(aSummary({ id: 1001, lastMessage: { author: anAgent(), excerpt: 'Hello', at } }));
    expect(store.rows()[0]?.ticket.unread).toBe(1);
    jest.advanceTimersByTime(500);
    http.expectOne(({ params }) => params.has('unread')).flush([aSummary({ id: 1001, unread: 3 })]);
    expect(store.rows()[0]?.ticket.unread).toBe(3);
  });

  it('does not mark a row unread for words of its own reader', () => {
    start();
    store.show({});
    answer([aSummary({ id: 1001 })]);
    const at = '2026-11-21T10:00:00.000Z';
    changed(aSummary({ id: 1001, lastMessage: { author: aUser(), excerpt: 'Mine', at } }));
    expect(store.rows()[0]?.ticket.unread).toBe(0);
  });

  it('clears the dot when it was read on another device', () => {
    start();
    store.show({});
    answer([aSummary({ id: 1001, unread: 2 })]);
    connection.push('unread', { tickets: 0, notifications: 0 });
    jest.advanceTimersByTime(500);
    http.expectOne(({ params }) => params.has('unread')).flush([]);
    expect(store.rows()[0]?.ticket.unread).toBe(0);
  });

  it('lets what was read leave a list of unread tickets, and takes in what became unread', () => {
    start(aMe({ id: 'ana', role: 'agent' }));
    store.show({ unread: true, priority: ['high'] });
    const unreadRequest = () => http.expectOne(({ params }) => params.has('unread'));
    unreadRequest().flush([aSummary({ id: 1001, unread: 2 })]);
    connection.push('unread', { tickets: 1, notifications: 0 });
    jest.advanceTimersByTime(300);
    const asked = unreadRequest();
    expect(asked.request.params.toString()).toBe('unread=true&priority=high&limit=100');
    asked.flush([aSummary({ id: 1002, unread: 1 })]);
    expect(store.rows()).toMatchObject([{ isStale: true, ticket: { id: 1001, unread: 0 } }]);
    expect(store.newCount()).toBe(1);
    jest.advanceTimersByTime(300);
    unreadRequest().flush([aSummary({ id: 1002, unread: 1 })]);
    expect(ids()).toEqual([1002]);
  });

  it('lets an answered ticket leave the list of those that need a reply', () => {
    start(aMe({ id: 'ana', role: 'agent' }));
    store.show({ needsReply: true });
    answer([aSummary({ id: 1001, needsReply: true })]);
    changed(aSummary({ id: 1001, needsReply: false }));
    expect(store.rows()[0]?.isStale).toBe(true);
  });

  it('keeps what it shows when loading again fails', () => {
    start();
    store.show({});
    answer([aSummary({ id: 1001 })]);
    store.refresh();
    listRequest().flush({ code: 'unavailable', detail: 'Later.' }, { status: 503, statusText: 'No' });
    expect(ids()).toEqual([1001]);
    expect(store.error()?.code).toBe('unavailable');
  });

  it('loads again after the connection was away, and asks now and then while it is', () => {
    start();
    store.show({});
    answer([aSummary({ id: 1001 })]);
    connection.connects.next();
    answer([aSummary({ id: 1001 })]);
    connection.isLost.set(true);
    TestBed.tick();
    jest.advanceTimersByTime(15_000);
    answer([aSummary({ id: 1001 })]);
  });
});
