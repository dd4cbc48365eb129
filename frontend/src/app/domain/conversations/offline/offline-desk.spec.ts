import { signal } from '@angular/core';
import { ComponentFixture, TestBed } from '@angular/core/testing';

import { Session } from '../../../core/session/session';
import { DraftShelf } from '../drafts/draft-shelf';
import type { OutgoingDraft, PendingMessage } from '../engine/outgoing-messages';
import { begun } from '../drafts/draft-record';
import { Outboxes } from '../outbox/outboxes';
import { OfflineDesk } from './offline-desk';

const wordsOf = (item: Element): string =>
  [...item.children].map((part) => part.textContent?.replace(/\s+/g, ' ').trim()).join(' | ');

describe('OfflineDesk', () => {
  let page: ComponentFixture<OfflineDesk>;
  let shelf: DraftShelf;
  const pending = signal<PendingMessage[]>([]);
  const add = jest.fn<void, [number, OutgoingDraft]>();

  beforeEach(() => {
    localStorage.clear();
    pending.set([]);
    add.mockClear();
    TestBed.configureTestingModule({
      providers: [
        { provide: Session, useValue: { personId: signal('cora') } },
        { provide: Outboxes, useValue: { pending, current: () => ({ add }) } },
      ],
    });
    shelf = TestBed.inject(DraftShelf);
  });
  afterEach(() => window.history.replaceState(null, '', '/'));

  const open = async (path: string): Promise<HTMLElement> => {
    window.history.replaceState(null, '', path);
    page = TestBed.createComponent(OfflineDesk);
    await page.whenStable();
    return page.nativeElement as HTMLElement;
  };
  const field = (element: HTMLElement): HTMLTextAreaElement | null => element.querySelector('textarea');
  const write = async (element: HTMLElement, words: string): Promise<void> => {
    const area = field(element);
    if (area) area.value = words;
    area?.dispatchEvent(new Event('input'));
    await page.whenStable();
  };
  const press = async (element: HTMLElement): Promise<void> => {
    element.querySelector<HTMLButtonElement>('.foot button')?.click();
    await page.whenStable();
  };

  it('keeps what is written in the ticket of the address as its draft, and hands it to the outbox', async () => {
    const element = await open('/portal/tickets/1042');
    await write(element, 'The light is red.');
    const draft = shelf.read({ ticketId: 1042, kind: 'chat' });
    expect(draft?.body).toBe('The light is red.');
    await press(element);
    expect(add).toHaveBeenCalledWith(1042, {
      clientMsgId: draft?.clientMsgId,
      kind: 'chat',
      body: 'The light is red.',
      files: [],
    });
    expect(shelf.read({ ticketId: 1042, kind: 'chat' })).toBeNull();
    expect(field(element)?.value).toBe('');
  });

  it('goes on with the draft and the kind that were left, and never makes a note of anything else', async () => {
    shelf.write({ ticketId: 1042, kind: 'note' }, { ...begun('n', 3), body: 'Ask the vendor' });
    const element = await open('/agent/tickets/1042');
    expect(field(element)?.value).toBe('Ask the vendor');
    expect(element.querySelector('.foot button')?.textContent).toContain('Add note');
    await press(element);
    expect(add.mock.calls[0]?.[1].kind).toBe('note');
  });

  it('offers no notes to customers', async () => {
    const element = await open('/portal/tickets/1042');
    expect([...element.querySelectorAll('label')].map((label) => label.textContent?.trim())).toEqual([
      'Chat',
      'Comment',
    ]);
  });

  it('keeps a draft with files for later: they may be on this device alone', async () => {
    shelf.write({ ticketId: 1042, kind: 'chat' }, { ...begun('d', 3), body: 'See the picture', unstaged: 1 });
    const element = await open('/portal/tickets/1042');
    expect(element.querySelector<HTMLButtonElement>('.foot button')?.disabled).toBe(true);
    expect(element.textContent).toContain('This draft has files. It is kept');
  });

  it('shows what waits, of all tickets, and has no field where the address names no ticket', async () => {
    pending.set([
      { ticketId: 1001, clientMsgId: 'a', kind: 'chat', body: 'Waits.', state: 'waiting' },
      { ticketId: 1002, clientMsgId: 'b', kind: 'comment', body: 'Refused.', state: 'failed' },
    ] as PendingMessage[]);
    shelf.write({ ticketId: 1003, kind: 'comment' }, { ...begun('c', 1), body: 'Begun.' });
    const element = await open('/portal/tickets');
    expect(field(element)).toBeNull();
    const items = [...element.querySelectorAll('li')].map(wordsOf);
    expect(items).toEqual([
      'Chat · waiting for connection | Waits.',
      'Comment · was refused | Refused.',
      'Comment · draft | Begun.',
    ]);
  });
});
