import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { ComponentFixture, TestBed } from '@angular/core/testing';

import { aTicket } from '../../../testing/builders';
import { Ticket } from '../../core/api/models';
import { Conflict, Conflicts, Picks } from './conflicts';
import { EditTicket } from './edit-ticket';

describe('EditTicket', () => {
  let fixture: ComponentFixture<EditTicket>;
  let http: HttpTestingController;
  const asked = jest.fn<Promise<Picks | null>, [Conflict]>();

  beforeEach(async () => {
    asked.mockReset();
    TestBed.configureTestingModule({
      providers: [provideHttpClient(), provideHttpClientTesting(), { provide: Conflicts, useValue: { ask: asked } }],
    });
    http = TestBed.inject(HttpTestingController);
    fixture = TestBed.createComponent(EditTicket);
    fixture.componentRef.setInput('ticket', aTicket());
    fixture.detectChanges();
    http.expectOne('/api/categories').flush([]);
    await fixture.whenStable();
  });

  const write = (name: string, value: string): void => {
    const field = (fixture.nativeElement as HTMLElement).querySelector<HTMLInputElement>(`[formControlName=${name}]`);
    if (!field) throw new Error(`There is no field ${name}`);
    field.value = value;
    field.dispatchEvent(new Event('input'));
  };
  const submit = (): void => {
    (fixture.nativeElement as HTMLElement).querySelector('form')?.dispatchEvent(new Event('submit'));
  };
  const patch = () => http.expectOne({ url: '/api/tickets/1001', method: 'PATCH' });
  /** The version is refused, and this is how the ticket is now. */
  const stale = async (now: Partial<Ticket>): Promise<void> => {
    patch().flush({ code: 'stale', detail: 'Changed.' }, { status: 412, statusText: 'No' });
    http.expectOne({ url: '/api/tickets/1001', method: 'GET' }).flush(aTicket({ version: 2, ...now }));
    await new Promise((resolve) => setTimeout(resolve));
  };

  it('saves under the version it began with', () => {
    write('subject', 'Mine');
    submit();
    const { request } = patch();
    expect(request.headers.get('If-Match')).toBe('"1"');
    expect(request.body).toMatchObject({ subject: 'Mine', description: 'On every page.' });
  });

  it('keeps what somebody else changed in another field, without asking', async () => {
    write('subject', 'Mine');
    submit();
    await stale({ description: 'On every second page.' });
    const { request } = patch();
    expect(request.headers.get('If-Match')).toBe('"2"');
    expect(request.body).toMatchObject({ subject: 'Mine', description: 'On every second page.' });
    expect(asked).not.toHaveBeenCalled();
  });

  it('lets the person pick where both changed the same', async () => {
    asked.mockResolvedValue({ subject: 'theirs' });
    write('subject', 'Mine');
    write('description', 'My words.');
    submit();
    await stale({ subject: 'Theirs' });
    const fields = [{ name: 'subject', words: 'Subject', theirs: 'Theirs', mine: 'Mine' }];
    expect(asked).toHaveBeenCalledWith({ by: null, fields });
    expect(patch().request.body).toMatchObject({ subject: 'Theirs', description: 'My words.' });
  });

  it('sends nothing when the person does not decide', async () => {
    asked.mockResolvedValue(null);
    write('subject', 'Mine');
    submit();
    await stale({ subject: 'Theirs' });
    http.expectNone({ method: 'PATCH' });
  });
});
