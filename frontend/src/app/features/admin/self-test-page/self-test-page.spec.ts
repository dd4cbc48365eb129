import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';

import { SocketTransport, TransportTest } from '../../../core/socket/transport-test';
import { SelfTestPage } from './self-test-page';

describe('SelfTestPage', () => {
  let open: (transport: SocketTransport) => Promise<number>;
  let http: HttpTestingController;

  async function show(): Promise<HTMLElement> {
    TestBed.configureTestingModule({
      providers: [
        provideHttpClient(),
        provideHttpClientTesting(),
        { provide: TransportTest, useValue: { open: (transport: SocketTransport) => open(transport) } },
      ],
    });
    http = TestBed.inject(HttpTestingController);
    const fixture = TestBed.createComponent(SelfTestPage);
    fixture.detectChanges();
    http.expectOne('/api/self-test').flush([
      { name: 'Database', state: 'ok', found: 'SQLite answers.' },
      { name: 'Mail', state: 'warning', found: 'Nothing is sent.', advice: 'Set SMTP_URL.' },
    ]);
    await settled(fixture);
    return fixture.nativeElement as HTMLElement;
  }
  async function settled(fixture: { detectChanges(): void }): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve));
    fixture.detectChanges();
  }
  const partsOf = (page: HTMLElement): string[] =>
    [...page.querySelectorAll('li')].map((row) =>
      [...row.querySelectorAll('strong, small, .value, .badge')]
        .map(({ textContent }) => textContent?.trim())
        .join(' '),
    );

  it('tells of the server and of both ways to it, and what to do', async () => {
    open = (transport) =>
      transport === 'polling' ? Promise.resolve(12) : Promise.reject(new Error('websocket error'));
    const page = await show();
    expect(partsOf(page)).toEqual([
      'Database SQLite answers. Works',
      'Mail Nothing is sent. Set SMTP_URL. Look at it',
      expect.stringMatching(/^Live connection \(websocket\) It could not be opened: websocket error\. Let the proxy/),
      'Live connection without websocket (polling) Opened within 12 ms. Works',
    ]);
    expect(page.querySelector('[role=status]')?.textContent).toBe('One part does not work.');
  });

  it('shows what the mail server answered', async () => {
    open = () => Promise.resolve(1);
    const page = await show();
    page.querySelector<HTMLButtonElement>('.trial button')?.click();
    http.expectOne('/api/self-test/mail').flush({ sent: false, answer: '554 No' });
    await new Promise((resolve) => setTimeout(resolve));
    TestBed.tick();
    expect(page.querySelector('.trial [role=status]')?.textContent).toContain('It was not sent: 554 No');
  });
});
