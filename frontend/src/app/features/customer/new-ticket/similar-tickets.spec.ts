import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { ComponentFixture, TestBed } from '@angular/core/testing';
import { Router, provideRouter } from '@angular/router';

import { aSummary } from '../../../../testing/builders';
import { TicketSummary } from '../../../core/api/models';
import { SimilarTickets } from './similar-tickets';

describe('SimilarTickets', () => {
  let fixture: ComponentFixture<SimilarTickets>;
  let http: HttpTestingController;

  beforeEach(() => {
    TestBed.configureTestingModule({
      providers: [provideRouter([]), provideHttpClient(), provideHttpClientTesting()],
    });
    http = TestBed.inject(HttpTestingController);
    fixture = TestBed.createComponent(SimilarTickets);
  });

  const write = async (subject: string): Promise<void> => {
    fixture.componentRef.setInput('subject', subject);
    fixture.detectChanges();
    await new Promise((resolve) => setTimeout(resolve, 900));
  };
  const answer = async (word: string, rows: TicketSummary[]): Promise<void> => {
    const request = http.expectOne(({ params }) => params.get('q') === word);
    expect(request.request.params.get('status')).toBe('open,in_progress');
    request.flush(rows);
    await fixture.whenStable();
  };
  const text = (): string => (fixture.nativeElement as HTMLElement).textContent ?? '';

  it('offers a running ticket in which most of the words stand', async () => {
    await write('The printer on floor 2 jams');
    const same = aSummary({ id: 1042, subject: 'Printer jams again' });
    await answer('printer', [same, aSummary({ id: 1043 })]);
    await answer('floor', []);
    await answer('jams', [same]);
    expect(text()).toContain('Add to #1042 instead');
    expect(text()).not.toContain('#1043');
  });

  it('says which one was chosen, unless it is opened beside', async () => {
    const chosen: number[] = [];
    jest.spyOn(TestBed.inject(Router), 'navigateByUrl').mockResolvedValue(true);
    (fixture.nativeElement as HTMLElement).addEventListener('click', (event) => event.preventDefault());
    fixture.componentInstance.chosen.subscribe((id) => chosen.push(id));
    await write('Printer');
    await answer('printer', [aSummary({ id: 1042 })]);
    const link = (fixture.nativeElement as HTMLElement).querySelector('a');
    link?.dispatchEvent(new MouseEvent('click', { ctrlKey: true, bubbles: true, cancelable: true }));
    expect(chosen).toEqual([]);
    link?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
    expect(chosen).toEqual([1042]);
  });

  it('asks nothing about words that stand in every sentence', async () => {
    await write('It is not on');
    http.expectNone(() => true);
    expect(text().trim()).toBe('');
  });

  it('goes when it is about something else', async () => {
    await write('Printer');
    await answer('printer', [aSummary({ id: 1042 })]);
    [...(fixture.nativeElement as HTMLElement).querySelectorAll('button')].at(-1)?.click();
    await fixture.whenStable();
    expect(text()).not.toContain('#1042');
  });

  it('offers nothing when the search fails', async () => {
    await write('Printer');
    http.expectOne(() => true).flush({ code: 'rate-limited' }, { status: 429, statusText: 'No' });
    await fixture.whenStable();
    expect(text().trim()).toBe('');
  });
});
