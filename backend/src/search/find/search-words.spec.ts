import { parseWords, passes } from './search-words';

const terms = (text: string): string[] =>
  parseWords(text).terms.map(({ words, isBeginning }) => words.join('|') + (isBeginning ? '*' : ''));

describe('what is asked for', () => {
  it.each([
    ['printer', ['printer*']],
    ['printer ', ['printer']],
    ['printer.', ['printer']],
    ['blank pages', ['blank', 'pages*']],
    ['the printer', ['printer*']],
    ['printer the', ['printer']],
    ['the', ['the*']],
    ['to be or not', ['to', 'be', 'or', 'not*']],
    ['"the printer"', ['the', 'printer']],
    ['"the pri', ['the', 'pri*']],
    ['Müller ', ['muller|mueller']],
    ['C++', ['c', '+']],
    ['印刷機', ['印刷', '刷機*']],
    ['印', ['印*']],
    ['!?', []],
  ])('by %s is %j', (text, expected) => {
    expect(terms(text)).toEqual(expected);
  });

  it('is no more than a few terms, however long the text', () => {
    expect(parseWords(Array.from({ length: 100 }, (_, index) => `w${index}`).join(' ')).terms).toHaveLength(16);
  });

  it('is asked without signs when nothing has them', () => {
    expect(parseWords('foo+ bar ').withoutSigns?.terms.map(({ words }) => words)).toEqual([['foo'], ['bar']]);
    expect(parseWords('foo bar').withoutSigns).toBeNull();
  });
});

describe('exact words', () => {
  it.each([
    ['"blank pages"', 'It prints BLANK, pages!', true],
    ['"blank pages"', 'Pages blank', false],
    ['"blank pages"', 'blank pagesize', false],
    ['"blank pag', 'blank pagesize', true],
    ['"müller gmbh"', 'Mueller GmbH', false],
    ['"mueller gmbh"', 'Müller GmbH', true],
    ['"muller gmbh"', 'Müller GmbH', true],
    ['100%', 'At 100% now', true],
    ['100%', 'At 1000 %', false],
  ])('%s in %s: %s', (asked, text, expected) => {
    expect(parseWords(asked).checks.every((check) => passes(text, check))).toBe(expected);
  });
});
