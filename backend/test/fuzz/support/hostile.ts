import fc, { type Arbitrary } from 'fast-check';

/** Texts that have broken programs: quotes, comments, templates, formats, paths, formulas, and letters from the edge. */
export const HOSTILE_TEXTS: readonly string[] = [
  ...[
    '',
    ' ',
    '\n',
    '\t\r\n',
    "'",
    '"',
    '\\',
    '`',
    '--',
    ';',
    '/*',
    "' OR '1'='1",
    "'; DROP TABLE users; --",
    '%',
    '_',
  ],
  ...['%00', '\0', 'a\0b', '{{7*7}}', '${7*7}', '<%= 7*7 %>', '#{7*7}', '%s%n%x', '{0}', '$(id)', '`id`', '| id'],
  ...[
    '../../etc/passwd',
    '..\\..\\win.ini',
    'file:///etc/passwd',
    'C:\\',
    '/',
    '\\\\host\\share',
    'javascript:alert(1)',
  ],
  ...[
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '"><svg onload=alert(1)>',
    '&lt;b&gt;',
    ']]>',
    '<!--',
  ],
  ...[
    '=1+1',
    '+1',
    '-1',
    '@SUM(1)',
    '=cmd|calc',
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
  ],
  ...[
    'null',
    'undefined',
    'true',
    'false',
    'NaN',
    'Infinity',
    '-Infinity',
    '[object Object]',
    '0',
    '-0',
    '1e3',
    '0x10',
  ],
  ...['1e400', '9007199254740993', '99999999999999999999', '2026-02-30T00:00:00.000Z', '0000-00-00', '10000-01-01'],
  ...[
    '😀',
    '👩‍👩‍👧‍👦',
    '🇩🇪',
    '漢字',
    'ﷺ',
    'مرحبا',
    '\u202Eabc',
    '\uFEFF',
    '\u200B',
    '\u0085',
    '\u2028\u2029',
    '\uFFFE',
    '\uFFFF',
  ],
  ...['\uD800', '\uDC00', 'half \uD83D', '\uDE00\uD83D', `e${'\u0301'.repeat(1_000)}`, 'ﬃ', 'ı', 'ß', 'İ', '\u1E9E'],
  ...[
    'a'.repeat(201),
    'x'.repeat(10_001),
    '𝒳'.repeat(5_001),
    ' '.repeat(300),
    '\n'.repeat(500),
    ','.repeat(200),
    '"'.repeat(101),
  ],
  ...[
    'a@b',
    'a@b.c',
    '@',
    'a@@b.example',
    `${'a'.repeat(65)}@example.com`,
    'a@example.com\r\nBcc: b@example.com',
    'Ａ@example.com',
  ],
  ...[
    '00000000-0000-0000-0000-000000000000',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
    'me',
    'none',
    '#1001',
    'status:',
    'from:"',
  ],
];

const deep = (levels: number): unknown => Array.from({ length: levels }).reduce<unknown>((inner) => [inner], []);

/** Values of other kinds than anybody would expect. */
export const HOSTILE_VALUES: readonly unknown[] = [
  ...[null, true, false, 0, -0, -1, 1, 0.5, 1e-7, 1e21, -1e308, 2 ** 31, 2 ** 32, 2 ** 53, Number.MAX_SAFE_INTEGER],
  ...[[], {}, [[]], [null], [{}], [''], ['a', 'b'], { $ne: '' }, { $gt: 0 }, { toString: 'x' }, { length: 3 }],
  ...[
    { constructor: { prototype: { role: 'admin' } } },
    { toJSON: 1 },
    { then: 'x' },
    { valueOf: null },
    deep(9),
    deep(50),
  ],
  ...[
    Array.from({ length: 2_000 }, () => 1),
    Array.from({ length: 30 }, () => 'x'),
    { '': '' },
    { '\0': 1 },
    { 'a.b': 1 },
  ],
];

export const aHostileText = (): Arbitrary<string> =>
  fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...HOSTILE_TEXTS) }, fc.string({ unit: 'binary', maxLength: 60 }));

export const aHostileValue = (): Arbitrary<unknown> =>
  fc.oneof(aHostileText(), fc.constantFrom(...HOSTILE_VALUES), fc.double(), fc.jsonValue({ maxDepth: 3 }));

/** Fields that nobody may set, and names that mean something to the language. */
export const HOSTILE_FIELDS: readonly string[] = [
  ...['role', 'roles', 'isActive', 'active', 'emailVerified', 'emailConfirmed', 'id', 'passwordHash', 'authorId'],
  ...['requesterId', 'assigneeId', 'seq', 'version', 'createdAt', '__proto__', 'constructor', 'prototype', 'toString'],
  ...['', '\0', '$where', 'a.b', 'a[b]', 'x'.repeat(300)],
];
