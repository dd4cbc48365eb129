import { MediaMatcher } from '@angular/cdk/layout';
import { HarnessLoader } from '@angular/cdk/testing';
import { TestbedHarnessEnvironment } from '@angular/cdk/testing/testbed';
import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { signal } from '@angular/core';
import { ComponentFixture, TestBed } from '@angular/core/testing';
import { MatButtonHarness } from '@angular/material/button/testing';

import { MessageKind, Ticket } from '../../../core/api/models';
import { Session } from '../../../core/session/session';
import { RealtimeConnection } from '../../../core/socket/realtime-connection';
import { CarriedWords } from '../drafts/carried-words';
import { DraftBook } from '../drafts/draft-book';
import { OutgoingDraft } from '../engine/outgoing-messages';
import { Outboxes } from '../outbox/outboxes';
import { aMessage, aTicket, ben } from '../testing/builders';
import { FakeConnection } from '../testing/fake-connection';
import { MemoryDraftFiles } from '../testing/memory-draft-files';
import { Composer } from './composer';

describe('Composer', () => {
  let fixture: ComponentFixture<Composer>;
  let loader: HarnessLoader;
  let sent: OutgoingDraft[];
  let hasKeyboard: boolean;
  let connection: FakeConnection;

  beforeEach(() => {
    localStorage.clear();
    hasKeyboard = true;
    connection = new FakeConnection();
    URL.createObjectURL = () => 'blob:preview';
    URL.revokeObjectURL = () => undefined;
    TestBed.configureTestingModule({
      providers: [
        provideHttpClient(),
        provideHttpClientTesting(),
        { provide: Session, useValue: { user: signal({ id: 'ana', name: 'Ana' }), personId: signal('ana') } },
        { provide: RealtimeConnection, useValue: connection },
        { provide: DraftBook, useValue: { kindsIn: () => Promise.resolve([]) } },
        { provide: Outboxes, useValue: { draftFiles: new MemoryDraftFiles() } },
        { provide: MediaMatcher, useValue: { matchMedia: () => ({ matches: hasKeyboard }) } },
      ],
    });
  });

  afterEach(() => fixture.destroy());

  async function open(ticket: Partial<Ticket> = {}, staff = true): Promise<void> {
    fixture = TestBed.createComponent(Composer);
    loader = TestbedHarnessEnvironment.loader(fixture);
    sent = [];
    fixture.componentInstance.sent.subscribe((draft) => sent.push(draft));
    fixture.componentRef.setInput('ticket', aTicket(ticket));
    fixture.componentRef.setInput('staff', staff);
    await fixture.whenStable();
  }

  const element = (): HTMLElement => fixture.nativeElement as HTMLElement;
  const field = (): HTMLTextAreaElement => element().querySelector('textarea') as HTMLTextAreaElement;
  const text = (): string => element().textContent?.replace(/\s+/g, ' ') ?? '';
  const chosen = (): string | undefined =>
    element().querySelector<HTMLInputElement>('input[type=radio]:checked')?.value;
  const button = (name: string): Promise<MatButtonHarness> => loader.getHarness(MatButtonHarness.with({ text: name }));

  async function type(body: string): Promise<void> {
    field().value = body;
    field().dispatchEvent(new Event('input'));
    await fixture.whenStable();
  }

  async function press(key: string, init: KeyboardEventInit = {}): Promise<KeyboardEvent> {
    const event = new KeyboardEvent('keydown', { key, cancelable: true, bubbles: true, ...init });
    field().dispatchEvent(event);
    await fixture.whenStable();
    return event;
  }

  async function choose(kind: MessageKind): Promise<void> {
    element().querySelector<HTMLInputElement>(`input[value=${kind}]`)?.click();
    await fixture.whenStable();
  }

  async function addFiles(...files: File[]): Promise<void> {
    fixture.componentInstance.addFiles(files);
    await fixture.whenStable();
  }

  const picture = (name = 'photo.png'): File => new File(['bytes'], name, { type: 'image/png' });

  describe('keys', () => {
    it('takes in what was carried here, below what was begun before, and says that it did', async () => {
      await open({ id: 1042 }, false);
      await type('Hello');
      fixture.destroy();
      const taken = jest.fn();
      const files = [new File(['x'], 'screen.png', { type: 'image/png' })];
      TestBed.inject(CarriedWords).carry({ ticketId: 1042, body: 'The printer jams', files, taken });
      await open({ id: 1001 }, false);
      expect([field().value, taken.mock.calls]).toEqual(['', []]);
      fixture.destroy();
      await open({ id: 1042 }, false);
      expect(field().value).toBe('Hello\n\nThe printer jams');
      expect(text()).toContain('screen.png');
      expect(taken).toHaveBeenCalledTimes(1);
      expect(sent).toEqual([]);
    });

    it('sends with Ctrl and Enter, and with Cmd and Enter', async () => {
      await open();
      await type('one');
      await press('Enter', { ctrlKey: true });
      await type('two');
      await press('Enter', { metaKey: true });
      expect(sent.map(({ body }) => body)).toEqual(['one', 'two']);
    });

    it('sends nothing while a canned reply has a gap, and marks it to be filled in', async () => {
      await open();
      await type('Use `{{ x }}`, your {{device}} please');
      expect(text()).toContain('Fill in {{device}} before you send.');
      await press('Enter', { ctrlKey: true });
      expect(sent).toEqual([]);
      expect(field().value.slice(field().selectionStart, field().selectionEnd)).toBe('{{device}}');
      await type('Use `{{ x }}`, your printer please');
      await press('Enter', { ctrlKey: true });
      expect(sent.map(({ body }) => body)).toEqual(['Use `{{ x }}`, your printer please']);
    });

    it('sends what customers write as it is', async () => {
      await open({}, false);
      await type('The page shows {{name}}');
      await press('Enter');
      expect(sent.map(({ body }) => body)).toEqual(['The page shows {{name}}']);
    });

    it('leaves Enter to break the line for staff', async () => {
      await open();
      await type('one');
      const event = await press('Enter');
      expect([sent, event.defaultPrevented]).toEqual([[], false]);
    });

    it('sends with Enter for customers at a keyboard, but not with Shift', async () => {
      await open({}, false);
      await type('one');
      await press('Enter', { shiftKey: true });
      expect(sent).toEqual([]);
      await press('Enter');
      expect(sent).toHaveLength(1);
    });

    it('leaves Enter to break the line on touch', async () => {
      hasKeyboard = false;
      await open({}, false);
      await type('one');
      await press('Enter');
      expect(sent).toEqual([]);
    });

    it('never sends while an input method is composing', async () => {
      await open({}, false);
      await type('にほ');
      await press('Enter', { isComposing: true });
      await press('Enter', { isComposing: true, ctrlKey: true });
      expect(sent).toEqual([]);
    });
  });

  describe('kinds', () => {
    it('never offers customers a note', async () => {
      await open({}, false);
      expect([...element().querySelectorAll('input[type=radio]')].map((radio) => radio.getAttribute('value'))).toEqual([
        'chat',
        'comment',
      ]);
    });

    it('stays what it is after sending', async () => {
      await open();
      await choose('note');
      await type('among us');
      await (await button('Add note')).click();
      expect(sent).toMatchObject([{ kind: 'note', body: 'among us' }]);
      expect(chosen()).toBe('note');
    });

    it('stays what it is whatever happens to the ticket', async () => {
      await open({ requester: { id: 'cora', name: 'Cora', role: 'customer', online: true } });
      await choose('note');
      fixture.componentRef.setInput('ticket', aTicket({ status: 'closed' }));
      await fixture.whenStable();
      expect(chosen()).toBe('note');
    });

    it('is remembered per ticket', async () => {
      await open({ id: 1001 });
      await choose('note');
      fixture.destroy();
      await open({ id: 1001 });
      expect(chosen()).toBe('note');
      fixture.destroy();
      await open({ id: 1002 });
      expect(chosen()).not.toBe('note');
    });

    it('begins live when the other side is there, and on the record when not', async () => {
      await open({ id: 1, requester: { id: 'cora', name: 'Cora', role: 'customer', online: true } });
      expect(chosen()).toBe('chat');
      fixture.destroy();
      await open({ id: 2, requester: { id: 'cora', name: 'Cora', role: 'customer', online: false } });
      expect(chosen()).toBe('comment');
    });

    it('takes what was begun along into a note', async () => {
      await open();
      await type('better among us');
      await choose('note');
      expect(field().value).toBe('better among us');
    });

    it('gives what is begun afterwards an id of its own', async () => {
      await open();
      await choose('chat');
      connection.push('draft:changed', {
        ticketId: 1001,
        kind: 'chat',
        draft: {
          ticketId: 1001,
          kind: 'chat',
          body: 'better among us',
          attachments: [],
          clientMsgId: 'draft-1',
          baseSeq: 0,
          updatedAt: new Date().toISOString(),
        },
      });
      await choose('note');
      await press('Enter', { ctrlKey: true });
      await choose('chat');
      await type('to the customer');
      await press('Enter', { ctrlKey: true });
      expect(sent).toMatchObject([{ kind: 'note', clientMsgId: 'draft-1' }, { kind: 'chat' }]);
      expect(sent[1]?.clientMsgId).not.toBe('draft-1');
    });

    it('never lets the text of a note slip into what the customer reads', async () => {
      await open();
      await choose('note');
      await type('the customer is wrong');
      await choose('chat');
      expect(field().value).toBe('');
      await choose('note');
      expect(field().value).toBe('the customer is wrong');
    });
  });

  describe('drafts', () => {
    it('come back after leaving, each under its kind', async () => {
      await open();
      await choose('note');
      await type('among us');
      await choose('chat');
      await type('to the customer');
      fixture.destroy();
      await open();
      expect(field().value).toBe('to the customer');
      await choose('note');
      expect(field().value).toBe('among us');
    });

    it('of another ticket stay there', async () => {
      await open({ id: 1001 });
      await choose('chat');
      await type('about 1001');
      fixture.componentRef.setInput('ticket', aTicket({ id: 1002 }));
      await fixture.whenStable();
      expect(field().value).toBe('');
      fixture.componentRef.setInput('ticket', aTicket({ id: 1001 }));
      await fixture.whenStable();
      expect(field().value).toBe('about 1001');
    });

    it('are gone once sent', async () => {
      await open();
      await type('sent');
      await press('Enter', { ctrlKey: true });
      fixture.destroy();
      await open();
      expect(field().value).toBe('');
    });
  });

  describe('what stands in the way', () => {
    it('offers nothing to send for text of which nothing can be seen', async () => {
      await open();
      await type(' \n\u200b\u2060');
      expect(await (await button('Send')).isDisabled()).toBe(true);
    });

    it('says that chat is off on a closed ticket, and lets staff add a note', async () => {
      await open({ status: 'closed' });
      await choose('chat');
      await type('hello');
      expect(text()).toContain('chat is off until it is reopened');
      await press('Enter', { ctrlKey: true });
      expect(sent).toEqual([]);
      await choose('note');
      expect(await (await button('Add note')).isDisabled()).toBe(false);
    });

    it('tells customers beforehand that writing reopens a solved ticket', async () => {
      await open({ status: 'resolved' }, false);
      expect(text()).toContain('Writing here opens it again');
    });

    it('counts down near the limit and refuses what is over it', async () => {
      await open();
      await type('a'.repeat(9_499));
      expect(text()).not.toContain('left');
      await type('a'.repeat(9_500));
      expect(text()).toContain('500 left');
      await type('a'.repeat(10_001));
      expect(text()).toContain('1 character too long');
      expect(await (await button('Send')).isDisabled()).toBe(true);
    });
  });

  describe('files', () => {
    it('say why they are refused while the others go on', async () => {
      await open();
      await addFiles(picture(), new File(['x'], 'virus.exe', { type: 'application/x-msdownload' }));
      expect(text()).toContain('virus.exe is not a PNG, JPEG or PDF file.');
      expect(text()).toContain('photo.png');
    });

    it('go along with the message, whether they have arrived yet or not', async () => {
      await open();
      await type('see the pictures');
      await addFiles(picture('first.png'));
      TestBed.inject(HttpTestingController)
        .expectOne('/api/tickets/1001/attachments')
        .flush({ id: 'file-1', filename: 'first.png', mediaType: 'image/png', size: 5, url: '/x' });
      await addFiles(picture('second.png'));
      await press('Enter', { ctrlKey: true });
      expect(sent).toMatchObject([
        {
          body: 'see the pictures',
          files: [
            { name: 'first.png', attachment: { id: 'file-1' } },
            { name: 'second.png', attachment: null, blob: { size: 5 } },
          ],
        },
      ]);
      expect(text()).not.toContain('second.png');
    });

    it('that wait for a connection do not hold the message back', async () => {
      await open();
      await type('see the picture');
      await addFiles(picture());
      TestBed.inject(HttpTestingController)
        .expectOne('/api/tickets/1001/attachments')
        .error(new ProgressEvent('error'));
      await fixture.whenStable();
      expect(text()).toContain('Waiting for connection');
      await press('Enter', { ctrlKey: true });
      expect(sent).toHaveLength(1);
    });

    it('come back with the draft, bytes and all', async () => {
      await open();
      await addFiles(picture('kept.png'));
      fixture.destroy();
      await open();
      await fixture.whenStable();
      expect(text()).toContain('kept.png');
    });

    it('give a message without text their names', async () => {
      await open();
      await addFiles(picture('tray.png'));
      TestBed.inject(HttpTestingController)
        .expectOne('/api/tickets/1001/attachments')
        .flush({ id: 'file-1', filename: 'tray.png', mediaType: 'image/png', size: 5, url: '/x' });
      await fixture.whenStable();
      await press('Enter', { ctrlKey: true });
      expect(sent).toMatchObject([{ body: 'tray.png' }]);
    });

    it('that failed hold the message back until they are removed', async () => {
      await open();
      await type('with a file');
      await addFiles(picture());
      TestBed.inject(HttpTestingController)
        .expectOne('/api/tickets/1001/attachments')
        .flush({ code: 'too-large', detail: 'It is too large.' }, { status: 413, statusText: 'Too large' });
      await fixture.whenStable();
      expect(text()).toContain('It is too large.');
      expect(await (await button('Send')).isDisabled()).toBe(true);

      element().querySelector<HTMLButtonElement>('[aria-label="Remove photo.png"]')?.click();
      await fixture.whenStable();
      expect(await (await button('Send')).isDisabled()).toBe(false);
    });

    it('of a note do not go with what the customer reads', async () => {
      await open();
      await choose('note');
      await addFiles(picture('secret.png'));
      await choose('chat');
      expect(text()).not.toContain('secret.png');
    });
  });

  it('takes a refused note back as a note', async () => {
    await open();
    await choose('chat');
    await type('to the customer');
    fixture.componentInstance.rewrite({ clientMsgId: 'refused-1', kind: 'note', body: 'refused', files: [] });
    await fixture.whenStable();
    expect([chosen(), field().value]).toEqual(['note', 'refused']);
    await choose('chat');
    expect(field().value).toBe('to the customer');
  });

  it('brings a message back as the draft it was, with its id', async () => {
    await open();
    await choose('chat');
    fixture.componentInstance.rewrite({ clientMsgId: 'held-1', kind: 'chat', body: 'wait', files: [] });
    await fixture.whenStable();
    await press('Enter', { ctrlKey: true });
    expect(sent).toMatchObject([{ clientMsgId: 'held-1', body: 'wait' }]);
  });

  it('puts a message that comes back before what was begun since', async () => {
    await open();
    await choose('chat');
    await type('And then?');
    fixture.componentInstance.rewrite({ clientMsgId: 'held-1', kind: 'chat', body: 'First this.', files: [] });
    await fixture.whenStable();
    expect(field().value).toBe('First this.\n\nAnd then?');
  });

  it('sends the draft under the id that it was begun with, and the next one under another', async () => {
    await open();
    await type('one');
    await type('one more');
    await press('Enter', { ctrlKey: true });
    await type('two');
    await press('Enter', { ctrlKey: true });
    expect(sent).toHaveLength(2);
    expect(sent[0]?.clientMsgId).toMatch(/^[0-9a-f-]{36}$/);
    expect(sent[1]?.clientMsgId).not.toBe(sent[0]?.clientMsgId);
  });

  describe('when something was said while the reply was written', () => {
    const news = aMessage(7, { author: ben, body: 'I have answered this already' });

    async function writeAndMiss(kind: MessageKind = 'chat', staff = true): Promise<void> {
      await open({}, staff);
      fixture.componentRef.setInput('shownUpTo', 6);
      if (kind !== chosen()) await choose(kind);
      await type('Did you restart it?');
      fixture.componentRef.setInput('unseen', [news]);
      await fixture.whenStable();
      await press('Enter', { ctrlKey: true });
      await fixture.whenStable();
    }

    const question = (): HTMLElement | null => element().querySelector('[role=alertdialog]');

    it('shows it and asks before sending; neither Enter nor sending again is an answer', async () => {
      await writeAndMiss();
      expect(question()?.textContent).toContain('I have answered this already');
      expect(document.activeElement).toBe(question());
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
      await press('Enter', { ctrlKey: true });
      expect(sent).toEqual([]);
    });

    it('sends it anyway when told to', async () => {
      await writeAndMiss();
      await (await button('Send anyway')).click();
      expect([sent.length, question(), field().value]).toEqual([1, null, '']);
    });

    it('goes back to the field, and does not ask the same twice', async () => {
      await writeAndMiss();
      await (await button('Edit')).click();
      expect([question(), document.activeElement]).toEqual([null, field()]);
      await press('Enter', { ctrlKey: true });
      expect(sent).toHaveLength(1);
    });

    it('does not ask for notes, nor customers', async () => {
      await writeAndMiss('note');
      expect(sent).toHaveLength(1);
      fixture.destroy();
      await writeAndMiss('chat', false);
      expect(sent).toHaveLength(1);
    });

    it('does not ask about what stood there before', async () => {
      await open();
      fixture.componentRef.setInput('shownUpTo', 7);
      fixture.componentRef.setInput('unseen', [news]);
      await type('Did you restart it?');
      await press('Enter', { ctrlKey: true });
      expect(sent).toHaveLength(1);
    });
  });

  describe('on several pages and devices', () => {
    const theirs = (body: string, clientMsgId = 'there-1') => ({
      ticketId: 1001,
      kind: 'chat' as const,
      draft: {
        ticketId: 1001,
        kind: 'chat' as const,
        body,
        attachments: [],
        clientMsgId,
        baseSeq: 3,
        updatedAt: new Date().toISOString(),
      },
    });
    const gone = { ticketId: 1001, kind: 'chat' as const, draft: null };

    it('takes over what is written elsewhere, and sends it under its id', async () => {
      await open();
      await choose('chat');
      connection.push('draft:changed', theirs('from the phone'));
      await fixture.whenStable();
      expect(field().value).toBe('from the phone');
      await press('Enter', { ctrlKey: true });
      expect(sent).toMatchObject([{ clientMsgId: 'there-1', body: 'from the phone' }]);
    });

    it('empties the field when the draft was sent elsewhere', async () => {
      await open();
      await choose('chat');
      connection.push('draft:changed', theirs('from the phone'));
      connection.push('draft:changed', gone);
      await fixture.whenStable();
      expect(field().value).toBe('');
    });

    it('leaves alone what is being written here, and offers the other words', async () => {
      await open();
      await choose('chat');
      field().dispatchEvent(new Event('focus'));
      await type('typed here');
      connection.push('draft:changed', theirs('typed there'));
      await fixture.whenStable();
      expect([field().value, text().includes('typed there')]).toEqual(['typed here', true]);
      await (await button('Add it below')).click();
      expect(field().value).toBe('typed here\n\ntyped there');
    });

    it('does not bring back what was just sent, when the server still tells of it', async () => {
      await open();
      await choose('chat');
      connection.push('draft:changed', theirs('sent now'));
      await fixture.whenStable();
      await press('Enter', { ctrlKey: true });
      connection.push('draft:changed', theirs('sent now'));
      await fixture.whenStable();
      expect(field().value).toBe('');
    });

    it('takes no notice of another ticket', async () => {
      await open();
      await choose('chat');
      connection.push('draft:changed', { ...theirs('elsewhere'), ticketId: 1002 });
      await fixture.whenStable();
      expect(field().value).toBe('');
    });
  });
});
