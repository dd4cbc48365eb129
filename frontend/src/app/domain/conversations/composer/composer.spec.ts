import { MediaMatcher } from '@angular/cdk/layout';
import { HarnessLoader } from '@angular/cdk/testing';
import { TestbedHarnessEnvironment } from '@angular/cdk/testing/testbed';
import { HttpEventType, provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { signal } from '@angular/core';
import { ComponentFixture, TestBed } from '@angular/core/testing';
import { MatButtonHarness } from '@angular/material/button/testing';

import { MessageKind, Ticket } from '../../../core/api/models';
import { Session } from '../../../core/session/session';
import { OutgoingDraft } from '../engine/outgoing-messages';
import { aTicket } from '../testing/builders';
import { Composer } from './composer';

describe('Composer', () => {
  let fixture: ComponentFixture<Composer>;
  let loader: HarnessLoader;
  let sent: OutgoingDraft[];
  let hasKeyboard: boolean;

  beforeEach(() => {
    localStorage.clear();
    hasKeyboard = true;
    URL.createObjectURL = () => 'blob:preview';
    URL.revokeObjectURL = () => undefined;
    TestBed.configureTestingModule({
      providers: [
        provideHttpClient(),
        provideHttpClientTesting(),
        { provide: Session, useValue: { user: signal({ id: 'ana', name: 'Ana' }) } },
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
    it('sends with Ctrl and Enter, and with Cmd and Enter', async () => {
      await open();
      await type('one');
      await press('Enter', { ctrlKey: true });
      await type('two');
      await press('Enter', { metaKey: true });
      expect(sent.map(({ body }) => body)).toEqual(['one', 'two']);
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

    it('are waited for, and then the message goes with them', async () => {
      await open();
      const http = TestBed.inject(HttpTestingController);
      await type('see the picture');
      await addFiles(picture());
      await press('Enter', { ctrlKey: true });
      expect([sent, text().includes('Will be sent as soon as')]).toEqual([[], true]);

      const upload = http.expectOne('/api/tickets/1001/attachments');
      upload.event({ type: HttpEventType.UploadProgress, loaded: 1, total: 2 });
      upload.flush({ id: 'file-1', filename: 'photo.png', mediaType: 'image/png', size: 5, url: '/x' });
      await fixture.whenStable();

      expect(sent).toMatchObject([{ body: 'see the picture', files: [{ attachment: { id: 'file-1' } }] }]);
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
    fixture.componentInstance.rewrite({ kind: 'note', body: 'refused', files: [] });
    await fixture.whenStable();
    expect([chosen(), field().value]).toEqual(['note', 'refused']);
    await choose('chat');
    expect(field().value).toBe('to the customer');
  });
});
