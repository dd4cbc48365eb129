import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';

import { aMe, aNewNotification, aNotification } from '../../../testing/builders';
import { FakeConnection, signedInAs } from '../../../testing/fakes';
import { UserNotification } from '../../core/api/models';
import { NotificationsStore, groupByTicket } from './notifications-store';

const READ = '2026-11-20T11:00:00.000Z';

describe('groupByTicket', () => {
  it('puts all about one ticket together and unread groups first', () => {
    const groups = groupByTicket([
      aNotification({ id: 'n3', ticketId: 1003, readAt: READ }),
      aNotification({ id: 'n2', ticketId: 1001 }),
      aNotification({ id: 'n1', ticketId: 1001, readAt: READ }),
    ]);
    expect(groups.map(({ ticketId, unread, earlier }) => [ticketId, unread, earlier.length])).toEqual([
      [1001, 1, 1],
      [1003, 0, 0],
    ]);
  });
});

describe('NotificationsStore', () => {
  let store: NotificationsStore;
  let http: HttpTestingController;
  let connection: FakeConnection;

  beforeEach(() => {
    connection = new FakeConnection();
    TestBed.configureTestingModule({
      providers: [connection.provide(), signedInAs(aMe()), provideHttpClient(), provideHttpClientTesting()],
    });
    store = TestBed.inject(NotificationsStore);
    http = TestBed.inject(HttpTestingController);
    TestBed.tick();
  });

  const answer = (notifications: UserNotification[]) =>
    http.expectOne(({ url }) => url === '/api/notifications').flush(notifications);

  it('counts what is unread', () => {
    answer([aNotification({ id: 'n1' }), aNotification({ id: 'n2', readAt: READ })]);
    expect(store.unread()).toBe(1);
  });

  it('shows a new one at once, and no one twice', () => {
    answer([]);
    connection.push('notification', aNewNotification({ id: 'n9' }));
    connection.push('notification', aNewNotification({ id: 'n9' }));
    expect(store.groups()).toHaveLength(1);
    expect(store.unread()).toBe(1);
  });

  it('takes the count of the server and looks again when another device has read', () => {
    answer([aNotification({ id: 'n1' })]);
    connection.push('unread', { tickets: 0, notifications: 0 });
    expect(store.unread()).toBe(0);
    answer([aNotification({ id: 'n1', readAt: READ })]);
    expect(store.groups()[0]?.unread).toBe(0);
  });

  it('marks all about a ticket as read when it is opened', () => {
    answer([
      aNotification({ id: 'n1', ticketId: 1001 }),
      aNotification({ id: 'n2', ticketId: 1001 }),
      aNotification({ id: 'n3', ticketId: 1002 }),
    ]);
    store.markTicketRead(1001);
    expect(store.unread()).toBe(1);
    http.expectOne('/api/notifications/tickets/1001/read').flush(null);
    http.verify();
  });

  it('marks also what is not loaded, once for the ticket that is open', () => {
    http
      .expectOne(({ url }) => url === '/api/notifications')
      .flush([aNotification({ id: 'n1', readAt: READ })], {
        headers: { Link: '</api/notifications?cursor=x>; rel="next"' },
      });
    connection.push('unread', { tickets: 0, notifications: 2 });
    http.match(({ url }) => url === '/api/notifications');
    store.markTicketRead(1001);
    store.markTicketRead(1001);
    http.expectOne('/api/notifications/tickets/1001/read').flush(null);
  });

  it('finds those of one kind among all that there are, and shows each once', () => {
    answer([aNotification({ id: 'n5', ticketId: 1005 })]);
    const cursors: (string | null)[] = [];
    store.find('mentions', null, (next) => cursors.push(next));
    http
      .expectOne(({ url, params }) => url === '/api/notifications' && params.get('filter') === 'mentions')
      .flush([
        aNotification({ id: 'n5', ticketId: 1005 }),
        aNotification({ id: 'n2', ticketId: 1002, type: 'mention' }),
      ]);
    expect(store.groups().map(({ ticketId }) => ticketId)).toEqual([1005, 1002]);
    expect(cursors).toEqual([null]);
  });

  it('looks again when marking was refused', () => {
    answer([aNotification({ id: 'n1' })]);
    store.markAllRead();
    expect(store.unread()).toBe(0);
    http.expectOne('/api/notifications/read-all').flush({ detail: 'Later.' }, { status: 503, statusText: 'x' });
    answer([aNotification({ id: 'n1' })]);
    expect(store.unread()).toBe(1);
  });
});
