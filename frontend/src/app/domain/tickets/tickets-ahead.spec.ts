import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';

import { aMe, aTicket } from '../../../testing/builders';
import { Session } from '../../core/session/session';
import { TicketsAhead } from './tickets-ahead';

describe('TicketsAhead', () => {
  const user = signal(aMe({ id: 'ana' }));
  let ahead: TicketsAhead;
  let http: HttpTestingController;

  beforeEach(() => {
    jest.useFakeTimers();
    user.set(aMe({ id: 'ana' }));
    TestBed.configureTestingModule({
      providers: [{ provide: Session, useValue: { user } }, provideHttpClient(), provideHttpClientTesting()],
    });
    ahead = TestBed.inject(TicketsAhead);
    http = TestBed.inject(HttpTestingController);
  });
  afterEach(() => jest.useRealTimers());

  const answer = (id: number): void => http.expectOne(`/api/tickets/${id}`).flush(aTicket({ id }));

  it('has those that were fetched, and asks for each only once', () => {
    ahead.fetch([1001, 1002]);
    answer(1001);
    answer(1002);
    ahead.fetch([1002, 1001]);
    http.verify();
    expect([ahead.find(1001)?.id, ahead.find(1002)?.id, ahead.find(1003)]).toEqual([1001, 1002, null]);
  });

  it('gives up those that are no longer likely', () => {
    ahead.fetch([1001]);
    const first = http.expectOne('/api/tickets/1001');
    ahead.fetch([1002]);
    expect(first.cancelled).toBe(true);
  });

  it('forgets what is a minute old', () => {
    ahead.fetch([1001]);
    answer(1001);
    jest.setSystemTime(Date.now() + 61_000);
    expect(ahead.find(1001)).toBeNull();
  });

  it('shows nobody what another person was shown', () => {
    ahead.fetch([1001]);
    answer(1001);
    user.set(aMe({ id: 'ben' }));
    expect(ahead.find(1001)).toBeNull();
  });
});
