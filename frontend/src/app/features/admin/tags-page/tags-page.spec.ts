import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting, TestRequest } from '@angular/common/http/testing';
import { signal } from '@angular/core';
import { ComponentFixture, TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';

import { UsedTag } from '../../../core/api/models';
import { KeyListener } from '../../../core/commands/key-listener';
import { Session } from '../../../core/session/session';
import { Confirm } from '../../../shared/dialogs/confirm';
import { TagsPage } from './tags-page';

const aTag = (tag: string, overrides: Partial<UsedTag> = {}): UsedTag => ({
  id: `id-${tag}`,
  tag,
  uses: 2,
  change: null,
  ...overrides,
});

describe('TagsPage', () => {
  let fixture: ComponentFixture<TagsPage>;
  let http: HttpTestingController;
  const ask = jest.fn<Promise<boolean>, [{ title: string; text: string }]>();

  beforeEach(() => {
    ask.mockReset().mockResolvedValue(true);
    TestBed.configureTestingModule({
      providers: [
        provideHttpClient(),
        provideHttpClientTesting(),
        provideRouter([]),
        { provide: Confirm, useValue: { ask } },
        { provide: Session, useValue: { user: signal({ id: 'ada' }) } },
      ],
    });
    http = TestBed.inject(HttpTestingController);
    TestBed.inject(KeyListener).start();
  });

  afterEach(() => fixture.destroy());

  async function settled(): Promise<void> {
    fixture.detectChanges();
    await new Promise((resolve) => setTimeout(resolve));
    fixture.detectChanges();
  }

  /** The last list that was asked for and is still wanted. */
  function listed(): TestRequest {
    const asked = http.match(({ method, url }) => method === 'GET' && url === '/api/tags');
    return asked.filter(({ cancelled }) => !cancelled).at(-1) as TestRequest;
  }

  async function open(...tags: UsedTag[]): Promise<void> {
    fixture = TestBed.createComponent(TagsPage);
    await settled();
    listed().flush(tags);
    await settled();
  }

  const element = (): HTMLElement => fixture.nativeElement as HTMLElement;
  const text = (): string => element().textContent?.replace(/\s+/g, ' ') ?? '';
  const button = (name: string): HTMLButtonElement =>
    element().querySelector<HTMLButtonElement>(`[aria-label="${name}"]`) as HTMLButtonElement;
  const word = (): HTMLInputElement => element().querySelector('form input') as HTMLInputElement;

  async function press(target: HTMLElement): Promise<void> {
    target.click();
    await settled();
  }

  async function type(name: string): Promise<void> {
    word().value = name;
    word().dispatchEvent(new Event('input'));
    await settled();
  }

  async function submit(): Promise<void> {
    element()
      .querySelector('form')
      ?.dispatchEvent(new Event('submit', { cancelable: true }));
    await settled();
  }

  it('renames a tag and shows that its tickets are on their way', async () => {
    await open(aTag('vpn'), aTag('mac', { uses: 1 }));
    expect(text()).toMatch(/mac ?1 ticket/);
    await press(button('Rename vpn'));
    expect(word().value).toBe('vpn');
    await type('VPN');
    await submit();
    const request = http.expectOne({ method: 'PATCH', url: '/api/tags/id-vpn' });
    expect(request.request.body).toEqual({ name: 'VPN' });
    request.flush(aTag('VPN', { uses: 0 }));
    listed().flush([aTag('vpn', { change: { to: 'VPN' } }), aTag('mac')]);
    await settled();
    expect(text()).toContain('Becomes VPN');
    expect(button('Rename vpn')).toBeNull();
  });

  it('says so where tickets have the name already', async () => {
    await open(aTag('vpn'));
    await press(button('Rename vpn'));
    await type('mac');
    await submit();
    const refusal = { status: 409, code: 'name-taken', title: 'Conflict', detail: '', requestId: 'r' };
    http.expectOne('/api/tags/id-vpn').flush(refusal, { status: 409, statusText: 'Conflict' });
    await settled();
    expect(text()).toContain('Tickets have this tag already. Merge the two instead.');
    expect(word().getAttribute('aria-invalid')).toBe('true');
  });

  it('merges into a tag that exists, after a question that names the number of tickets', async () => {
    await open(aTag('net', { uses: 12 }));
    await press(button('Merge net into another tag'));
    await type('network');
    listed().flush([aTag('network')]);
    await settled();
    await submit();
    expect(ask.mock.calls[0]?.[0].text).toContain('12 tickets');
    const request = http.expectOne({ method: 'POST', url: '/api/tags/id-net/merge' });
    expect(request.request.body).toEqual({ into: 'id-network' });
  });

  it('deletes nothing without a yes', async () => {
    await open(aTag('old'));
    ask.mockResolvedValue(false);
    await press(button('Delete old'));
    http.expectNone({ method: 'DELETE' });
    ask.mockResolvedValue(true);
    await press(button('Delete old'));
    http.expectOne({ method: 'DELETE', url: '/api/tags/id-old' });
  });

  it('asks before a name that was typed is given up', async () => {
    await open(aTag('vpn'));
    await press(button('Rename vpn'));
    expect(fixture.componentInstance.mayLeave()).toBe(true);
    await type('VPN');
    ask.mockResolvedValue(false);
    expect(await fixture.componentInstance.mayLeave()).toBe(false);
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    await settled();
    expect(word().value).toBe('VPN');
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 's', ctrlKey: true, cancelable: true }));
    http.expectOne({ method: 'PATCH', url: '/api/tags/id-vpn' });
  });
});
