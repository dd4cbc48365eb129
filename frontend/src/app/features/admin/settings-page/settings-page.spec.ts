import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';

import { Confirm } from '../../../shared/dialogs/confirm';
import { SettingsPage } from './settings-page';

describe('SettingsPage', () => {
  let http: HttpTestingController;
  let page: HTMLElement;

  beforeEach(async () => {
    TestBed.configureTestingModule({
      providers: [
        provideHttpClient(),
        provideHttpClientTesting(),
        { provide: Confirm, useValue: { ask: () => Promise.resolve(true) } },
      ],
    });
    http = TestBed.inject(HttpTestingController);
    const fixture = TestBed.createComponent(SettingsPage);
    page = fixture.nativeElement as HTMLElement;
    fixture.detectChanges();
    http.expectOne('/api/settings').flush([
      { name: 'PUBLIC_URL', group: 'Addresses', meaning: 'Where people go.', value: 'https://a', isGiven: true },
      { name: 'IMAGE_MAX_BYTES', group: 'Files', meaning: 'The size.', value: '4 MB', isGiven: false },
    ]);
    http.expectOne('/api/settings/demo').flush({ people: 6, tickets: 14 });
    await settled();
  });

  async function settled(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve));
    TestBed.tick();
  }
  const rows = (): string[] =>
    [...page.querySelectorAll('li')].map((row) =>
      [...row.querySelectorAll('strong, small, .value, .badge')]
        .map(({ textContent }) => textContent?.trim())
        .join(' '),
    );

  it('says what each setting does, and whether it is set', () => {
    expect(rows()).toEqual(['PUBLIC_URL Where people go. https://a Set', 'IMAGE_MAX_BYTES The size. 4 MB Default']);
  });

  it('finds settings by their words', async () => {
    const field = page.querySelector('input') as HTMLInputElement;
    field.value = 'files';
    field.dispatchEvent(new Event('input'));
    await settled();
    expect(rows()).toEqual(['IMAGE_MAX_BYTES The size. 4 MB Default']);
  });

  it('removes the sample data, and offers it no more', async () => {
    page.querySelector<HTMLButtonElement>('.danger button')?.click();
    await settled();
    http.expectOne({ url: '/api/settings/demo', method: 'DELETE' }).flush({ people: 6, tickets: 14, kept: [] });
    await settled();
    http.expectOne('/api/settings/demo').flush({ people: 0, tickets: 0 });
    await settled();
    expect(page.querySelector('.danger')).toBeNull();
  });
});
