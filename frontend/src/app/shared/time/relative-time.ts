import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';

import { locale } from '../texts/catalogue';
import { Clock } from './clock';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "now", "4 min ago", "yesterday", and the date after a week. */
export function relativeTime(at: number, now: number): string {
  const age = now - at;
  const words = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto', style: 'short' });
  if (age < MINUTE) return words.format(0, 'second');
  if (age < HOUR) return words.format(-Math.floor(age / MINUTE), 'minute');
  if (age < DAY) return words.format(-Math.floor(age / HOUR), 'hour');
  if (age < 7 * DAY) return words.format(-Math.floor(age / DAY), 'day');
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return new Intl.DateTimeFormat(locale(), {
    day: 'numeric',
    month: 'short',
    year: sameYear ? undefined : 'numeric',
  }).format(at);
}

/** The full local time: "Saturday 21 November 2026 at 14:02". */
export function fullTime(at: number): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'full', timeStyle: 'short' }).format(at);
}

/** How long ago something was, staying right by itself; the full local time on hover. */
@Component({
  selector: 'app-time',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<time [attr.datetime]="at()" [title]="full()">{{ relative() }}</time>`,
})
export class RelativeTime {
  /** RFC 3339. */
  readonly at = input.required<string>();
  private readonly clock = inject(Clock);
  private readonly time = computed(() => Date.parse(this.at()));
  protected readonly relative = computed(() => relativeTime(this.time(), this.clock.now()));
  protected readonly full = computed(() => fullTime(this.time()));
}
