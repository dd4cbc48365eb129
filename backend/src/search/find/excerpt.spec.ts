import { excerptOf } from './excerpt';
import { parseWords } from './search-words';

const excerpt = (text: string, asked: string) => excerptOf(text, parseWords(asked).terms);
const lineOf = (found: ReturnType<typeof excerpt>): string => found?.excerpt.map(({ text }) => text).join('') ?? '';
const hitsOf = (found: ReturnType<typeof excerpt>): string[] =>
  found?.excerpt.filter(({ hit }) => hit).map(({ text }) => text) ?? [];

describe('the line that matches', () => {
  it('is the one with most of the words', () => {
    const found = excerpt('A printer.\nBlank pages from the printer.\nPages.', 'printer blank');
    expect(lineOf(found)).toBe('Blank pages from the printer.');
    expect(hitsOf(found)).toEqual(['Blank', 'printer']);
  });

  it('marks words as they were written', () => {
    expect(hitsOf(excerpt('Die Größe der Straße', 'strasse grosse'))).toEqual(['Größe', 'Straße']);
    expect(hitsOf(excerpt('印刷できません', '印刷'))).toEqual(['印刷']);
  });

  it('is cut around the first word, at most 160 characters, with a sign where it was cut', () => {
    const found = excerpt(`${'before '.repeat(50)}needle ${'after '.repeat(50)}`, 'needle');
    const line = lineOf(found);
    expect(line.length).toBeLessThanOrEqual(160);
    expect(line).toMatch(/^….*needle.*…$/);
    expect(hitsOf(found)).toEqual(['needle']);
  });

  it('never holds half a character', () => {
    for (let shift = 0; shift < 4; shift += 1)
      expect(
        lineOf(excerpt(`${'.'.repeat(shift)}${'😀'.repeat(60)} needle ${'😀'.repeat(120)}`, 'needle')).isWellFormed(),
      ).toBe(true);
  });

  it('is none where no word stands', () => {
    expect(excerpt('nothing', 'needle')).toBeNull();
  });
});
