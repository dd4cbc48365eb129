import { provideHttpClient } from '@angular/common/http';
import { provideHttpClientTesting } from '@angular/common/http/testing';
import { computed, signal } from '@angular/core';
import { ComponentFixture, TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';

import { Message, Ticket, UserRef } from '../../core/api/models';
import { Session } from '../../core/session/session';
import { RealtimeConnection } from '../../core/socket/realtime-connection';
import { Conversation } from './conversation';
import { ConversationsApi } from './conversations-api';
import { TransportError } from './engine/transport';
import { LiveConversations } from './live-conversations';
import { aMessageEvent, ana, aStatusEvent, aTicket, ben, cora } from './testing/builders';
import { DraftBook } from './drafts/draft-book';
import { FakeConnection } from './testing/fake-connection';
import { FakeServer } from './testing/fake-server';

describe('Conversation', () => {
  let fixture: ComponentFixture<Conversation>;
  let server: FakeServer;
  const user = signal<UserRef>(cora);

  beforeEach(() => {
    localStorage.clear();
    server = new FakeServer();
    server.live.connected = true;
    const session = {
      user,
      personId: () => user().id,
      accessToken: signal('token'),
      isStaff: computed(() => user().role !== 'customer'),
    };
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        provideHttpClient(),
        provideHttpClientTesting(),
        { provide: Session, useValue: session },
        { provide: RealtimeConnection, useClass: FakeConnection },
        { provide: DraftBook, useValue: { kindsIn: () => Promise.resolve([]) } },
        { provide: LiveConversations, useValue: server.live },
        { provide: ConversationsApi, useValue: server.rest },
      ],
    });
  });

  afterEach(() => fixture.destroy());

  async function open(reader: UserRef, ticket: Partial<Ticket> = {}): Promise<void> {
    user.set(reader);
    server.self = reader;
    fixture = TestBed.createComponent(Conversation);
    fixture.componentRef.setInput('ticket', aTicket(ticket));
    await settled();
  }

  /** Everything that is on its way has arrived and is drawn. */
  async function settled(): Promise<void> {
    await fixture.whenStable();
    await new Promise((resolve) => setTimeout(resolve));
    await fixture.whenStable();
  }

  const says = (seq: number, message: Partial<Message>): void => void server.events.push(aMessageEvent(seq, message));
  const element = (): HTMLElement => fixture.nativeElement as HTMLElement;
  const text = (selector?: string): string =>
    ((selector ? element().querySelector(selector) : element())?.textContent ?? '').replace(/\s+/g, ' ').trim();
  const press = async (label: string): Promise<void> => {
    [...element().querySelectorAll('button')].find((button) => button.textContent?.trim() === label)?.click();
    await settled();
  };

  async function write(body: string): Promise<void> {
    const field = element().querySelector('textarea') as HTMLTextAreaElement;
    field.value = body;
    field.dispatchEvent(new Event('input'));
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, cancelable: true }));
    await settled();
  }

  it('shows how it began and everything said since', async () => {
    says(1, { author: ana, body: 'Which floor?' });
    await open(cora);
    expect(text('app-ticket-opening')).toContain('It jams on every page.');
    expect(text('app-message-bubble')).toContain('Which floor?');
  });

  it('keeps hostile text as text', async () => {
    says(1, { author: ana, body: '<img src=x onerror=alert(1)> [x](javascript:alert(1)) **ok**' });
    await open(cora);
    expect(element().querySelector('app-message-bubble img')).toBeNull();
    expect(element().querySelector('app-message-bubble a')).toBeNull();
    expect(text('app-message-bubble')).toContain('<img src=x onerror=alert(1)>');
    expect(text('app-message-bubble strong')).toBe('ok');
  });

  it('opens links elsewhere and tells them nothing', async () => {
    says(1, { author: ana, body: 'see https://example.com/manual' });
    await open(cora);
    const link = element().querySelector('app-message-bubble a');
    expect(link?.getAttribute('rel')).toBe('noopener noreferrer nofollow');
    expect(link?.getAttribute('target')).toBe('_blank');
  });

  it('tells notes from chat by word, not by colour alone', async () => {
    says(1, { author: ben, kind: 'note', body: 'among us' });
    await open(ana);
    expect(text('app-message-group')).toContain('Note');
  });

  it('shows an own message at once and its state', async () => {
    await open(cora);
    server.live.sending = () => new Promise(() => undefined);
    await write('hello');
    expect(text('app-message-bubble')).toBe('hello');
    expect(text('app-message-state')).toBe('Sending…');
  });

  it('keeps the element of a message when the answer arrives', async () => {
    await open(cora);
    let answer: () => void = () => undefined;
    server.live.sending = (request) => new Promise((resolve) => (answer = () => resolve(server.store(request))));
    await write('hello');
    const before = element().querySelector('app-message-bubble');
    answer();
    await settled();
    expect(text('app-message-state')).toBe('Sent');
    expect(element().querySelector('app-message-bubble')).toBe(before);
  });

  it('says that the other side has seen the last message', async () => {
    says(1, { author: cora, body: 'hello' });
    server.readSeq = { staff: 1 };
    await open(cora);
    expect(text('app-message-state')).toBe('Seen');
  });

  it('offers Retry, Edit and Discard for a refused message, and Edit brings it back', async () => {
    await open(cora);
    server.live.sending = () => Promise.reject(new TransportError('ticket_closed', false));
    await write('too late');
    await settled();
    expect(text('app-message-state')).toContain('Not sent: the ticket is closed');
    await press('Edit');
    expect(element().querySelector('app-message-bubble')).toBeNull();
    expect(element().querySelector('textarea')?.value).toBe('too late');
  });

  it('still shows what could not be sent when one comes back', async () => {
    await open(cora);
    server.live.disconnect();
    await write('into the void');
    expect(text('app-message-state')).toBe('Waiting for connection');
    fixture.destroy();
    server.live.sending = () => new Promise(() => undefined);
    server.live.connect();
    await open(cora);
    expect(text('app-message-bubble')).toBe('into the void');
    expect(text('app-message-state')).toBe('Sending…');
    expect(element().querySelector('textarea')?.value).toBe('');
  });

  it('makes no draft of what was stored', async () => {
    await open(cora);
    await write('arrived');
    fixture.destroy();
    await open(cora);
    expect(element().querySelector('textarea')?.value).toBe('');
  });

  it('says who removed a message', async () => {
    says(1, { author: cora, body: 'rude' });
    server.events.push({
      ...aMessageEvent(2, { id: 'message-1', removedAt: '2026-03-02T09:02:00.000Z' }, 'message.removed'),
      actor: ana,
    });
    await open(ben);
    expect(text('app-message-bubble')).toContain('removed by Ana Agent');
  });

  it('folds a run of changes into one line', async () => {
    server.events.push(...[1, 2, 3].map((seq) => aStatusEvent(seq, { at: '2026-03-02T09:00:00.000Z' })));
    await open(ben);
    expect(text('app-change-run')).toContain('3 changes');
    element().querySelector<HTMLButtonElement>('app-change-run .fold')?.click();
    await settled();
    expect(element().querySelectorAll('app-change-run p')).toHaveLength(3);
  });

  it('replaces the composer by a sentence for customers once closed', async () => {
    await open(cora, { status: 'closed' });
    expect(element().querySelector('textarea')).toBeNull();
    expect(text()).toContain('This ticket is closed.');
  });

  it('announces what others write, and neither history nor own words', async () => {
    says(1, { author: ana, body: 'history' });
    await open(cora);
    server.live.push.event(aMessageEvent(2, { author: ana, body: 'news' }));
    server.live.push.event(aMessageEvent(3, { author: cora, body: 'own' }));
    await settled();
    expect(text('[role=log]')).toBe('Ana Agent: news');
  });

  it('tells the server about typing, by kind, and that it stopped', async () => {
    await open(ana, { requester: { ...cora, online: true } });
    const field = element().querySelector('textarea') as HTMLTextAreaElement;
    field.value = 'h';
    field.dispatchEvent(new Event('input'));
    field.dispatchEvent(new Event('blur'));
    expect(server.calls.filter((call) => call.startsWith('typing'))).toEqual(['typing true chat', 'typing false chat']);
  });

  it('shows who is writing', async () => {
    await open(cora);
    server.live.push.typing(ana, true);
    await settled();
    expect(text('app-typing-line')).toBe('Ana Agent is typing');
  });

  it('shows staff who else is here', async () => {
    await open(ana);
    server.live.push.viewers([
      { ...ana, state: 'viewing' },
      { ...ben, state: 'composing' },
    ]);
    await settled();
    expect(text('app-viewer-list')).toContain('Ben Agent is replying');
    expect(text('app-viewer-list')).not.toContain('Ana Agent');
  });

  describe('a reply to a customer who is away', () => {
    const away = { requester: { ...cora, online: false } };

    it('waits, and Undo brings it back into the field', async () => {
      await open(ana, away);
      await write('Please restart it.');
      expect(text('app-message-state')).toContain('Goes out in 5 s');
      await press('Undo');
      expect(element().querySelector('app-message-bubble')).toBeNull();
      expect(element().querySelector('textarea')?.value).toBe('Please restart it.');
      expect(server.calls.filter((call) => call.startsWith('send'))).toEqual([]);
    });

    it('goes at once when both are here, and so does a note', async () => {
      await open(ana, { requester: { ...cora, online: true } });
      await write('Please restart it.');
      expect(text('app-message-state')).not.toContain('Goes out');
      fixture.destroy();
      await open(ana, away);
      element().querySelector<HTMLInputElement>('input[value=note]')?.click();
      await settled();
      await write('among us');
      expect(text()).not.toContain('Goes out');
    });
  });

  it('asks staff before a reply goes out that crossed another one', async () => {
    await open(ana, { requester: { ...cora, online: true } });
    const field = element().querySelector('textarea') as HTMLTextAreaElement;
    field.value = 'Did you';
    field.dispatchEvent(new Event('input'));
    server.live.push.event(aMessageEvent(1, { author: ben, body: 'It is on its way.' }));
    await settled();
    await write('Did you restart it?');
    expect(text('[role=alertdialog]')).toContain('It is on its way.');
    await press('Send anyway');
    expect(text('app-timeline')).toContain('Did you restart it?');
  });
});
