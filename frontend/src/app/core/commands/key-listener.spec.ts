import { Component, inject, Injector, runInInjectionContext } from '@angular/core';
import { TestBed } from '@angular/core/testing';

import { Me, Preferences } from '../api/models';
import { signedInAs } from '../../../testing/fakes';
import { CommandActions, Commands } from './commands';
import { KeyListener } from './key-listener';

@Component({ template: '' })
class ReplyPage {
  reply = (): void => undefined;

  constructor() {
    inject(Commands).offer(() => ({ 'ticket.reply': () => this.reply() }));
  }
}

describe('the keys of a page', () => {
  let done: string[];

  beforeEach(() => (done = []));

  function listen(offered: (does: (what: string) => () => void) => CommandActions, keys?: Preferences['keys']): void {
    const me = { id: 'ana', role: 'agent', preferences: keys && { keys } } as Me;
    TestBed.configureTestingModule({ providers: [signedInAs(me)] });
    TestBed.inject(KeyListener).start();
    const actions = offered((what) => () => void done.push(what));
    runInInjectionContext(TestBed.inject(Injector), () => TestBed.inject(Commands).offer(() => actions));
  }

  function press(key: string, init: KeyboardEventInit = {}, on: Element = document.body): boolean {
    return !on.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }));
  }

  it('run what the page offers, and leave alone what it does not', () => {
    listen((does) => ({ 'ticket.reply': does('reply'), 'ticket.claim': undefined }));
    expect(press('r')).toBe(true);
    expect(press('i')).toBe(false);
    expect(press('q')).toBe(false);
    expect(done).toEqual(['reply']);
  });

  it('mean the selection before the row, and the row before the open ticket', () => {
    listen((does) => ({
      'ticket.claim': does('ticket'),
      'row.claim': does('row'),
      'selection.claim': does('selection'),
    }));
    press('i');
    expect(done).toEqual(['selection']);
  });

  it('take two letters after each other, and the second alone when the first was long ago', () => {
    listen((does) => ({ 'go.notifications': does('notifications'), 'ticket.note': does('note') }));
    expect(press('g')).toBe(true);
    press('n');
    press('n');
    expect(done).toEqual(['notifications', 'note']);
  });

  it('forget a first letter that was followed by another', () => {
    listen((does) => ({ 'go.mine': does('mine'), 'ticket.reply': does('reply') }));
    for (const key of ['g', 'r', 'm']) press(key);
    expect(done).toEqual(['reply']);
  });

  it('leave text fields alone, except combinations that are meant there', () => {
    listen((does) => ({ 'ticket.reply': does('reply'), palette: does('palette'), 'list.select-all': does('all') }));
    const field = document.body.appendChild(document.createElement('textarea'));
    expect(press('r', {}, field)).toBe(false);
    expect(press('a', { ctrlKey: true }, field)).toBe(false);
    expect(press('k', { ctrlKey: true }, field)).toBe(true);
    expect(done).toEqual(['palette']);
    field.remove();
  });

  it('do nothing while a word is being composed', () => {
    listen((does) => ({ palette: does('palette') }));
    expect(press('k', { ctrlKey: true, isComposing: true })).toBe(false);
  });

  it('do nothing behind a dialog or a menu', () => {
    listen((does) => ({ 'ticket.reply': does('reply'), palette: does('palette') }));
    const overlay = document.body.appendChild(document.createElement('div'));
    overlay.className = 'cdk-overlay-container';
    overlay.appendChild(document.createElement('div')).setAttribute('role', 'dialog');
    press('r');
    press('k', { ctrlKey: true });
    expect(done).toEqual([]);
    overlay.remove();
  });

  it('are those the person chose', () => {
    const changed = [
      { command: 'ticket.claim', key: 'v' },
      { command: 'ticket.note', key: '' },
      { command: 'of.tomorrow', key: 'r' },
    ];
    listen((does) => ({ 'row.claim': does('claim'), 'ticket.note': does('note'), 'ticket.reply': does('reply') }), {
      letters: true,
      changed,
    });
    for (const key of ['i', 'n', 'v', 'r']) press(key);
    expect(done).toEqual(['claim', 'reply']);
  });

  it('keep their combinations when letters are switched off', () => {
    listen(
      (does) => ({
        'ticket.reply': does('reply'),
        keys: does('keys'),
        'go.mine': does('mine'),
        palette: does('palette'),
      }),
      {
        letters: false,
        changed: [],
      },
    );
    for (const key of ['r', '?', 'g', 'm']) expect(press(key)).toBe(false);
    press('k', { metaKey: true });
    expect(done).toEqual(['palette']);
  });

  it('mean the page before what is done everywhere, whichever was there first', () => {
    listen((does) => ({ search: does('page') }));
    const everywhere = { search: () => void done.push('everywhere'), keys: () => void done.push('keys') };
    const injector = TestBed.inject(Injector);
    runInInjectionContext(injector, () => TestBed.inject(Commands).offer(() => everywhere, 'everywhere'));
    for (const key of ['/', '?']) press(key);
    expect(done).toEqual(['page', 'keys']);
  });

  it('go with the page', () => {
    listen(() => ({}));
    const page = TestBed.createComponent(ReplyPage);
    page.componentInstance.reply = () => void done.push('reply');
    press('r');
    page.destroy();
    press('r');
    expect(done).toEqual(['reply']);
  });
});
