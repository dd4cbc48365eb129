import { relativeTime } from './relative-time';

const NOW = Date.parse('2026-11-21T12:00:00.000Z');
const ago = (minutes: number) => NOW - minutes * 60_000;

describe('relativeTime', () => {
  it.each([
    [0.5, 'now'],
    [-2, 'now'],
    [4, '4 min. ago'],
    [130, '2 hr. ago'],
    [60 * 30, 'yesterday'],
  ])('says of %d minutes ago: %s', (minutes, words) => {
    expect(relativeTime(ago(minutes), NOW)).toBe(words);
  });

  it('says the date after a week, and the year only when it is another one', () => {
    expect(relativeTime(Date.parse('2026-10-02T12:00:00.000Z'), NOW)).toBe('Oct 2');
    expect(relativeTime(Date.parse('2025-10-02T12:00:00.000Z'), NOW)).toBe('Oct 2, 2025');
  });
});
