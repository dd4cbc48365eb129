import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';

import { aMe, aNewNotification, anAgent } from '../../../../testing/builders';
import { signedInAs } from '../../../../testing/fakes';
import { Me } from '../../../core/api/models';
import { WindowAttention } from '../../../core/page/window-attention';
import { Announcer } from './announcer';
import { Desktop, DesktopNotice } from './desktop';
import { OneTab } from './one-tab';
import { Sound } from './sound';

const LOUD = { desktop: true, sound: true };
const preferences = (neutral: boolean) => ({ notifications: { neutral } }) as Me['preferences'];

/** The announcer of one tab, and what came out of it. */
function aTab({ isWatched = false, url = '/portal/tickets', isFirst = true, neutral = false } = {}) {
  const shown: DesktopNotice[] = [];
  const sound = { play: jest.fn(() => Promise.resolve()) };
  const router = { url, navigateByUrl: jest.fn(() => Promise.resolve(true)) };
  TestBed.configureTestingModule({
    providers: [
      signedInAs(aMe({ preferences: preferences(neutral) })),
      { provide: WindowAttention, useValue: { isWatched: signal(isWatched) } },
      { provide: Router, useValue: router },
      { provide: Desktop, useValue: { show: (notice: DesktopNotice) => shown.push(notice) > 0 } },
      {
        provide: OneTab,
        useValue: { run: (_: string, work: () => Promise<void>) => (isFirst ? work() : Promise.resolve()) },
      },
      { provide: Sound, useValue: sound },
    ],
  });
  return { announcer: TestBed.inject(Announcer), shown, sound, router };
}

describe('Announcer', () => {
  it('says on the desktop who wrote, how it begins, and leads to the ticket', async () => {
    const { announcer, shown, sound, router } = aTab();
    const actor = anAgent({ name: 'Ana Silva' });
    await announcer.announce(aNewNotification({ actor, text: 'Hello', ticketId: 1007, alerts: LOUD }));
    expect(shown).toMatchObject([{ title: 'Ana Silva', text: 'Hello', tag: 'ticket-1007' }]);
    shown[0]?.open();
    expect(router.navigateByUrl).toHaveBeenCalledWith('/tickets/1007');
    expect(sound.play).toHaveBeenCalledTimes(1);
  });

  it('says neither who nor what where that is to be hidden', async () => {
    const { announcer, shown } = aTab({ neutral: true });
    await announcer.announce(aNewNotification({ text: 'My password is hunter2', alerts: LOUD }));
    expect(shown).toMatchObject([{ title: 'Parley', text: 'There is news about a ticket.' }]);
    expect(JSON.stringify(shown)).not.toContain('hunter2');
  });

  it('is silent about the ticket in view', async () => {
    const { announcer, shown, sound } = aTab({ isWatched: true, url: '/agent/tickets/1001?view=all' });
    await announcer.announce(aNewNotification({ ticketId: 1001, alerts: LOUD }));
    expect(shown).toEqual([]);
    expect(sound.play).not.toHaveBeenCalled();
  });

  it('is heard about another ticket, and shows nothing over the page that is looked at', async () => {
    const { announcer, shown, sound } = aTab({ isWatched: true, url: '/agent/tickets/100' });
    await announcer.announce(aNewNotification({ ticketId: 1001, alerts: LOUD }));
    expect(shown).toEqual([]);
    expect(sound.play).toHaveBeenCalledTimes(1);
  });

  it('keeps to the ways that the server allows', async () => {
    const { announcer, shown, sound } = aTab();
    await announcer.announce(aNewNotification({ alerts: { desktop: true, sound: false } }));
    expect([shown.length, sound.play.mock.calls.length]).toEqual([1, 0]);
    await announcer.announce(aNewNotification({ alerts: { desktop: false, sound: true } }));
    expect([shown.length, sound.play.mock.calls.length]).toEqual([1, 1]);
  });

  it('leaves it to the tab that was first', async () => {
    const { announcer, shown, sound } = aTab({ isFirst: false });
    await announcer.announce(aNewNotification({ alerts: LOUD }));
    expect([shown.length, sound.play.mock.calls.length]).toEqual([0, 0]);
  });
});
