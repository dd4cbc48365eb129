import type { QuietHours } from './notice-preferences';

const clocks = new Map<string, Intl.DateTimeFormat>();

/** The clock on somebody's wall; throws a RangeError for a zone that nobody lives in. */
function clockIn(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  clocks.set(timeZone, clock);
  return clock;
}

export function isTimeZone(name: unknown): boolean {
  if (typeof name !== 'string' || name.length > LONGEST_ZONE) return false;
  try {
    clockIn(name);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

export const LONGEST_ZONE = 64;

/**
 * Whether somebody is not to be disturbed, by the clock on their wall: an hour that is skipped or comes twice with
 * daylight saving is as quiet as its neighbours. From a time to the same time is the whole day.
 */
export function isQuiet({ on, from, to }: QuietHours, timeZone: string, now: Date): boolean {
  if (!on) return false;
  const time = clockIn(timeZone).format(now);
  return from < to ? time >= from && time < to : time >= from || time < to;
}
