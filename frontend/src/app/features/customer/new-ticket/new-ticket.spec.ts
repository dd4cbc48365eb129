import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { ComponentFixture, TestBed } from '@angular/core/testing';
import { By } from '@angular/platform-browser';
import { Router, provideRouter } from '@angular/router';

import { aMe, aTicket } from '../../../../testing/builders';
import { signedInAs } from '../../../../testing/fakes';
import { CarriedWords } from '../../../domain/conversations/drafts/carried-words';
import { DraftFiles } from './draft-files';
import { NewTicket } from './new-ticket';
import { NewTicketDraft } from './new-ticket-draft';
import { SimilarTickets } from './similar-tickets';

jest.mock('uuidv7', () => {
  let made = 0;
  return { uuidv7: () => `key-${++made}` };
});

describe('NewTicket', () => {
  let fixture: ComponentFixture<NewTicket>;
  let http: HttpTestingController;
  let page: HTMLElement;
  let keptFiles: File[];

  const open = async () => {
    fixture = TestBed.createComponent(NewTicket);
    page = fixture.nativeElement as HTMLElement;
    fixture.detectChanges();
    http.expectOne('/api/categories').flush([{ id: 'c1', name: 'Billing', hint: 'Invoices', archived: false }]);
    await fixture.whenStable();
  };

  beforeEach(async () => {
    localStorage.clear();
    keptFiles = [];
    Object.assign(URL, { createObjectURL: () => 'blob:x', revokeObjectURL: () => undefined });
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        provideHttpClient(),
        provideHttpClientTesting(),
        signedInAs(aMe()),
        {
          provide: DraftFiles,
          useValue: {
            save: async (_key: string, files: File[]) => void (keptFiles = [...files]),
            load: async () => keptFiles,
          } satisfies Pick<DraftFiles, 'save' | 'load'>,
        },
      ],
    });
    http = TestBed.inject(HttpTestingController);
    await open();
  });

  const write = (name: string, value: string) => {
    const field = page.querySelector<HTMLInputElement>(`[formControlName=${name}]`);
    if (!field) throw new Error(`There is no field ${name}`);
    field.value = value;
    field.dispatchEvent(new Event('input'));
  };
  const submit = async () => {
    page.querySelector('form')?.dispatchEvent(new Event('submit'));
    await fixture.whenStable();
  };
  const request = () => http.expectOne(({ url, method }) => url === '/api/tickets' && method === 'POST');
  const pause = async () => {
    await new Promise((resolve) => setTimeout(resolve, 400));
    await fixture.whenStable();
  };

  it('sends what was written and leads to the ticket', async () => {
    const go = jest.spyOn(TestBed.inject(Router), 'navigate').mockResolvedValue(true);
    write('subject', 'The printer jams');
    write('description', 'On every page.');
    await submit();
    const sent = request();
    const body = sent.request.body as FormData;
    expect(Object.fromEntries(body)).toEqual({
      subject: 'The printer jams',
      description: 'On every page.',
      priority: 'medium',
    });
    sent.flush(aTicket({ id: 1007 }));
    await fixture.whenStable();
    expect(go).toHaveBeenCalledWith(['/portal/tickets', 1007], { replaceUrl: true });
  });

  it('names what is missing and sends nothing', async () => {
    await submit();
    http.expectNone('/api/tickets');
    expect(page.querySelectorAll('[aria-invalid=true]')).toHaveLength(2);
    expect(page.textContent).toContain('Please fill in this field.');
  });

  it('refuses a subject of blanks and characters without width', async () => {
    write('subject', ' \u200B\u2060 ');
    write('description', 'Fine.');
    await submit();
    http.expectNone('/api/tickets');
    expect(page.textContent).toContain('Please write something that can be read.');
  });

  it('sends one ticket however often the button is pressed', async () => {
    write('subject', 'Once');
    write('description', 'Only.');
    await submit();
    await submit();
    request();
  });

  it('repeats a lost answer under the same key, and new words under a new one', async () => {
    write('subject', 'Once');
    write('description', 'Only.');
    await pause();
    await submit();
    const first = request();
    first.error(new ProgressEvent('error'));
    await fixture.whenStable();
    expect(page.textContent).toContain('Everything you wrote is kept.');
    await submit();
    const second = request();
    expect(second.request.headers.get('Idempotency-Key')).toBe(first.request.headers.get('Idempotency-Key'));
    second.error(new ProgressEvent('error'));
    write('subject', 'Twice');
    await pause();
    await submit();
    expect(request().request.headers.get('Idempotency-Key')).not.toBe(first.request.headers.get('Idempotency-Key'));
  });

  it('puts refusals of the server at their field and at the files, and keeps what was typed', async () => {
    write('subject', 'Once');
    write('description', 'Only.');
    await submit();
    request().flush(
      {
        code: 'validation-failed',
        detail: 'Please check.',
        errors: [
          { path: 'subject', message: 'must say more' },
          { path: 'attachments.0', message: 'a.png is not a picture' },
        ],
      },
      { status: 400, statusText: 'x' },
    );
    await fixture.whenStable();
    expect(page.textContent).toContain('Must say more.');
    expect(page.querySelector('app-file-picker')?.textContent).toContain('a.png is not a picture');
    expect(page.querySelector<HTMLInputElement>('[formControlName=subject]')?.value).toBe('Once');
  });

  it('brings back words and files after a reload', async () => {
    keptFiles = [new File(['x'], 'jam.png', { type: 'image/png' })];
    write('subject', 'Half done');
    await pause();
    fixture.destroy();
    await open();
    expect(page.querySelector<HTMLInputElement>('[formControlName=subject]')?.value).toBe('Half done');
    expect(page.textContent).toContain('This is your draft from');
    expect(page.textContent).toContain('jam.png');
  });

  it('keeps the last words when one leaves right after typing', async () => {
    write('subject', 'In a hurry');
    fixture.destroy();
    await open();
    expect(page.querySelector<HTMLInputElement>('[formControlName=subject]')?.value).toBe('In a hurry');
  });

  it('keeps nothing of a draft that was sent', async () => {
    jest.spyOn(TestBed.inject(Router), 'navigate').mockResolvedValue(true);
    write('subject', 'Once');
    write('description', 'Only.');
    await pause();
    await submit();
    request().flush(aTicket());
    await fixture.whenStable();
    fixture.destroy();
    await open();
    expect(page.querySelector<HTMLInputElement>('[formControlName=subject]')?.value).toBe('');
  });

  it('carries what was written into the ticket there is already, and keeps it until it stands there', async () => {
    write('subject', 'Printer jams');
    write('description', 'On every page.');
    const component = fixture.debugElement.query(By.directive(SimilarTickets)).componentInstance as SimilarTickets;
    component.chosen.emit(1042);
    fixture.destroy();
    const words = TestBed.inject(CarriedWords).take(1042);
    expect(words).toMatchObject({ body: 'Printer jams\n\nOn every page.', files: [] });
    expect(TestBed.inject(NewTicketDraft).load()?.subject).toBe('Printer jams');
    words?.taken();
    expect(TestBed.inject(NewTicketDraft).load()).toBeNull();
  });
});
