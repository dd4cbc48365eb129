import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting, TestRequest } from '@angular/common/http/testing';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';

import { aSummary } from '../../../../../testing/builders';
import { TicketListStore } from '../../../../domain/tickets/ticket-list-store';
import { MOST_SELECTED, TicketSelection } from './ticket-selection';

describe('TicketSelection', () => {
  let selection: TicketSelection;
  let http: HttpTestingController;

  beforeEach(() => {
    const rows = signal([1005, 1004, 1003, 1002, 1001].map((id) => ({ ticket: aSummary({ id }), isStale: false })));
    TestBed.configureTestingModule({
      providers: [
        TicketSelection,
        { provide: TicketListStore, useValue: { rows } },
        provideHttpClient(),
        provideHttpClientTesting(),
      ],
    });
    selection = TestBed.inject(TicketSelection);
    http = TestBed.inject(HttpTestingController);
  });

  const asked = (): TestRequest => http.expectOne(({ url }) => url === '/api/tickets');
  const page = (from: number, count: number) =>
    Array.from({ length: count }, (_unused, index) => aSummary({ id: from + index }));
  const next = { headers: { Link: '</api/tickets?cursor=more>; rel="next"' } };
  const settled = () => new Promise((resolve) => setTimeout(resolve));

  it('ticks and unticks', () => {
    selection.toggle(1003);
    selection.toggle(1001);
    selection.toggle(1003);
    expect(selection.ids()).toEqual([1001]);
  });

  it('takes in everything between the last one ticked and this one, in both directions', () => {
    selection.toggle(1004);
    selection.extendTo(1002);
    expect(selection.ids()).toEqual([1004, 1003, 1002]);
    selection.extendTo(1005);
    expect(selection.ids().toSorted()).toEqual([1002, 1003, 1004, 1005]);
  });

  it('selects all that are loaded', () => {
    selection.selectLoaded();
    expect(selection.size()).toBe(5);
    expect(selection.hasAllLoaded()).toBe(true);
  });

  it('looks up all that match, page by page', async () => {
    const gathered = selection.selectMatching({ status: ['open'] });
    expect(selection.isGathering()).toBe(true);
    asked().flush(page(2000, 100), next);
    await settled();
    const second = asked();
    expect(second.request.params.toString()).toBe('status=open&limit=100&cursor=more');
    second.flush(page(2100, 12));
    await gathered;
    expect(selection.size()).toBe(112);
    expect(selection.isCut()).toBe(false);
  });

  it('stops at the most that can be changed at once, and says that there are more', async () => {
    const gathered = selection.selectMatching({});
    for (let start = 0; start < MOST_SELECTED; start += 100) {
      asked().flush(page(2000 + start, 100), next);
      await settled();
    }
    await gathered;
    expect(selection.size()).toBe(MOST_SELECTED);
    expect(selection.isCut()).toBe(true);
  });

  it('selects nothing once another list is shown', async () => {
    const gathered = selection.selectMatching({});
    selection.clear();
    asked().flush(page(2000, 3));
    await gathered;
    expect(selection.size()).toBe(0);
  });
});
