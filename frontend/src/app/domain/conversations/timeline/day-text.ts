import { locale } from '../../../shared/texts/catalogue';
import { t } from '../../../shared/texts/text';
import { localDay } from './timeline-items';

const DAY_MS = 86_400_000;

/** "Today", "Yesterday", or the date; the year only when it isn't this one. */
export function dayText(at: string, now: number): string {
  const day = localDay(at);
  if (day === localDay(new Date(now).toISOString())) return t('conversation.today');
  if (day === localDay(new Date(now - DAY_MS).toISOString())) return t('conversation.yesterday');
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return new Intl.DateTimeFormat(locale(), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: sameYear ? undefined : 'numeric',
  }).format(new Date(at));
}
