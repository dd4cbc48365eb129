import { canonicalEmail } from './email';

describe('the canonical form of an address', () => {
  it.each([
    ['  Cora@Example.COM ', 'cora@example.com'],
    ['CORA@EXAMPLE.COM', 'cora@example.com'],
    ['ｃｏｒａ＠ｅｘａｍｐｌｅ.com', 'cora@example.com'],
    ['cora@bücher.example', 'cora@xn--bcher-kva.example'],
    ['cora@BÜCHER.example', 'cora@xn--bcher-kva.example'],
    ['cora@xn--bcher-kva.example', 'cora@xn--bcher-kva.example'],
    ['"odd@local"@example.com', '"odd@local"@example.com'],
  ])('of %j is %j', (typed, canonical) => {
    expect(canonicalEmail(typed)).toBe(canonical);
  });

  it('is the same for one letter written in two ways', () => {
    expect(canonicalEmail('zoe\u0308@example.com')).toBe(canonicalEmail('zo\u00eb@example.com'));
  });

  it.each([
    ['zoe@example.com', 'zoë@example.com'],
    ['cora@example.com', 'co.ra@example.com'],
    ['cora@example.com', 'cora+help@example.com'],
    ['cora@example.com', 'cora@example.co'],
    ['cora@example.com', 'сora@example.com'],
  ])('tells %j from %j', (one, other) => {
    expect(canonicalEmail(one)).not.toBe(canonicalEmail(other));
  });

  it('stays the same when taken twice', () => {
    for (const typed of ['Zoë@BÜCHER.example', 'ＣＯＲＡ@example.com', 'no address', '@', ''])
      expect(canonicalEmail(canonicalEmail(typed))).toBe(canonicalEmail(typed));
  });
});
