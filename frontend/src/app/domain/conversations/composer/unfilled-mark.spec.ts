import { unfilledMark } from './unfilled-mark';

describe('what is still to be filled in', () => {
  it.each([
    ['Hello {{customer.firstName}}, your {{device}}', { start: 6, text: '{{customer.firstName}}' }],
    ['Use `{{ x }}` with {{what}}', { start: 19, text: '{{what}}' }],
    ['Your {{Gerät des Kunden}}', { start: 5, text: '{{Gerät des Kunden}}' }],
    ['Use `{{ x }}` only', null],
    ["{{run('this')()}}, {{ a + b }}", null],
    ['{{}} {{a\nb}} {a} }}{{', null],
    ['', null],
  ])('%j: %j', (text, expected) => {
    expect(unfilledMark(text)).toEqual(expected);
  });
});
