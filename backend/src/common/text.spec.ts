import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { excerpt, hasVisibleText, isStorableText, IsText, Trim } from './text';

const ZERO_WIDTH_JOINER = '\u200d';

class Line {
  @Trim() @IsText({ visible: true }) readonly shown!: unknown;
}

class Body {
  @IsText({ visible: false }) readonly kept!: unknown;
}

const isLine = (shown: unknown): boolean => !validateSync(plainToInstance(Line, { shown })).length;
const isBody = (kept: unknown): boolean => !validateSync(plainToInstance(Body, { kept })).length;

describe('visible text', () => {
  it.each([
    ['nothing', ''],
    ['spaces', '   '],
    ['line breaks and tabs', '\r\n\t\v\f'],
    ['a zero-width space', '\u200b'],
    ['zero-width joiners', ZERO_WIDTH_JOINER.repeat(3)],
    ['a byte order mark', '\ufeff'],
    ['no-break and ideographic spaces', '\u00a0\u3000\u2003'],
    ['direction marks', '\u200e\u200f\u202e\u2066\u2069'],
    ['Hangul fillers', '\u115f\u1160\u3164\uffa0'],
    ['a blank Braille pattern', '\u2800'],
    ['variation selectors', '\ufe0f\ufe0e'],
    ['tag characters', '\u{e0041}\u{e007f}'],
    ['a soft hyphen', '\u00ad'],
    ['a word joiner', '\u2060'],
    ['line and paragraph separators', '\u2028\u2029'],
  ])('is not %s', (_what, text) => {
    expect(hasVisibleText(text)).toBe(false);
    expect(isLine(text)).toBe(false);
  });

  it.each([
    ['a letter', 'a'],
    ['a letter between invisible ones', '\u200ba\u200b'],
    ['an emoji', '😀'],
    ['a family of emoji', ['👩', '👧'].join(ZERO_WIDTH_JOINER)],
    ['an emoji with a variation selector', '❤\ufe0f'],
    ['Arabic', 'مرحبا'],
    ['a full stop', '.'],
    ['a letter with a thousand marks', `a${'\u0301'.repeat(1000)}`],
  ])('is %s', (_what, text) => {
    expect(hasVisibleText(text)).toBe(true);
    expect(isLine(text)).toBe(true);
  });
});

describe('text that can be stored', () => {
  it.each([
    ['NUL', 'a\0b'],
    ['a lone high surrogate', 'a\ud83d'],
    ['a lone low surrogate', '\ude00a'],
    ['surrogates the wrong way round', '\ude00\ud83d'],
  ])('is not one with %s', (_what, text) => {
    expect(isStorableText(text)).toBe(false);
    expect(isLine(text)).toBe(false);
    expect(isBody(text)).toBe(false);
  });

  it.each(['', "'; DROP TABLE users; --", '{{7*7}}', '<b>', '\\', '%_', '😀😁', '\u0001', '\u202e'])(
    'is %j, unchanged',
    (text) => expect(isBody(text)).toBe(true),
  );

  it.each([[undefined], [null], [1], [true], [['a']], [{ a: 1 }], [Symbol('a')]])('is not %p', (value) => {
    expect(isLine(value)).toBe(false);
    expect(isBody(value)).toBe(false);
  });
});

describe('trimming', () => {
  it('cuts blanks at both ends only', () => {
    expect(plainToInstance(Line, { shown: ' \n a  b \t' }).shown).toBe('a  b');
  });

  it('leaves other types to the validators', () => {
    expect(plainToInstance(Line, { shown: [' a '] }).shown).toEqual([' a ']);
  });
});

describe('an excerpt', () => {
  it('is the whole text when that is short', () => {
    expect(excerpt('Hello', 5)).toBe('Hello');
    expect(excerpt('', 5)).toBe('');
  });

  it('is one line', () => {
    expect(excerpt('  one\r\n\r\ntwo\t three ', 50)).toBe('one two three');
  });

  it('is cut with an ellipsis and never longer than asked', () => {
    expect(excerpt('abcdef', 5)).toBe('abcd…');
    expect(excerpt('x'.repeat(10_000), 120)).toHaveLength(120);
  });

  it.each([2, 3, 4, 5, 6, 7])('never ends in half an emoji (%i units)', (length) => {
    const text = excerpt('😀😁😂🤣', length);
    expect(text.isWellFormed()).toBe(true);
    expect(text.length).toBeLessThanOrEqual(length);
  });
});
