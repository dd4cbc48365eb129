import { Subscription } from 'rxjs';

import { wakeUps } from './wake-ups';

describe('wakeUps', () => {
  let count: number;
  let heard: Subscription;

  beforeEach(() => {
    jest.useFakeTimers();
    count = 0;
    heard = wakeUps().subscribe(() => count++);
  });

  afterEach(() => {
    heard.unsubscribe();
    jest.useRealTimers();
  });

  const look = (state: DocumentVisibilityState): void => {
    jest.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
    document.dispatchEvent(new Event('visibilitychange'));
  };

  it('tell that the network is back', () => {
    window.dispatchEvent(new Event('online'));
    expect(count).toBe(1);
  });

  it('tell that the page is looked at again, if that took a while', () => {
    look('hidden');
    jest.advanceTimersByTime(10_000);
    look('visible');
    expect(count).toBe(0);
    look('hidden');
    jest.advanceTimersByTime(31_000);
    look('visible');
    expect(count).toBe(1);
  });

  it('tell that the computer slept, and not that time passed', () => {
    jest.advanceTimersByTime(600_000);
    expect(count).toBe(0);
    jest.setSystemTime(Date.now() + 100_000);
    jest.advanceTimersByTime(5_000);
    expect(count).toBe(1);
  });
});
