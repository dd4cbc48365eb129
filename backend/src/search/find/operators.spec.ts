import { dayOf, prioritiesIn, statusesIn, typedSearch } from './operators';

it.each([
  ['status:open printer', [['status', 'open']], null, 'printer'],
  ['from:"Ana Berg" x', [['from', 'Ana Berg']], null, 'x'],
  ['STATUS:Open', [['status', 'Open']], null, ''],
  [
    'tag:vpn tag:mac',
    [
      ['tag', 'vpn'],
      ['tag', 'mac'],
    ],
    null,
    '',
  ],
  ['status: x', [], null, 'x'],
  ['mystatus:open', [], null, 'mystatus:open'],
  ['http://status:open', [], null, 'http://status:open'],
  ['#1042', [], 1042, ''],
  ['a #1042 b', [], 1042, 'a b'],
  ['#vpn', [], null, '#vpn'],
] as const)('%s is taken apart', (text, operators, number, rest) => {
  const typed = typedSearch(text);
  expect(typed.operators.map(({ name, value }) => [name, value])).toEqual(operators);
  expect(typed.number).toBe(number);
  expect(typed.text.trim().replace(/\s+/g, ' ')).toBe(rest);
});

it('statuses and priorities may be spelled freely; unknown ones are none', () => {
  expect(statusesIn('open,In-Progress')).toEqual(['open', 'in_progress']);
  expect(statusesIn('on fire')).toEqual([]);
  expect(prioritiesIn('URGENT')).toEqual(['urgent']);
});

it.each([
  ['2026-10-01', '2026-10-01T00:00:00.000Z'],
  ['2026-1', '2026-01-01T00:00:00.000Z'],
  ['2026', '2026-01-01T00:00:00.000Z'],
  ['2026-02-30', undefined],
  ['soon', undefined],
])('%s begins at %s', (text, expected) => {
  expect(dayOf(text)?.toISOString()).toBe(expected);
});
