import { Pipe, PipeTransform } from '@angular/core';

/** How much of a moment is said: "14:02" · "21 Nov, 14:02" · "21 Nov 2026, 14:02" · the weekday and all; `day` leaves the hour out. */
export type TimeWords = 'time' | 'short' | 'medium' | 'full' | 'day';

const FORMATS: Readonly<Record<TimeWords, Intl.DateTimeFormatOptions>> = {
  time: { timeStyle: 'short' },
  short: { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' },
  medium: { dateStyle: 'medium', timeStyle: 'short' },
  full: { dateStyle: 'full', timeStyle: 'short' },
  day: { dateStyle: 'full' },
};

/** A moment in the person's own zone and way of writing. */
export function localTime(at: string | number | Date, words: TimeWords = 'medium'): string {
  return new Intl.DateTimeFormat(undefined, FORMATS[words]).format(new Date(at));
}

@Pipe({ name: 'localTime' })
export class LocalTimePipe implements PipeTransform {
  transform(at: string | number | Date, words: TimeWords = 'medium'): string {
    return localTime(at, words);
  }
}
