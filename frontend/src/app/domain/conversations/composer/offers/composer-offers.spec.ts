import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { signal } from '@angular/core';
import { ComponentFixture, TestBed } from '@angular/core/testing';

import { Agent, CannedReply, MessageKind } from '../../../../core/api/models';
import { Session } from '../../../../core/session/session';
import { aTicket } from '../../testing/builders';
import { ComposerOffers } from './composer-offers';

const anAgent = (name: string, presence: Agent['presence'] = 'online'): Agent => ({
  id: name.toLowerCase(),
  name,
  role: 'agent',
  online: presence === 'online',
  presence,
  load: 0,
});

const aReply = (overrides: Partial<CannedReply> = {}): CannedReply => ({
  id: 'reply',
  key: 'hello',
  title: 'Say hello',
  body: 'Hello {{customer.firstName}}, about your {{device}}:',
  inReply: true,
  inNote: true,
  shared: true,
  owner: { id: 'ada', name: 'Ada', role: 'admin', online: false },
  uses: 0,
  lastUsedAt: null,
  version: 1,
  createdAt: '2026-03-02T09:00:00.000Z',
  updatedAt: '2026-03-02T09:00:00.000Z',
  ...overrides,
});

describe('ComposerOffers', () => {
  let fixture: ComponentFixture<ComposerOffers>;
  let field: HTMLTextAreaElement;
  let http: HttpTestingController;
  let notes: number;

  beforeEach(() => {
    Element.prototype.scrollIntoView = () => undefined;
    TestBed.configureTestingModule({
      providers: [
        provideHttpClient(),
        provideHttpClientTesting(),
        { provide: Session, useValue: { user: signal({ id: 'me', name: 'Ana Silva' }) } },
      ],
    });
    http = TestBed.inject(HttpTestingController);
    field = document.createElement('textarea');
    document.body.append(field);
  });

  afterEach(() => {
    fixture.destroy();
    field.remove();
  });

  async function settled(ms = 0): Promise<void> {
    fixture.detectChanges();
    await new Promise((resolve) => setTimeout(resolve, ms));
    fixture.detectChanges();
  }

  async function open(kind: MessageKind = 'note', staff = true): Promise<void> {
    fixture = TestBed.createComponent(ComposerOffers);
    notes = 0;
    fixture.componentInstance.noteWanted.subscribe(() => (notes += 1));
    fixture.componentRef.setInput('field', field);
    fixture.componentRef.setInput('ticket', aTicket({ requester: { ...aTicket().requester, name: 'Cora Lind' } }));
    fixture.componentRef.setInput('kind', kind);
    fixture.componentRef.setInput('staff', staff);
    await settled();
  }

  /** The cursor stands at the bar. */
  async function type(text: string, init: InputEventInit = {}): Promise<void> {
    field.value = text.replace('|', '');
    field.setSelectionRange(text.indexOf('|'), text.indexOf('|'));
    field.dispatchEvent(new InputEvent('input', { bubbles: true, ...init }));
    await settled();
  }

  async function press(key: string): Promise<KeyboardEvent> {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
    field.dispatchEvent(event);
    await settled();
    return event;
  }

  async function withPeople(...people: Agent[]): Promise<void> {
    http.expectOne('/api/agents').flush(people);
    await settled();
  }

  async function withReplies(...replies: CannedReply[]): Promise<URLSearchParams> {
    await settled(150);
    const request = http.expectOne(({ url }) => url === '/api/canned-replies');
    request.flush(replies);
    await settled();
    return new URLSearchParams(request.request.params.toString());
  }

  const element = (): HTMLElement => fixture.nativeElement as HTMLElement;
  const offered = (): string[] =>
    [...element().querySelectorAll('[role=option] .text')].map(
      (each) => each.textContent?.replace(/\s+/g, ' ').trim() ?? '',
    );
  const marked = (): string | null | undefined =>
    element().querySelector(`#${field.getAttribute('aria-activedescendant')} .text`)?.textContent;
  const button = (text: string): HTMLButtonElement | undefined =>
    [...element().querySelectorAll('button')].find((each) => each.textContent?.includes(text));

  it('lists colleagues behind @, those who are here first, and inserts the one that is chosen by keys', async () => {
    await open();
    await type('Ask @|, please');
    await withPeople(anAgent('Ben', 'offline'), anAgent('Bea Moss'), anAgent('Me'));
    expect(offered()).toEqual(['Bea Moss online', 'Ben offline']);
    expect(field.getAttribute('aria-autocomplete')).toBe('list');
    await press('ArrowDown');
    expect(marked()).toContain('Ben');
    const enter = await press('Enter');
    expect(enter.defaultPrevented).toBe(true);
    expect(field.value).toBe('Ask @Ben , please');
    expect(field.selectionStart).toBe('Ask @Ben '.length);
    expect(field.hasAttribute('aria-activedescendant')).toBe(false);
  });

  it('finds a colleague by any part of the name, without regard to case and accents', async () => {
    await open();
    await type('@mö|');
    await withPeople(anAgent('Bea Moss'), anAgent('Ana Lima'));
    expect(offered()).toEqual(['Bea Moss online']);
    await type('@ea|');
    expect(offered()).toEqual([]);
  });

  it('stays shut after Escape until another word begins, and while an input method composes', async () => {
    await open();
    await type('@b|', { isComposing: true });
    http.expectNone('/api/agents');
    await type('@b|');
    await withPeople(anAgent('Ben'));
    await press('Escape');
    await type('@be|');
    expect(offered()).toEqual([]);
    await type('@be @b|');
    expect(offered()).toEqual(['Ben online']);
  });

  it('asks whether a mention outside of a note is to be a note', async () => {
    await open('chat');
    await type('@b|');
    await withPeople(anAgent('Ben'));
    await press('Tab');
    expect(element().querySelector('[role=alert]')?.textContent).toContain('This goes to the customer.');
    button('Make it a note')?.click();
    expect(notes).toBe(1);
    await type('@Ben @b|');
    await press('Tab');
    button('Keep as it is')?.click();
    await settled();
    expect(element().querySelector('[role=alert]')).toBeNull();
    await type('@b|');
    await press('Tab');
    expect(element().querySelector('[role=alert]')).toBeNull();
  });

  it('shows customers neither colleagues nor canned replies', async () => {
    await open('chat', false);
    await type('@b|');
    await type('/h|');
    await settled(150);
    http.expectNone('/api/agents');
    http.expectNone(({ url }) => url === '/api/canned-replies');
    expect(offered()).toEqual([]);
  });

  it('inserts emoji by name for everybody', async () => {
    await open('chat', false);
    await type('Thanks :smil|');
    await settled(50);
    expect(offered()[0]).toMatch(/^:.*smil/);
    await press('Enter');
    expect(field.value).toMatch(/^Thanks \p{Emoji_Presentation} $/u);
  });

  it('shows a canned reply as it will be, inserts it where it was asked for, and counts that', async () => {
    await open('comment');
    await type('Dear all\n/hel| bye');
    const asked = await withReplies(aReply());
    expect([asked.get('q'), asked.get('in')]).toEqual(['hel', 'reply']);
    expect(element().querySelector('.preview')?.textContent).toBe('Hello Cora, about your {{device}}:');
    await press('Enter');
    expect(field.value).toBe('Dear all\nHello Cora, about your {{device}}: bye');
    expect(field.value.slice(field.selectionStart, field.selectionEnd)).toBe('{{device}}');
    http.expectOne({ method: 'POST', url: '/api/canned-replies/reply/uses' }).flush(null);
  });

  it('leaves keys alone while nothing is offered', async () => {
    await open();
    await type('plain|');
    expect((await press('Enter')).defaultPrevented).toBe(false);
  });
});
