import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';

import { WindowAttention } from '../../../core/page/window-attention';
import { ReadTracker } from './read-tracker';

describe('What counts as read', () => {
  const isWatched = signal(true);
  const original = globalThis.IntersectionObserver;
  let scroll: (element: Element, isIntersecting: boolean) => void;
  let read: number[];
  let tracker: ReadTracker;

  beforeEach(() => {
    jest.useFakeTimers();
    isWatched.set(true);
    globalThis.IntersectionObserver = class {
      constructor(tell: IntersectionObserverCallback) {
        scroll = (target, isIntersecting) =>
          tell([{ target, isIntersecting } as IntersectionObserverEntry], this as unknown as IntersectionObserver);
      }
      observe = (): void => undefined;
      unobserve = (): void => undefined;
      disconnect = (): void => undefined;
    } as unknown as typeof IntersectionObserver;
    TestBed.configureTestingModule({
      providers: [ReadTracker, { provide: WindowAttention, useValue: { isWatched } }],
    });
    tracker = TestBed.inject(ReadTracker);
    read = [];
    tracker.tell((seq) => read.push(seq));
    TestBed.tick();
  });

  afterEach(() => {
    globalThis.IntersectionObserver = original;
    jest.useRealTimers();
  });

  function message(seq: number): Element {
    const element = document.createElement('div');
    tracker.watch(element, seq);
    return element;
  }

  const look = (watched: boolean): void => {
    isWatched.set(watched);
    TestBed.tick();
  };

  it('was in view for a second', () => {
    scroll(message(3), true);
    jest.advanceTimersByTime(999);
    expect(read).toEqual([]);
    jest.advanceTimersByTime(1);
    expect([read, tracker.readUpTo()]).toEqual([[3], 3]);
  });

  it('was not scrolled away before', () => {
    const element = message(3);
    scroll(element, true);
    jest.advanceTimersByTime(600);
    scroll(element, false);
    jest.advanceTimersByTime(5_000);
    expect([read, tracker.readUpTo()]).toEqual([[], 0]);
  });

  it('was in a window that somebody could look at, for the whole second', () => {
    look(false);
    scroll(message(3), true);
    jest.advanceTimersByTime(60_000);
    look(true);
    jest.advanceTimersByTime(600);
    look(false);
    jest.advanceTimersByTime(60_000);
    expect(read).toEqual([]);
    look(true);
    jest.advanceTimersByTime(1_000);
    expect(read).toEqual([3]);
  });

  it('is not one that is no longer drawn', () => {
    const element = message(3);
    scroll(element, true);
    tracker.unwatch(element);
    jest.advanceTimersByTime(5_000);
    expect(read).toEqual([]);
  });
});
