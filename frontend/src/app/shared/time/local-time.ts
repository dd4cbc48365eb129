import { Pipe, PipeTransform } from '@angular/core';

import { locale } from '../texts/catalogue';

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
  return new Intl.DateTimeFormat(locale(), FORMATS[words]).format(new Date(at));
}

/** Not pure: a change of language writes the same moment anew. */
@Pipe({ name: 'localTime', pure: false })
export class LocalTimePipe implements PipeTransform {
  transform(at: string | number | Date, words: TimeWords = 'medium'): string {
    return localTime(at, words);
  }
}
