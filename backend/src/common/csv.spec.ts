import { csvLine } from './csv';

describe('a line of CSV', () => {
  it.each([
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\nlines', '"two\nlines"'],
    [null, ''],
    [42, '42'],
  ])('writes %j as %s', (value, written) => {
    expect(csvLine([value])).toBe(`${written}\r\n`);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n1', ' =1', '＝1', '＋1', '－1', '＠x', '\u200b=1'])(
    'makes no formula of %j',
    (value) => {
      expect(csvLine([value]).replace(/^"/, '').startsWith("'")).toBe(true);
    },
  );

  it('keeps the cells apart', () => {
    expect(csvLine(['a', null, 'b,c', 3])).toBe('a,,"b,c",3\r\n');
  });
});
