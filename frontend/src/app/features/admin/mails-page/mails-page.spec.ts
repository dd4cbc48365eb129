import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { ComponentFixture, TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';

import { KeptMail, MailDelivery } from '../../../core/api/models';
import { MailsPage } from './mails-page';

const aMail = (overrides: Partial<KeptMail> = {}): KeptMail => ({
  id: 'one',
  to: 'cora@example.com',
  subject: '[#1042] Blank pages',
  text: 'Hello Cora,',
  html: '<p>Hello Cora,</p>',
  createdAt: '2026-03-02T09:00:00.000Z',
  sentAt: null,
  status: 'sent',
  attempts: 0,
  lastError: null,
  ...overrides,
});

const SENDING: MailDelivery = { sending: true, from: 'a@example.com', waiting: 0, parked: 0, waitingSince: null };

describe('MailsPage', () => {
  let fixture: ComponentFixture<MailsPage>;
  let http: HttpTestingController;

  beforeEach(() => {
    TestBed.configureTestingModule({
      providers: [provideHttpClient(), provideHttpClientTesting(), provideRouter([])],
    });
    http = TestBed.inject(HttpTestingController);
  });

  async function settled(): Promise<void> {
    fixture.detectChanges();
    await new Promise((resolve) => setTimeout(resolve));
    fixture.detectChanges();
  }

  async function open(mails: KeptMail[], delivery = SENDING, inputs: Record<string, string> = {}): Promise<void> {
    fixture = TestBed.createComponent(MailsPage);
    for (const [name, value] of Object.entries(inputs)) fixture.componentRef.setInput(name, value);
    await settled();
    http.expectOne('/api/mails/delivery').flush(delivery);
    http.expectOne(({ url }) => url === '/api/mails').flush(mails);
    await settled();
  }

  const element = (): HTMLElement => fixture.nativeElement as HTMLElement;
  const text = (): string => element().textContent?.replace(/\s+/g, ' ') ?? '';
  const button = (name: string): HTMLButtonElement | undefined =>
    [...element().querySelectorAll('button')].find((each) => each.textContent?.includes(name));

  async function unfold(): Promise<void> {
    const details = element().querySelector('details') as HTMLDetailsElement;
    details.open = true;
    details.dispatchEvent(new Event('toggle'));
    await settled();
  }

  it('says that nothing is sent where there is no mail server, also before there is any mail', async () => {
    await open([], { ...SENDING, sending: false });
    expect(text()).toContain('Nothing is sent: no mail server is set up');
    expect(text()).toContain('No mail yet.');
  });

  it('says how many mails wait or were given up, and nothing when all is well', async () => {
    await open([aMail()], { ...SENDING, waiting: 3, parked: 1, waitingSince: '2026-03-02T09:00:00.000Z' });
    expect(text()).toContain('3 waiting, 1 given up.');
    fixture.destroy();
    await open([aMail()]);
    expect(element().querySelector('.bar')).toBeNull();
  });

  it('sends what was given up again, and shows what became of it', async () => {
    const parked = aMail({ status: 'parked', attempts: 2, lastError: '550 No such mailbox' });
    await open([parked]);
    await unfold();
    expect(text()).toContain('The mail server said: 550 No such mailbox (2 tries)');
    button('Send now')?.click();
    http.expectOne({ method: 'POST', url: '/api/mails/one/retry' }).flush({ ...parked, status: 'queued' });
    await settled();
    expect(element().querySelector('.badge')?.textContent?.trim()).toBe('Waiting');
    expect(button('Send now')).toBeUndefined();
  });

  it.each([
    ['a sent mail', 'sent', true],
    ['a kept mail without a mail server', 'kept', false],
  ] as const)('offers nothing to send of %s', async (_what, status, sending) => {
    await open([aMail({ status })], { ...SENDING, sending });
    await unfold();
    expect(button('Send now')).toBeUndefined();
  });

  it('shows a mail as its reader sees it, in a frame of its own, only when asked to', async () => {
    await open([aMail()]);
    await unfold();
    expect(element().querySelector('iframe')).toBeNull();
    button('Preview')?.click();
    await settled();
    const url = '/api/mails/one/preview?expires=1&signIn=s&signature=x';
    http.expectOne('/api/mails/one/preview-link').flush({ url });
    await settled();
    const frame = element().querySelector('iframe');
    expect(frame?.getAttribute('src')).toBe(url);
    expect(frame?.getAttribute('sandbox')).toBe('');
    expect(frame?.title).toBe('Preview of [#1042] Blank pages');
    expect(button('Preview')?.getAttribute('aria-pressed')).toBe('true');
    button('Text')?.click();
    await settled();
    expect(element().querySelector('iframe')).toBeNull();
    expect(text()).toContain('Hello Cora,');
  });

  it('says that there is no preview, and asks again', async () => {
    await open([aMail()]);
    await unfold();
    button('Preview')?.click();
    await settled();
    http.expectOne('/api/mails/one/preview-link').flush({}, { status: 500, statusText: 'Server error' });
    await settled();
    expect(text()).toContain('The preview could not be loaded');
    button('Retry')?.click();
    await settled();
    http.expectOne('/api/mails/one/preview-link');
  });

  it('asks for what the address of the page says, and leaves out a status there is not', async () => {
    fixture = TestBed.createComponent(MailsPage);
    fixture.componentRef.setInput('status', 'lost');
    fixture.componentRef.setInput('to', 'cora@');
    await settled();
    const { request } = http.expectOne(({ url }) => url === '/api/mails');
    expect(request.params.get('to')).toBe('cora@');
    expect(request.params.has('status')).toBe(false);
  });

  it('shows a mail as text in which nothing runs', async () => {
    await open([aMail({ text: '> **Hello** <img src="x" onerror="steal()"> [a](javascript:steal())' })]);
    await unfold();
    const letter = element().querySelector('.letter');
    expect(letter?.querySelector('strong')?.textContent).toBe('Hello');
    expect(letter?.textContent).toContain('<img src="x" onerror="steal()"> [a](javascript:steal())');
    expect(letter?.querySelector('img, script, iframe, a')).toBeNull();
  });
});
