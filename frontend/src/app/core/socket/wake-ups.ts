import { filter, fromEvent, interval, map, merge, Observable } from 'rxjs';

const HIDDEN_FOR_LONG_MS = 30_000;
const TICK_MS = 5_000;
/** Background tabs get a tick a minute; only a longer pause was a sleep. */
const SLEPT_MS = 90_000;

/**
 * Moments after which an open connection may be dead without anybody having noticed: the network is back, the page is
 * looked at again after a while, the computer woke up.
 */
export function wakeUps(now: () => number = Date.now): Observable<void> {
  let hiddenAt = now();
  let lastTick = now();
  const seenAgain = fromEvent(document, 'visibilitychange').pipe(
    filter(() => {
      if (document.visibilityState === 'visible') return now() - hiddenAt > HIDDEN_FOR_LONG_MS;
      hiddenAt = now();
      return false;
    }),
  );
  const wokeUp = interval(TICK_MS).pipe(
    filter(() => {
      const pause = now() - lastTick;
      lastTick = now();
      return pause > SLEPT_MS;
    }),
  );
  return merge(fromEvent(window, 'online'), seenAgain, wokeUp).pipe(map(() => undefined));
}
