import { isQuiet, isTimeZone } from './quiet-hours';

const NIGHT = { on: true, from: '22:00', to: '07:00' };
const LUNCH = { on: true, from: '12:00', to: '13:00' };

describe('quiet hours', () => {
  it.each([
    // Berlin is an hour ahead in winter and two in summer.
    ['Europe/Berlin', NIGHT, '2026-01-15T20:59:59Z', false],
    ['Europe/Berlin', NIGHT, '2026-01-15T21:00:00Z', true],
    ['Europe/Berlin', NIGHT, '2026-01-16T05:59:59Z', true],
    ['Europe/Berlin', NIGHT, '2026-01-16T06:00:00Z', false],
    ['Europe/Berlin', NIGHT, '2026-07-15T19:59:59Z', false],
    ['Europe/Berlin', NIGHT, '2026-07-15T20:00:00Z', true],
    // The night of 28 to 29 March 2026 is an hour shorter, that of 24 to 25 October an hour longer.
    ['Europe/Berlin', NIGHT, '2026-03-28T21:00:00Z', true],
    ['Europe/Berlin', NIGHT, '2026-03-29T04:59:59Z', true],
    ['Europe/Berlin', NIGHT, '2026-03-29T05:00:00Z', false],
    ['Europe/Berlin', NIGHT, '2026-10-24T20:00:00Z', true],
    ['Europe/Berlin', NIGHT, '2026-10-25T05:59:59Z', true],
    ['Europe/Berlin', NIGHT, '2026-10-25T06:00:00Z', false],
    // 02:30 does not exist on one day, and comes twice on the other.
    ['Europe/Berlin', { on: true, from: '02:30', to: '04:00' }, '2026-03-29T00:59:00Z', false],
    ['Europe/Berlin', { on: true, from: '02:30', to: '04:00' }, '2026-03-29T01:00:00Z', true],
    ['Europe/Berlin', { on: true, from: '02:00', to: '02:45' }, '2026-10-25T00:30:00Z', true],
    ['Europe/Berlin', { on: true, from: '02:00', to: '02:45' }, '2026-10-25T00:50:00Z', false],
    ['Europe/Berlin', { on: true, from: '02:00', to: '02:45' }, '2026-10-25T01:30:00Z', true],
    // New York changes on other days than Europe.
    ['America/New_York', NIGHT, '2026-03-07T11:59:00Z', true],
    ['America/New_York', NIGHT, '2026-03-09T11:59:00Z', false],
    // A zone of half hours, one across the date line, and the day on the other side of midnight.
    ['Asia/Kolkata', LUNCH, '2026-05-01T06:29:59Z', false],
    ['Asia/Kolkata', LUNCH, '2026-05-01T06:30:00Z', true],
    ['Pacific/Kiritimati', NIGHT, '2026-05-01T08:00:00Z', true],
    ['Pacific/Kiritimati', NIGHT, '2026-05-01T17:00:00Z', false],
    ['UTC', LUNCH, '2026-05-01T12:59:59Z', true],
    ['UTC', LUNCH, '2026-05-01T13:00:00Z', false],
    ['UTC', { on: true, from: '00:00', to: '00:00' }, '2026-05-01T13:00:00Z', true],
    ['UTC', { on: false, from: '00:00', to: '23:59' }, '2026-05-01T13:00:00Z', false],
  ] as const)('in %s, %j, at %s: %s', (zone, hours, now, expected) => {
    expect(isQuiet(hours, zone, new Date(now))).toBe(expected);
  });

  it.each([
    ['Europe/Berlin', true],
    ['UTC', true],
    ['Mars/Olympus', false],
    ['', false],
    ['x'.repeat(1_000), false],
    [7, false],
    [null, false],
  ])('are kept in the zone %j: %s', (zone, expected) => {
    expect(isTimeZone(zone)).toBe(expected);
  });
});
