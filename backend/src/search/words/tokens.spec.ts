import { eachWord, tokensOf } from './tokens';

const words = (text: string): string[] => {
  const found: string[] = [];
  eachWord(text, (word) => found.push(word));
  return found.toSorted();
};

describe('the words of a text', () => {
  it.each([
    ['Hello, World!', ['hello', 'world']],
    ['', []],
    [' ... ', []],
    ['Straße', ['strasse']],
    ['Müller', ['mueller', 'muller']],
    ['Søren', ['soeren', 'soren']],
    ['café CAFE\u0301', ['cafe', 'cafe']],
    ['İstanbul ışık', ['isik', 'istanbul']],
    ['Łódź', ['lodz']],
    ['ﬁle ①', ['1', 'file']],
    ['ＦＵＬＬ', ['full']],
    ['e-mail', ['e', 'mail']],
    ['C++ 100%', ['%', '+', '100', 'c']],
    ['a_b', ['_', 'a', 'b']],
    ['印刷', ['刷', '印刷']],
    ['ab印刷c', ['ab', 'c', '刷', '印刷']],
    ['프린터 고장', ['고장', '프린터'].map((word) => word.normalize('NFKD'))],
    ['принтер', ['принтер']],
    ['it 🖨 prints', ['it', 'prints', '🖨']],
    ['x'.repeat(100), ['x'.repeat(48)]],
  ])('%s are %j', (text, expected) => {
    expect(words(text)).toEqual(expected.toSorted());
  });

  it('say where they stand', () => {
    const text = 'Größe: 5 Äpfel';
    expect([...tokensOf(text)].map(({ start, end }) => text.slice(start, end))).toEqual(['Größe', '5', 'Äpfel']);
  });
});
