import { TestBed } from '@angular/core/testing';

import { BrowserStorage } from '../../../core/session/browser-storage';
import { OneTab } from './one-tab';
import { Sound } from './sound';

/** Storage that all tabs of the test share. */
function sharedStorage() {
  const notes = new Map<string, string>();
  return {
    provide: BrowserStorage,
    useValue: {
      read: (key: string) => notes.get(key) ?? null,
      write: (key: string, value: string) => Boolean(notes.set(key, value)),
    },
  };
}

describe('OneTab', () => {
  afterEach(() => Reflect.deleteProperty(navigator, 'locks'));

  it('lets one of two do it without locks, and both do different things', async () => {
    TestBed.configureTestingModule({ providers: [sharedStorage()] });
    const tab = TestBed.inject(OneTab);
    const done: string[] = [];
    const work = (name: string) => () => Promise.resolve(void done.push(name));
    await tab.run('notice-1', work('one'));
    await tab.run('notice-1', work('two'));
    await tab.run('notice-2', work('three'));
    expect(done).toEqual(['one', 'three']);
  });

  it('does nothing while another tab holds the lock', async () => {
    const request = jest.fn((_name: string, _options: object, work: (lock: object | null) => Promise<void>) =>
      work(null),
    );
    Object.defineProperty(navigator, 'locks', { value: { request }, configurable: true });
    TestBed.configureTestingModule({ providers: [sharedStorage()] });
    const work = jest.fn(() => Promise.resolve());
    await TestBed.inject(OneTab).run('notice-1', work);
    expect(work).not.toHaveBeenCalled();
    expect(request).toHaveBeenCalledWith('parley-notice-1', { ifAvailable: true }, expect.any(Function));
  });
});

describe('Sound', () => {
  beforeEach(() => jest.useFakeTimers({ now: new Date('2026-11-20T10:00:00Z') }));
  afterEach(() => jest.useRealTimers());

  it('is heard once in ten seconds', async () => {
    TestBed.configureTestingModule({ providers: [sharedStorage()] });
    const sound = TestBed.inject(Sound);
    const played = jest.spyOn(sound, 'playNow').mockResolvedValue(true);
    await sound.play();
    jest.advanceTimersByTime(9_999);
    await sound.play();
    expect(played).toHaveBeenCalledTimes(1);
    jest.advanceTimersByTime(1);
    await sound.play();
    expect(played).toHaveBeenCalledTimes(2);
  });

  it('is not heard where the browser has none', async () => {
    TestBed.configureTestingModule({ providers: [sharedStorage()] });
    await expect(TestBed.inject(Sound).playNow()).resolves.toBe(false);
  });
});
